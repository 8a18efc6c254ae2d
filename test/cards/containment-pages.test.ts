import { describe, expect, it } from 'vitest';
import type { Button } from '#cards/button.ts';
import { renderCard } from '#cards/render.ts';
import type { ContainmentState } from '#domain/containment-state.ts';
import { type ContainmentPlan, digestOf } from '#domain/containment.ts';
import type { Review } from '#domain/gate.ts';
import { changedPlan } from '#domain/plan-change.ts';
import { DEFAULT_RULES } from '#domain/policy.ts';
import { AT, BAD, containment, draw, wrappedLines } from '#support/cards.ts';

const DAY = 86_400_000;
const ASKED: ContainmentPlan = {
  action: 'block',
  steps: ['block-feed', 'crowdsec', 'pihole'].map((system) => ({ system, target: BAD })),
  durationMs: 2 * DAY,
  markings: { tlp: 'AMBER', pap: 'GREEN' },
};
/** Four hours, on CrowdSec alone. */
const SMALLER = 2 + 2 * 4;

const TWO_PEOPLE = { tier: 'critical', why: ['More than one machine.'], rule: DEFAULT_RULES.block.critical } as const;
const HIT = {
  findings: [],
  hosts: [{ name: 'srv-mail', owner: 'Mail team', tier: 'server' }],
  seenOn: null,
  held: [],
  unread: [],
} as const;

/** Ben's card with one of its pages open. */
const pageOf = (page: Review['page'], choice = 0, change: Partial<ContainmentState> = {}) =>
  containment('approver', { plan: ASKED, reviews: { ben: { page, choice } }, ...change });

/** Ana's own card, who may act alone, with the page open. */
const alone = (page: Review['page'], change: Partial<ContainmentState> = {}) =>
  containment('requester', { mayActAlone: true, reviews: { ana: { page, choice: 0 } }, ...change });

describe('the second look', () => {
  it('says once more what will happen, and whom it hits', () => {
    expect(draw(pageOf('confirm', 0, { impact: HIT, stakes: TWO_PEOPLE, approvedBy: ['cleo'] })))
      .toMatchInlineSnapshot(`
      "⚠ CONFIRM  block 203.0.113[.]66
      2d on the block feed, CrowdSec and Pi-hole, lifts itself
      ⚠ More than one machine.
      Takes 2 people and a code from the authenticator
      Approved so far: cleo (1 of 2)
      srv-mail · server · Mail team
      Asked by ana · #ZDJA · digest 44f7 c727
      [ ↩ Back ]
      [ ⛔ Yes, block ]{r}"
    `);
  });

  it('of a smaller scope shows that one, with its own digest, beside what was asked', () => {
    const changed = changedPlan(ASKED, SMALLER);
    const drawn = draw(pageOf('confirm', SMALLER));

    expect(drawn).toMatchInlineSnapshot(`
      "⚠ CONFIRM  block 203.0.113[.]66
      4h on CrowdSec, lifts itself
      Asked for: 2d on the block feed, CrowdSec and Pi-hole
      Asked by ana · #ZDJA · digest ca34 379c
      [ ↩ Back ]
      [ ⛔ Yes, block ]{r}"
    `);
    expect(drawn).toContain(`digest ${changed ? digestOf(changed) : ''}`);
    expect(drawn).not.toContain(digestOf(ASKED));
  });

  it('says that earlier approvals were for more, and count no more', () => {
    const drawn = draw(pageOf('confirm', SMALLER, { stakes: TWO_PEOPLE, approvedBy: ['cleo'] }));

    expect(drawn).toContain('cleo approved more than this, and would have to approve again\n');
    expect(drawn).not.toContain('Approved so far');
  });

  it('alone says that nobody else looks, and who is told', () => {
    expect(draw(alone('confirm'))).toMatchInlineSnapshot(`
      "🚨 ALONE?  block 203.0.113[.]66
      24h on the block feed, lifts itself
      No second person looks at it. It takes your code, and every admin is told.
      Asked by ana · #ZDJA · digest c9b7 c8e3
      [ ↩ Back ]
      [ 🚨 Yes, block alone ]{r}"
    `);
  });

  it('says that nothing is approved while everything is frozen', () => {
    expect(draw(pageOf('confirm', 0, { freeze: { by: 'cleo', at: AT, reason: null } }))).toContain('🧊 Frozen by cleo');
  });
});

