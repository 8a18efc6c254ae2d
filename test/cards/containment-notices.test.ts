import { describe, expect, it } from 'vitest';
import type { ContainmentState } from '#domain/containment-state.ts';
import { AT, containment, draw, stepOf } from '#support/cards.ts';
import { APPROVED, DONE, doneWith, LATER, notDone, planOf, TWO, VERIFIED } from '#support/ended-containments.ts';

describe('the message that tells the end', () => {
  const plan = { ...planOf('block'), steps: TWO.map((target) => ({ system: 'block-feed', target })) };
  const allowance = planOf('allow', 'allow-list');
  const lifted = { at: LATER, order: null };
  const notices: readonly Partial<ContainmentState>[] = [
    DONE,
    { ...DONE, plan },
    doneWith({ isForeign: true, until: null }),
    doneWith({ wasFree: true, until: null }),
    { ...DONE, steps: [stepOf({ outcome: 'rehearsed' })] },
    { phase: 'denied', decision: { kind: 'denied', by: [{ by: 'ben', at: AT }], why: 'business impact' } },
    { phase: 'expired', decision: { kind: 'expired' } },
    notDone({ outcome: 'too_late' }),
    notDone({ outcome: 'failed', why: 'no answer' }),
    notDone(VERIFIED, { outcome: 'failed', why: 'no answer' }),
    { phase: 'lifted', decision: APPROVED, plan, steps: [stepOf(VERIFIED, { lifted })] },
    { phase: 'lifted', decision: APPROVED, plan: allowance, steps: [stepOf(VERIFIED, { lifted })] },
  ];

  it('is one line', () => {
    expect(notices.map((state) => draw(containment('notice', state))).join('\n')).toMatchInlineSnapshot(`
      "✅ ben approved. 203.0.113[.]66 is blocked until 2026-11-25 02:14 UTC, then lifts itself · #ZDJA
      ✅ ben approved. 2 targets are blocked until 2026-11-25 02:14 UTC, then lift themselves · #ZDJA
      ✅ ben approved. 203.0.113[.]66 had been held already, not by SocBot: that stays · #ZDJA
      ⚠ ben approved, but 203.0.113[.]66 had not been held before: see the card · #ZDJA
      🧪 ben approved. Dry run: nothing was done to 203.0.113[.]66 · #ZDJA
      🚫 ben denied (business impact): block 203.0.113[.]66 was not executed · #ZDJA
      ⌛ Nobody answered: block 203.0.113[.]66 was not executed · #ZDJA
      🟠 block 203.0.113[.]66 was not executed: see the card · #ZDJA
      🟠 203.0.113[.]66 is not surely blocked: see the card · #ZDJA
      🟠 203.0.113[.]66 is only partly blocked: see the card · #ZDJA
      ♻ 2 targets are free again: the time was up · #ZDJA
      ♻ 203.0.113[.]66 may be blocked again: the time was up · #ZDJA"
    `);
  });

  it('rings for those who have yet to decide, with what happens if nobody does', () => {
    expect(draw(containment('reminder'))).toMatchInlineSnapshot(
      `"🔔 Waits for you: block 203.0.113[.]66, asked by ana. Expires 2026-11-24 02:44 UTC and is not executed then · #ZDJA"`,
    );
  });
});
