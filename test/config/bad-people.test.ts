import { describe, expect, it } from 'vitest';
import { load, refusalOf } from './load-texts.ts';

const HOW =
  'the id is a number such as 123456789: let the person write to the bot once, and read it in the log, which names every stranger by id';
const GROUP = 'write the number with its minus sign, such as -1001234567890';
const NO_SECTION =
  'has no settings below it; write them on the next lines, indented by two spaces, or take the line out';
const NAME = 'holds a name that fits no card; write 1 to 40 letters, digits, spaces, or . _ - between them';

/** What `socbot.yaml` says, and the whole message. */
const CASES: readonly (readonly [name: string, yaml: string, message: string])[] = [
  [
    'a @username as an id',
    'people:\n  Ana:\n    role: analyst\n    telegram: "@ana"',
    `socbot.yaml:4: people.Ana.telegram is not a numeric id, and a @username can be taken over by somebody else; ${HOW}`,
  ],
  [
    'a @username without quotes, which YAML does not take',
    'people:\n  Ana:\n    role: analyst\n    telegram: @ana',
    'socbot.yaml:4: a value begins with a character that YAML keeps for itself, such as @; if it is a @username, write the numeric id',
  ],
  [
    'a @username among ids',
    'people:\n  Ana:\n    role: analyst\n    telegram:\n      - 1001\n      - "@ana"',
    `socbot.yaml:6: people.Ana.telegram is not a numeric id, and a @username can be taken over by somebody else; ${HOW}`,
  ],
  [
    'an id in quotes',
    'people:\n  Ana: { role: analyst, telegram: "1001" }',
    'socbot.yaml:2: people.Ana.telegram is in quotes; write the number without them',
  ],
  [
    'the id of a group for a person',
    'people:\n  Ana: { role: analyst, telegram: -1001 }',
    `socbot.yaml:2: people.Ana.telegram is the id of a group; groups have their own section, and here ${HOW}`,
  ],
  [
    'half an id',
    'people:\n  Ana: { role: analyst, telegram: 1.5 }',
    `socbot.yaml:2: people.Ana.telegram is not a numeric id; ${HOW}`,
  ],
  [
    'an id larger than any',
    'people:\n  Ana: { role: analyst, telegram: 99999999999999999 }',
    `socbot.yaml:2: people.Ana.telegram is not a numeric id; ${HOW}`,
  ],
  [
    'the account of anonymous administrators',
    'people:\n  Ana: { role: analyst, telegram: 1087968824 }',
    `socbot.yaml:2: people.Ana.telegram is an account that many people share; ${HOW}`,
  ],
  [
    'a person with nothing in the place of an id',
    'people:\n  Ana:\n    role: analyst\n    telegram:',
    'socbot.yaml:4: people.Ana.telegram is empty; write a numeric id, or take the line out and run: npm run socbot -- invite <name>',
  ],
  [
    'a person with an empty list of ids',
    'people:\n  Ana: { role: analyst, telegram: [] }',
    'socbot.yaml:2: people.Ana.telegram is empty; write a numeric id, or take the line out and run: npm run socbot -- invite <name>',
  ],
  [
    'one account of two people',
    'people:\n  Ana: { role: analyst, telegram: 1001 }\n  Ben: { role: analyst, telegram: [5, 1001] }',
    'socbot.yaml:3: people.Ben.telegram has the id of Ana; an id belongs to one',
  ],
  [
    'one account twice',
    'people:\n  Ana: { role: analyst, telegram: [1001, 1001] }',
    'socbot.yaml:2: people.Ana.telegram has one id twice; keep one',
  ],
  [
    'a role that is none',
    'people:\n  Ana: { role: boss, telegram: 1001 }',
    'socbot.yaml:2: people.Ana.role is not a role; write viewer, analyst, responder, admin',
  ],
  [
    'a person without a role',
    'people:\n  Ana: { telegram: 1001 }',
    'socbot.yaml:2: people.Ana.role is missing; write viewer, analyst, responder, admin',
  ],
  ['a person who is only an id', 'people:\n  Ana: 1001', `socbot.yaml:2: people.Ana ${NO_SECTION}`],
  ['a list of people', 'people:\n  - Ana', `socbot.yaml:1: people ${NO_SECTION}`],
  ['a section with nothing below it', 'people:', `socbot.yaml:1: people ${NO_SECTION}`],
  [
    'a name that fits no card',
    'people:\n  "a\\u202Eb": { role: viewer, telegram: 1 }',
    `socbot.yaml:2: people.… ${NAME}`,
  ],
  ['an empty name', 'people:\n  "": { role: viewer, telegram: 1 }', `socbot.yaml:2: people.… ${NAME}`],
  [
    'two names that differ in capitals',
    'people:\n  Ana: { role: viewer, telegram: 1 }\n  ana: { role: viewer, telegram: 2 }',
    'socbot.yaml:3: people.ana differs from another name in capitals only; write a name that stands out',
  ],
  [
    'a group with the id of a person',
    'groups:\n  night: 1001',
    `socbot.yaml:2: groups.night is not the id of a group, which is negative; ${GROUP}`,
  ],
  [
    'a group by its name',
    'groups:\n  night: "@night"',
    `socbot.yaml:2: groups.night is not a numeric id, and the @name of a group can be taken over by another one; ${GROUP}`,
  ],
  [
    'a group id in quotes',
    'groups:\n  night: "-1001"',
    'socbot.yaml:2: groups.night is in quotes; write the number without them',
  ],
  ['a group without an id', 'groups:\n  night:', `socbot.yaml:2: groups.night is not a numeric id; ${GROUP}`],
  [
    'one group under two names',
    'groups:\n  day: -1001\n  night: -1001',
    'socbot.yaml:3: groups.night has the id of day; an id belongs to one',
  ],
];

describe('a settings file is refused for', () => {
  it.each(CASES)('%s', (_, yaml, message) => {
    expect(refusalOf({ yaml })).toBe(message);
  });
});

it('a person may have no account yet, which an invite binds', () => {
  const yaml = 'people:\n  Ana: { role: analyst }';

  expect(load({ yaml }).people).toEqual([{ name: 'Ana', role: 'analyst', telegramIds: [] }]);
});
