import { expect, it } from 'vitest';
import { refusalOf } from './load-texts.ts';

const NOBODY = 'write one person with role: analyst or higher, and another with role: responder or higher';
const TWO_MORE = 'write one person with role: analyst or higher, and 2 more with role: responder or higher';
const TEAM = ['people:', '  Ana: { role: analyst, telegram: 1 }', '  Ben: { role: responder, telegram: 2 }', ''].join(
  '\n',
);

/** What `socbot.yaml` says beside a block feed, so that there is something to approve, and the whole message. */
const POLICIES: readonly (readonly [name: string, yaml: string, message: string])[] = [
  [
    'nobody at all',
    '',
    `socbot.yaml:1: people is a policy that nobody can satisfy: nobody has the role analyst to ask; ${NOBODY}`,
  ],
  [
    'viewers only',
    'people:\n  Ana: { role: viewer, telegram: 1 }',
    `socbot.yaml:1: people is a policy that nobody can satisfy: nobody has the role analyst to ask; ${NOBODY}`,
  ],
  [
    'a single responder',
    'policy: {}\npeople:\n  Ben: { role: responder, telegram: 1 }',
    `socbot.yaml:2: people is a policy that nobody can satisfy: nobody may approve what another person asks for; ${NOBODY}`,
  ],
  [
    'too few for a rule that somebody wrote',
    `${TEAM}policy:\n  rules:\n    block:\n      high: { approvals: 2 }`,
    `socbot.yaml:7: policy.rules.block.high is a policy that nobody can satisfy: fewer than 2 people may approve what another person asks for; ${TWO_MORE}`,
  ],
  [
    'nobody with the role that a rule asks for',
    `${TEAM}policy:\n  rules:\n    isolate:\n      usual: { approve: admin }`,
    'socbot.yaml:7: policy.rules.isolate.usual is a policy that nobody can satisfy: nobody may approve what another person asks for; write one person with role: analyst or higher, and another with role: admin or higher',
  ],
  [
    'analysts only',
    'people:\n  Ana: { role: analyst, telegram: 1 }\n  Amy: { role: analyst, telegram: 2 }',
    `socbot.yaml:1: people is a policy that nobody can satisfy: nobody may approve what another person asks for; ${NOBODY}`,
  ],
];

it.each(POLICIES)('a settings file is refused for approvals among %s', (_, yaml, message) => {
  expect(refusalOf({ yaml, env: { BLOCK_FEED_LISTEN: '127.0.0.1:8480' } })).toBe(message);
});
