import { describe, expect, it } from 'vitest';
import { refusalOf } from './load-texts.ts';

const NOBODY = 'write one person with role: analyst or higher, and another with role: responder or higher';
const TWO_MORE = 'write one person with role: analyst or higher, and 2 more with role: responder or higher';
const TEAM = ['people:', '  Ana: { role: analyst, telegram: 1 }', '  Ben: { role: responder, telegram: 2 }', ''].join(
  '\n',
);

/** What `socbot.yaml` says of rules, limits, machines and domains, and the whole message. */
const CASES: readonly (readonly [name: string, yaml: string, message: string])[] = [
  [
    'a usual isolation longer than the longest',
    'policy:\n  rules:\n    isolate:\n      usual: { longest: 2h }\n      high: { longest: 4h }',
    'socbot.yaml:1: policy.defaultIsolation is longer than an isolation may last; write 4h or less',
  ],
  [
    'a rule for no action',
    'policy:\n  rules:\n    quarantine: {}',
    'socbot.yaml:3: policy.rules: quarantine is not a setting',
  ],
  [
    'a rule for no tier',
    'policy:\n  rules:\n    block:\n      severe: {}',
    'socbot.yaml:4: policy.rules.block: severe is not a setting',
  ],
  [
    'an unknown key of a rule',
    'policy:\n  rules:\n    block:\n      usual: { aprovals: 2 }',
    'socbot.yaml:4: policy.rules.block.usual: aprovals is not a setting; did you mean approvals?',
  ],
  [
    'approvals by nobody',
    'policy:\n  rules:\n    block:\n      usual: { approvals: 0 }',
    'socbot.yaml:4: policy.rules.block.usual.approvals is not a number of people or machines; write a whole number from 1 to 5',
  ],
  [
    'a code that is neither asked for nor not',
    'policy:\n  rules:\n    block:\n      usual: { code: maybe }',
    'socbot.yaml:4: policy.rules.block.usual.code is neither true nor false; write one of them',
  ],
  [
    'a role that is none, in a rule',
    'policy:\n  rules:\n    block:\n      usual: { approve: boss }',
    'socbot.yaml:4: policy.rules.block.usual.approve is not a role; write viewer, analyst, responder, admin',
  ],
  [
    'a limit that is none',
    'policy:\n  limits: { perPerson: many }',
    'socbot.yaml:2: policy.limits.perPerson is not a number of people or machines; write a whole number from 1 to 1000',
  ],
  [
    'a domain that is none',
    'ownDomains:\n  - corp.example\n  - 203.0.113.7',
    'socbot.yaml:3: ownDomains is not a domain; write it like corp.example',
  ],
  [
    'a machine of no tier',
    'hosts:\n  dc1: { tier: huge }',
    'socbot.yaml:2: hosts.dc1.tier is not a tier; write workstation, server, critical',
  ],
  [
    'a machine without a tier',
    'hosts:\n  dc1: { owner: Directory team }',
    'socbot.yaml:2: hosts.dc1.tier is not a tier; write workstation, server, critical',
  ],
  [
    'an address of a machine that is none',
    'hosts:\n  dc1: { tier: critical, addresses: [203.0.113.0/24] }',
    'socbot.yaml:2: hosts.dc1.addresses is not an address; write it like 203.0.113.9',
  ],
  [
    'a machine by its address',
    'hosts:\n  203.0.113.9: { tier: critical }',
    'socbot.yaml:2: hosts.… is not the name of a machine; write it like ws-114 or srv-mail.corp.example',
  ],
  [
    'one machine twice',
    'hosts:\n  dc1: { tier: critical }\n  DC1: { tier: server }',
    'socbot.yaml:3: hosts.DC1 differs from another machine in capitals only; keep one',
  ],
];

/** The same with a block feed, so that there is something to approve. */
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

describe('a settings file is refused for', () => {
  it.each(CASES)('%s', (_, yaml, message) => {
    expect(refusalOf({ yaml })).toBe(message);
  });

  it.each(POLICIES)('approvals among %s', (_, yaml, message) => {
    expect(refusalOf({ yaml, env: { BLOCK_FEED_LISTEN: '127.0.0.1:8480' } })).toBe(message);
  });
});
