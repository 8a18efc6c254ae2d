import { describe, expect, it } from 'vitest';
import { renderCard } from '#cards/render.ts';
import type { AuditCard, CheckpointCard } from '#domain/card.ts';
import { ASK, AT, draw } from '#support/cards.ts';

type Line = AuditCard['lines'][number];

const LINE: Line = { at: AT, who: 'ana', place: 'group', ref: '7K3M', action: 'block', outcome: 'asked' };

function auditOf(lines: readonly Line[], rest: Partial<AuditCard> = {}): AuditCard {
  return { kind: 'audit', requestId: ASK.requestId, typed: '', page: 0, lines, hasMore: false, ...rest };
}

describe('a page of the audit', () => {
  it('says when, who, what, what came of it, and from where', () => {
    const lines: Line[] = [
      {
        ...LINE,
        who: null,
        place: null,
        action: 'block-feed.contain',
        outcome: 'done',
        target: '203.0.113.66',
        digest: 'a1b2 c3d4',
      },
      { ...LINE, target: '203.0.113.66', digest: 'a1b2 c3d4' },
      { ...LINE, who: '1666', ref: null, action: 'press', outcome: 'refused', detail: 'not on the list of people' },
    ];

    expect(draw(auditOf(lines, { typed: '7K3M' }))).toMatchInlineSnapshot(`
      "📜 AUDIT  7K3M
      2026-11-24 02:14 UTC SocBot block-feed.contain 203.0.113[.]66 → done · #7K3M · a1b2 c3d4
      2026-11-24 02:14 UTC ana block 203.0.113[.]66 → asked · #7K3M · in a group · a1b2 c3d4
      2026-11-24 02:14 UTC 1666 press → refused · in a group · not on the list of people
      What a look-up was about is in the Temporal UI alone."
    `);
  });

  it('has a button to each side where there is more', () => {
    const buttons = (rest: Partial<AuditCard>) =>
      draw(auditOf([LINE], rest))
        .split('\n')
        .at(-1);

    expect(buttons({ page: 0, hasMore: true })).toBe('[ Older ▸ ]');
    expect(buttons({ page: 1, hasMore: true })).toBe('[ ◂ Newer ] [ Older ▸ ]');
    expect(buttons({ page: 2 })).toBe('[ ◂ Newer ]');
  });

  it('says so where there is none', () => {
    expect(draw(auditOf([], { typed: '@eve' }))).toMatchInlineSnapshot(`
      "📜 AUDIT  @eve
      There is no such record."
    `);
  });

  it('fits into one message, however long its lines are', () => {
    const long = 'x'.repeat(5_000);
    const lines = Array.from({ length: 10 }, () => ({ ...LINE, target: long, digest: long, detail: long }));

    expect(renderCard(auditOf(lines, { hasMore: true })).text.text.length).toBeLessThanOrEqual(4096);
  });
});

describe('a checkpoint', () => {
  const note =
    'socbot-audit/0123456789abcdef\n1204\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\u2014 socbot-audit/0123456789abcdef AAAA\n';
  const card: CheckpointCard = {
    kind: 'checkpoint',
    size: 1_204,
    root: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
    note,
  };

  it('shows size and root, and the whole note', () => {
    expect(draw(card)).toMatchInlineSnapshot(`
      "🔏 CHECKPOINT of the audit · 1204 records
      root CsUYapGGPo4d…
      socbot-audit/0123456789abcdef
      1204
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      — socbot-audit/0123456789abcdef AAAA
      To check: npm run socbot -- audit verify --against -"
    `);
  });

  it('has the note in a block of its own, which one tap copies as it is', () => {
    const { text, entities } = renderCard(card).text;
    const block = entities.find(({ type }) => type === 'pre');

    expect(text.slice(block?.offset, (block?.offset ?? 0) + (block?.length ?? 0))).toBe(note.trimEnd());
  });
});
