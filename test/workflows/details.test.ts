import { describe, expect, it } from 'vitest';
import type { LookUpState } from '#domain/investigation.ts';
import { lookUpDetails } from '#workflows/details.ts';

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
      "**203.0.113\\[.\\]66** · done · malicious

      | source | state | says |
      |---|---|---|
      | Intel Desk | answered | malicious: 14 of 94 engines |"
    `);
  });

  it('take the markup out of what a source says', () => {
    const hostile = 'a | b\n| c | [click](https://evil.example) <img src=x> `x` **y** _z_ \\| !';

    const row = lookUpDetails(stateSaying(hostile)).split('\n').at(-1);

    expect(row).toBe(
      '| Intel Desk | answered | malicious: a \\| b \\| c \\| \\[click\\](https://evil.example) \\<img src=x\\> \\`x\\` \\*\\*y\\*\\* \\_z\\_ \\\\\\| ! |',
    );
  });
});
