import { describe, expect, it } from 'vitest';
import type { LookUpState } from '#domain/investigation.ts';
import { WAITING } from '#support/bot-presses.ts';
import { containmentDetails, lookUpDetails } from '#workflows/details.ts';

function stateSaying(summary: string): LookUpState {
  const report = { level: 'malicious', summary, facts: [] } as const;
  const answered = { id: 'intel-desk', title: 'Intel Desk', state: 'answered', report } as const;
  return {
    phase: 'done',
    markings: { tlp: 'AMBER', pap: 'GREEN' },
    investigations: [
      {
        observable: { kind: 'ipv4', value: '203.0.113.66' },
        notes: [],
        isBlockable: true,
        sources: [{ ...answered, answeredAt: '2026-11-24T07:00:00.000Z' }],
      },
    ],
  };
}

describe('the details of a look-up in the Temporal UI', () => {
  it('show the observable as cards do', () => {
    const details = lookUpDetails(stateSaying('14 of 94 engines'));

    expect(details).toMatchInlineSnapshot(`
      "TLP:AMBER · PAP:GREEN

      **203.0.113\\[.\\]66** · done · malicious

      | source | state | says |
      |---|---|---|
      | Intel Desk | answered | malicious: 14 of 94 engines |"
    `);
  });

  it('name what cannot be seen in what a source says', () => {
    expect(lookUpDetails(stateSaying('a\u202Egpj.exe\u200Bx')).split('\n').at(-1)).toContain(
      'a\\<U+202E\\>gpj\\[.\\]exe\\<U+200B\\>x',
    );
  });

  it('say in words why a source is silent', () => {
    const { investigations, ...state } = stateSaying('');
    const lost = { id: 'a', title: 'A', state: 'silent', why: 'lost', detail: '2026-11-24T07:00:00.000Z' } as const;
    const limited = { id: 'b', title: 'B', state: 'silent', why: 'rate_limited', detail: 'HTTP 429' } as const;
    const silent = investigations.map((one) => ({ ...one, sources: [lost, limited] }));

    expect(
      lookUpDetails({ ...state, investigations: silent })
        .split('\n')
        .slice(-2),
    ).toEqual([
      '| A | silent | gave no answer; counted calls are not repeated; asked 2026-11-24T07:00:00.000Z |',
      '| B | silent | refused for now: rate limit (HTTP 429) |',
    ]);
  });

  it('take the markup out of what a source says', () => {
    const hostile = 'a | b\n| c | [click](https://evil.example) <img src=x> `x` **y** _z_ \\| !';

    const row = lookUpDetails(stateSaying(hostile)).split('\n').at(-1);

    expect(row).toBe(
      '| Intel Desk | answered | malicious: a \\| b \\| c \\| \\[click\\](hxxps://evil\\[.\\]example) \\<img src=x\\> \\`x\\` \\*\\*y\\*\\* \\_z\\_ \\\\\\| ! |',
    );
  });
});

describe('the details of a containment in the Temporal UI', () => {
  it('say all that the approvers see', () => {
    expect(containmentDetails(WAITING)).toMatchInlineSnapshot(`
      "| | |
      |---|---|
      | what | block 203.0.113\\[.\\]66 on block-feed |
      | for | 24h |
      | why | C2, 3 hosts |
      | markings | TLP:AMBER PAP:GREEN |
      | digest | c9b7 c8e3 |
      | asked by | ana |
      | stakes | usual: 1 to approve |
      | phase | awaiting\\_approval |
      | approval expires | 2026-11-24T02:44:00.000Z |
      | approved by | nobody yet |
      | decided | not yet |
      | block-feed 203.0.113[.]66 |  |"
    `);
  });
});
