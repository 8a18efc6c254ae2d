import { describe, expect, it } from 'vitest';
import { BOT_TOKEN, refusalOf } from './load-texts.ts';

const NO_SECTION =
  'has no settings below it; write them on the next lines, indented by two spaces, or take the line out';
const SECRET = 'a secret does not belong in this file; write it in .env, as .env.example shows';

/** What `socbot.yaml` says, and the whole message. */
const CASES: readonly (readonly [name: string, yaml: string, message: string])[] = [
  ['an unknown section', 'peple:\n  Ana: {}', 'socbot.yaml:1: peple is not a setting; did you mean people?'],
  ['an unknown section like no other', 'colour: blue', 'socbot.yaml:1: colour is not a setting'],
  [
    'an unknown key of a person',
    'people:\n  Ana:\n    role: analyst\n    telegram: 1001\n    telegramm: 1',
    'socbot.yaml:5: people.Ana: telegramm is not a setting; did you mean telegram?',
  ],
  [
    'an unknown key of the policy',
    'policy:\n  approvalLive: 30m',
    'socbot.yaml:2: policy: approvalLive is not a setting; did you mean approvalLife?',
  ],
  [
    'a setting of the environment',
    'SOCBOT_DATA: /tmp',
    'socbot.yaml:1: SOCBOT_DATA belongs in the environment or in .env; write SOCBOT_DATA=… there',
  ],
  [
    'a secret of the environment',
    `TELEGRAM_BOT_TOKEN: ${BOT_TOKEN}`,
    'socbot.yaml:1: TELEGRAM_BOT_TOKEN belongs in the environment or in .env; write TELEGRAM_BOT_TOKEN=… there',
  ],
  ['a secret under a name of its own', `policy:\n  botToken: "${BOT_TOKEN}"`, `socbot.yaml:2: ${SECRET}`],
  ['a secret as a key', `"700000001:AAHx3Jk9": 1`, 'socbot.yaml:1: this key is not a setting'],
  [
    'a network that is a word',
    'ownNetworks: [office]',
    'socbot.yaml:1: ownNetworks is not a network; write it like 203.0.113.0/24 or 2001:db8::/32',
  ],
  [
    'a network that is a number',
    'ownNetworks: [10]',
    'socbot.yaml:1: ownNetworks is not a network; write it like 203.0.113.0/24',
  ],
  [
    'a network in octal',
    'ownNetworks:\n  - 203.0.0113.0/24',
    'socbot.yaml:2: ownNetworks is not a network; write it like 203.0.113.0/24 or 2001:db8::/32',
  ],
  [
    'a network of three parts',
    'ownNetworks:\n  - 203.0.113/24',
    'socbot.yaml:2: ownNetworks is not a network; write it like 203.0.113.0/24 or 2001:db8::/32',
  ],
  [
    'a single address',
    'ownNetworks:\n  - 203.0.113.0/24\n  - 203.0.113.7',
    'socbot.yaml:3: ownNetworks is a single address; write 203.0.113.7/32',
  ],
  [
    'a single IPv6 address',
    'ownNetworks:\n  - "2001:db8::7"',
    'socbot.yaml:2: ownNetworks is a single address; write 2001:db8::7/128',
  ],
  [
    'a network that starts in the middle',
    'ownNetworks:\n  - 203.0.113.7/24',
    'socbot.yaml:2: ownNetworks is not where a network starts; write 203.0.113.0/24',
  ],
  [
    'a prefix that is too long',
    'ownNetworks:\n  - 203.0.113.0/33',
    'socbot.yaml:2: ownNetworks has a prefix longer than 32; write it like 203.0.113.0/32',
  ],
  [
    'the whole Internet',
    'ownNetworks:\n  - 0.0.0.0/0',
    'socbot.yaml:2: ownNetworks is the whole Internet, so nothing could ever be blocked; write the networks that are yours',
  ],
  [
    'networks that are no list',
    'ownNetworks: 203.0.113.0/24',
    'socbot.yaml:1: ownNetworks is not a list; write one entry a line, each after a dash',
  ],
  [
    'a time without a unit',
    'policy:\n  approvalLife: 30',
    'socbot.yaml:2: policy.approvalLife is not a duration; write a time from 1s to 24h, such as 30m',
  ],
  [
    'a time in words',
    'policy:\n  executionWindow: ten minutes',
    'socbot.yaml:2: policy.executionWindow is not a duration; write a time from 1s to 24h, such as 10m',
  ],
  [
    'no time at all',
    'policy:\n  approvalLife: 0m',
    'socbot.yaml:2: policy.approvalLife is not a duration; write a time from 1s to 24h, such as 30m',
  ],
  [
    'a block that lasts too long',
    'policy:\n  longestBlock: 31d',
    'socbot.yaml:2: policy.longestBlock is too short or too long; write a time from 1s to 30d, such as 24h',
  ],
  [
    'a usual block longer than the longest',
    'policy:\n  defaultBlock: 12h\n  longestBlock: 6h',
    'socbot.yaml:2: policy.defaultBlock is longer than a block may last; write 6h or less',
  ],
  [
    'a first card that comes too late',
    'lookUps:\n  firstCard: 1m',
    'socbot.yaml:2: lookUps.firstCard is too short or too long; write a time from 100ms to 10s, such as 1500ms',
  ],
  [
    'a marking that is none',
    'markings:\n  tlp: PINK',
    'socbot.yaml:2: markings.tlp is not a TLP; write CLEAR, GREEN, AMBER, AMBER+STRICT or RED',
  ],
  [
    'a TLP as PAP',
    'markings:\n  pap: AMBER+STRICT',
    'socbot.yaml:2: markings.pap is not a PAP; write CLEAR, GREEN, AMBER or RED',
  ],
  [
    'TLP:RED in a chat',
    'markings:\n  telegramMaxTlp: RED',
    'socbot.yaml:2: markings.telegramMaxTlp must not be RED, which is for recipients in the room; write AMBER+STRICT or less',
  ],
  [
    'a default marking that no chat may hold',
    'markings:\n  tlp: AMBER+STRICT',
    'socbot.yaml:2: markings.tlp is above telegramMaxTlp, so no request could be answered; write AMBER or less',
  ],
  ['a key twice', 'policy: {}\npolicy: {}', 'socbot.yaml:2: this key is there twice; keep one'],
  ['a tab', 'policy:\n\tapprovalLife: 30m', 'socbot.yaml:2: a tab indents this line; write spaces'],
  [
    'an open bracket',
    'ownNetworks: [203.0.113.0/24',
    'socbot.yaml:1: a bracket is not closed, or a line is indented differently from its neighbours; write two spaces for each level',
  ],
  [
    'two documents',
    'policy: {}\n---\npolicy: {}',
    'socbot.yaml:2: a second document starts here; keep everything in one, without ---',
  ],
  [
    'an alias',
    'policy: &p {}\nlookUps: *p',
    'socbot.yaml: cannot be read as YAML; leave out anchors, aliases and tags',
  ],
  ['a list at the top', '- people', `socbot.yaml:1: ${NO_SECTION}`],
  ['a word at the top', 'hello', `socbot.yaml:1: ${NO_SECTION}`],
];

describe('a settings file is refused for', () => {
  it.each(CASES)('%s', (_, yaml, message) => {
    expect(refusalOf({ yaml })).toBe(message);
  });

  it('every mistake in it at once, in the order of the lines', () => {
    const yaml = [
      'people:',
      '  Ana: { role: boss, telegram: "@ana" }',
      'groups:',
      '  night: 5',
      'ownNetworks: [10.0.0.1/8]',
      'polcy: {}',
    ].join('\n');

    const lines = refusalOf({ yaml, dotenv: 'SOCBOT_DATTA=1\nACME_INTEL_API_KEY=' }).split('\n');

    expect(lines.map((line) => /^[^ ]+:/.exec(line)?.[0])).toEqual([
      '.env:1:',
      '.env:2:',
      'socbot.yaml:2:',
      'socbot.yaml:2:',
      'socbot.yaml:4:',
      'socbot.yaml:5:',
      'socbot.yaml:6:',
    ]);
  });
});