describe('the other pages', () => {
  it('ask for the code, and say what it is for', () => {
    expect(draw(pageOf('code'))).toMatchInlineSnapshot(`
      "🔑 YOUR CODE  block 203.0.113[.]66
      2d on the block feed, CrowdSec and Pi-hole, lifts itself
      Send me the six digits of your authenticator here, in our private chat. I delete them at once.
      Asked by ana · #ZDJA · digest 44f7 c727
      [ ↩ Back ]
      [= 🔑 Waiting for your code =]"
    `);
  });

  it('offer the shorter times and each system alone', () => {
    expect(draw(pageOf('choose'))).toMatchInlineSnapshot(`
      "✏ LESS OF  block 203.0.113[.]66
      2d on the block feed, CrowdSec and Pi-hole, lifts itself
      What would you approve? You see it again before it counts.
      Asked by ana · #ZDJA · digest 44f7 c727
      [ 1h ] [ 4h ] [ 24h ]
      [ Only block feed ] [ Only CrowdSec ] [ Only Pi-hole ]
      [ ↩ Back ]"
    `);
  });

  it('ask why not', () => {
    expect(draw(pageOf('refuse'))).toMatchInlineSnapshot(`
      "🚫 DENY?  block 203.0.113[.]66
      2d on the block feed, CrowdSec and Pi-hole, lifts itself
      One no ends it. Why?
      Asked by ana · #ZDJA · digest 44f7 c727
      [ 🚫 False positive ] [ 🚫 Business impact ]
      [ 🚫 Needs more evidence ] [ 🚫 No reason ]
      [ ↩ Back ]"
    `);
  });

  it('are seen by one person alone, and only while it waits', () => {
    const reviews = { cleo: { page: 'confirm', choice: 0 } } as const;
    const decision = { kind: 'denied', by: [{ by: 'ben', at: AT }], why: '' } as const;

    expect(draw(containment('approver', { reviews })).split('\n')[0]).toContain('APPROVAL');
    expect(draw(containment('requester', { reviews })).split('\n')[0]).toContain('BLOCK ASKED');
    expect(draw(pageOf('confirm', 0, { phase: 'denied', decision })).split('\n')[0]).toContain('DENIED');
  });

  it('take nobody for another by a name that objects have', () => {
    const card = { ...containment('approver'), person: 'constructor' };

    expect(draw(card).split('\n')[0]).toContain('APPROVAL');
  });
});

/** What leads where: the card, the operation of the button that is pressed, the card that it is then. */
const TURNS = [
  ['Approve', containment('approver', { plan: ASKED }), 'review', pageOf('confirm')],
  ['Less', containment('approver', { plan: ASKED }), 'choose', pageOf('choose')],
  ['Deny', containment('approver', { plan: ASKED }), 'refuse', pageOf('refuse')],
  ['a smaller scope', pageOf('choose'), 'change', pageOf('confirm', SMALLER)],
  ['Yes, where a code is needed', pageOf('confirm'), 'approve', pageOf('code')],
  ['Back', pageOf('confirm'), 'back', containment('approver', { plan: ASKED })],
  ['Back from the code', pageOf('code'), 'back', containment('approver', { plan: ASKED })],
  ['Back from a no', pageOf('refuse'), 'back', containment('approver', { plan: ASKED })],
  ['Emergency', containment('requester', { mayActAlone: true }), 'review', alone('confirm')],
  ['Yes, alone', alone('confirm'), 'emergency', alone('code')],
] as const;

const rowsOf = (card: ReturnType<typeof containment>) => renderCard(card).rows.toReversed();
const opsOf = (row: readonly Button[] = []) => row.flatMap((button) => (button.does === 'press' ? [button.op] : []));

describe('a second tap by mistake', () => {
  it.each(TURNS)('on %s decides nothing', (_, before, pressed, after) => {
    // A phone keeps the lowest row where it is, whatever the text above.
    const tapped = rowsOf(before).flatMap((row, at) => (opsOf(row).some((op) => op === pressed) ? [at] : []));
    const then = tapped.flatMap((at) => opsOf(rowsOf(after)[at]));

    expect(tapped.length).toBeGreaterThan(0);
    expect(then.filter((op) => ['approve', 'emergency', 'deny', 'withdraw'].includes(op))).toEqual([]);
  });

  it('would be found out if it decided', () => {
    const yes = rowsOf(pageOf('confirm')).findIndex((row) => opsOf(row).includes('approve'));

    expect(opsOf(rowsOf(pageOf('confirm'))[yes])).toEqual(['approve']);
  });
});

describe('every page of a containment', () => {
  const LONG = { gap: { from: AT, to: AT } };
  const cards = [
    containment('requester'),
    containment('requester', LONG),
    containment('requester', { mayActAlone: true }),
    containment('approver'),
    containment('approver', { plan: ASKED, ...LONG }),
    containment('approver', { stakes: TWO_PEOPLE, approvedBy: ['cleo'], impact: HIT }),
    ...(['confirm', 'code', 'choose', 'refuse'] as const).map((page) => pageOf(page)),
    pageOf('confirm', SMALLER),
    alone('confirm'),
    alone('code'),
  ];

  it('fits a phone: at most thirteen lines with its buttons, few of them wrap', () => {
    for (const card of cards) {
      expect(draw(card).split('\n').length, draw(card)).toBeLessThanOrEqual(13);
      expect(wrappedLines(card).length, draw(card)).toBeLessThanOrEqual(3);
    }
  });

  it('has at most four buttons where it asks first, in two rows', () => {
    for (const card of cards.filter(({ state }) => Object.keys(state.reviews).length === 0)) {
      expect(renderCard(card).rows.flat().length).toBeLessThanOrEqual(4);
      expect(renderCard(card).rows.length).toBeLessThanOrEqual(2);
    }
  });

  it('has labels that a phone shows whole', () => {
    for (const row of cards.flatMap((card) => renderCard(card).rows)) {
      const units = row.reduce((sum, { label }) => sum + Array.from(label).length, 0);
      expect(units, JSON.stringify(row)).toBeLessThanOrEqual(46);
    }
  });
});
