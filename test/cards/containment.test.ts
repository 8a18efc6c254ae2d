import { describe, expect, it } from 'vitest';
import type { ContainmentState } from '#domain/containment-state.ts';
import type { ContainmentPlan } from '#domain/containment.ts';
import type { Observable } from '#domain/observable.ts';
import { DEFAULT_RULES } from '#domain/policy.ts';
import { AT, BAD, containment, draw } from '#support/cards.ts';

const LATER = '2026-11-25T02:14:00.000Z';
const DAY = 86_400_000;
const APPROVED = { kind: 'approved', by: [{ by: 'ben', at: AT }] } as const;
const MARKINGS = { tlp: 'AMBER', pap: 'GREEN' } as const;
const SHOP = { kind: 'domain', value: 'shop.example' } as const;
const MACHINE = { kind: 'host', value: 'ws-114' } as const;

const planOf = (
  action: ContainmentPlan['action'],
  durationMs: number | null,
  targets: readonly Observable[],
  ...systems: string[]
): ContainmentPlan => ({
  action,
  steps: systems.flatMap((system) => targets.map((target) => ({ system, target }))),
  durationMs,
  markings: MARKINGS,
});

describe('the card of an approver', () => {
  it('offers no second yes to whoever has said yes, and still a no', () => {
    const drawn = draw(containment('approver', { approvedBy: ['ben'] }));

    expect(drawn).toContain('[= ✅ You approved =]');
    expect(drawn).not.toContain('Approve block');
    expect(drawn).toContain('Deny…');
  });

  it('says who asks for what, for how long and why, with the digest that is approved', () => {
    expect(draw(containment('approver'))).toMatchInlineSnapshot(`
      "🟠 APPROVAL  block 203.0.113[.]66
      Asked by ana
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      Expires 2026-11-24 02:44 UTC
      #ZDJA · digest c9b7 c8e3
      [ ✅ Approve block… ]{r}
      [ 🚫 Deny… ] [ ✏ Less… ]"
    `);
  });

  it('shows the verdict where the requester wrote no reason, and says so where there is neither', () => {
    const state = { reason: null, basis: 'malicious, 3 of 4 sources, 1 silent' };

    expect(draw(containment('approver', state))).toContain('Why: malicious, 3 of 4 sources, 1 silent');
    expect(draw(containment('approver', { reason: null }))).toContain('Reason: none given');
  });

  it('says what is at stake, what it takes, and whom it would hit', () => {
    const why = ['The machine dc1 is critical.'];
    const state: Partial<ContainmentState> = {
      plan: planOf('isolate', DAY, [{ kind: 'host', value: 'dc1' }], 'defender'),
      stakes: { tier: 'critical', why, rule: DEFAULT_RULES.isolate.critical },
      impact: {
        findings: [{ tier: 'two_people', why: why[0] ?? '' }],
        hosts: [{ name: 'dc1', owner: 'Directory team', tier: 'critical' }],
        seenOn: null,
        held: [],
        unread: [],
      },
    };

    expect(draw(containment('approver', state))).toMatchInlineSnapshot(`
      "🟠 APPROVAL  isolate dc1
      Asked by ana
      Cut off for 24h by Microsoft Defender, lifts itself
      Reason: C2, 3 hosts
      ⚠ The machine dc1 is critical.
      Takes 2 people and a code from the authenticator
      dc1 · critical · Directory team
      Expires 2026-11-24 02:44 UTC
      #ZDJA · digest 8ed5 a045
      [ ✅ Approve isolate… ]{r}
      [ 🚫 Deny… ] [ ✏ Less… ]"
    `);
    expect(draw(containment('approver', { ...state, approvedBy: ['cleo'] }))).toContain(
      'Approved so far: cleo (1 of 2)\n',
    );
  });

  it('says what the guard tells, who of ours used it, what is held already, and what could not be read', () => {
    const impact = {
      findings: [{ tier: 'tell', why: 'It is on the warning list “Public DNS resolvers”.' }],
      hosts: [],
      seenOn: ['ws-114', 'ws-201', 'srv-mail', 'srv-web'],
      held: [{ system: 'crowdsec', target: BAD, until: LATER, by: 'cscli', leaseId: null }],
      unread: ['pihole', 'block-feed'],
    } as const;

    expect(draw(containment('approver', { impact }))).toMatchInlineSnapshot(`
      "🟠 APPROVAL  block 203.0.113[.]66
      Asked by ana
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      ℹ️ It is on the warning list “Public DNS resolvers”.
      Used by 4 machines of ours (24 h): ws-114, ws-201, srv-mail …
      Held already on CrowdSec until 2026-11-25 02:14 UTC for cscli
      ⚠ Could not read what is held on Pi-hole and the block feed
      Expires 2026-11-24 02:44 UTC
      #ZDJA · digest c9b7 c8e3
      [ ✅ Approve block… ]{r}
      [ 🚫 Deny… ] [ ✏ Less… ]"
    `);
  });

  it.each([
    [[], 'No machine of ours used it in 24 h, as far as the logs tell'],
    [['ws-114'], 'Used by 1 machine of ours (24 h): ws-114'],
    [['ws-114', 'ws-201'], 'Used by 2 machines of ours (24 h): ws-114, ws-201'],
  ])('counts the machines that used it: %j', (seenOn, line) => {
    const impact = { findings: [], hosts: [], seenOn, held: [], unread: [] };

    expect(draw(containment('approver', { impact })).split('\n')).toContain(line);
  });

  it('names every target of several, and the systems once', () => {
    const targets = [BAD, { kind: 'cidr', value: '203.0.113.128/26' }, SHOP] as const;
    const plan = planOf('block', DAY, targets, 'block-feed', 'crowdsec', 'dns-rpz');

    expect(draw(containment('approver', { plan }))).toMatchInlineSnapshot(`
      "🟠 APPROVAL  block 3 targets
      Asked by ana
      • ipv4 203.0.113[.]66
      • cidr 203.0.113[.]128/26
      • domain shop[.]example
      24h on the block feed, CrowdSec and the DNS policy zone, lifts itself
      Reason: C2, 3 hosts
      Expires 2026-11-24 02:44 UTC
      #ZDJA · digest 0ac3 677a
      [ ✅ Approve block… ]{r}
      [ 🚫 Deny… ] [ ✏ Less… ]"
    `);
  });

  it('counts the targets beyond the eighth', () => {
    const targets = Array.from({ length: 20 }, (_, at) => ({ kind: 'ipv4', value: `203.0.113.${at}` }) as const);
    const drawn = draw(containment('approver', { plan: planOf('block', DAY, targets, 'block-feed') }));

    expect(drawn).toContain('• ipv4 203.0.113[.]7\n… and 12 more\n');
    expect(drawn).not.toContain('203.0.113[.]8');
  });

  it('says what was asked where less of it is proposed by now', () => {
    const asked = planOf('block', 2 * DAY, [BAD], 'block-feed', 'crowdsec');
    const plan = planOf('block', 4 * 3_600_000, [BAD], 'block-feed');

    expect(draw(containment('approver', { asked, plan, choice: 6 }))).toContain(
      '4h on the block feed, lifts itself\nAsked for: 2d on the block feed and CrowdSec\n',
    );
  });

  it('asks to press again after a time in which presses were lost', () => {
    expect(draw(containment('approver', { gap: { from: AT, to: LATER }, rev: 1 }))).toMatchInlineSnapshot(`
      "🟠 APPROVAL  block 203.0.113[.]66
      Asked by ana
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      🔄 I was offline 2026-11-24 02:14 UTC to 2026-11-25 02:14 UTC. A press in that time was lost: please press again.
      Expires 2026-11-24 02:44 UTC
      #ZDJA · digest c9b7 c8e3
      [ ✅ Approve block… ]{r}
      [ 🚫 Deny… ] [ ✏ Less… ]"
    `);
  });

  it('says that everything is frozen, by whom and why', () => {
    expect(draw(containment('approver', { freeze: { by: 'cleo', at: AT, reason: 'wrong list' } }))).toContain(
      '🧊 Frozen by cleo: wrong list. Nothing is approved.\n',
    );
    expect(draw(containment('approver', { freeze: { by: 'cleo', at: AT, reason: null } }))).toContain(
      '🧊 Frozen by cleo. Nothing is approved.\n',
    );
  });

  it.each([
    [planOf('unblock', null, [BAD], 'block-feed'), 'Take it off the block feed'],
    [planOf('unblock', null, [BAD, SHOP], 'block-feed', 'pihole'), 'Take them off the block feed and Pi-hole'],
    [planOf('isolate', DAY, [MACHINE], 'defender'), 'Cut off for 24h by Microsoft Defender, lifts itself'],
    [planOf('release', null, [MACHINE], 'defender'), 'Connect it again: Microsoft Defender'],
    [planOf('allow', 7 * DAY, [SHOP], 'allow-list'), 'Keep it off all lists for 7d'],
    [planOf('allow', 7 * DAY, [SHOP], 'allow-list', 'pihole'), 'Take it off Pi-hole, keep it off for 7d'],
    [planOf('block', DAY, [BAD], 'edge-proxy', 'block-feed'), '24h on edge-proxy and the block feed, lifts itself'],
  ] as const)('says what it does: %j', (plan, effect) => {
    const drawn = draw(containment('approver', { plan }));

    expect(drawn.split('\n')).toContain(effect);
    expect(drawn).toContain(`[ ✅ Approve ${plan.action}… ]{r}`);
  });

  it('offers nothing smaller where nothing is smaller', () => {
    expect(draw(containment('approver', { plan: planOf('unblock', null, [BAD], 'block-feed') }))).not.toContain('Less');
  });
});

describe('the card of the requester', () => {
  it('says that it waits, and offers to take it back', () => {
    expect(draw(containment('requester'))).toMatchInlineSnapshot(`
      "⏳ BLOCK ASKED  203.0.113[.]66
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      Waiting for a responder
      Expires 2026-11-24 02:44 UTC
      ana · #ZDJA · digest c9b7 c8e3
      [ ✖ Withdraw ]"
    `);
  });

  it('says how many have to approve', () => {
    const stakes = { tier: 'critical', why: ['More than one machine.'], rule: DEFAULT_RULES.block.critical } as const;

    expect(draw(containment('requester', { stakes }))).toMatchInlineSnapshot(`
      "⏳ BLOCK ASKED  203.0.113[.]66
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      ⚠ More than one machine.
      Takes 2 people and a code from the authenticator
      Waiting for 2 people with the role responder
      Expires 2026-11-24 02:44 UTC
      ana · #ZDJA · digest c9b7 c8e3
      [ ✖ Withdraw ]"
    `);
  });

  it('leads those who decide from a group to their own chat', () => {
    const card = containment('requester');
    const inGroup = { ...card, ask: { ...card.ask, chat: { id: -1, isPrivate: false } } };

    expect(draw(inGroup).split('\n').slice(-1)).toEqual(['[ ✖ Withdraw ] [ ⚖ Decide… ]{b}']);
  });

  it('offers the emergency only to whoever may act alone', () => {
    expect(
      draw(containment('requester', { mayActAlone: true }))
        .split('\n')
        .slice(-2),
    ).toEqual(['[ 🚨 Emergency, alone… ]{r}', '[ ✖ Withdraw ]']);
  });

  it('does not show what only those who decide have to know', () => {
    const impact = { findings: [], hosts: [], seenOn: ['ws-114'], held: [], unread: [] };

    expect(draw(containment('requester', { impact }))).not.toContain('ws-114');
  });

  it('names approvers whom Telegram does not let it write to', () => {
    expect(draw(containment('requester', { unreachable: ['ben', 'cleo'] })).split('\n')[4]).toBe(
      '⚠ Telegram does not let me write to ben and cleo: ask them to open this chat and press Start',
    );
  });

  it('asks whether an old wish still stands', () => {
    expect(draw(containment('requester', { phase: 'still_wanted' }))).toMatchInlineSnapshot(`
      "⏸ STILL WANTED? BLOCK  203.0.113[.]66
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      This was asked a while ago. Still wanted?
      ana · #ZDJA · digest c9b7 c8e3
      [ ✖ No ] [ Yes, ask approval ]{b}"
    `);
  });

  it('says that it is on its way', () => {
    expect(draw(containment('requester', { phase: 'acting', decision: APPROVED }))).toMatchInlineSnapshot(`
      "⏳ APPROVED, BLOCK ON ITS WAY  203.0.113[.]66
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      Approved by ben 2026-11-24 02:14 UTC
      ana · #ZDJA · digest c9b7 c8e3"
    `);
  });
});

describe('what stays of a card that was brought down', () => {
  it('says where it is now, and has nothing to press', () => {
    expect(draw(containment('moved'))).toMatchInlineSnapshot(
      `"⤵ block 203.0.113[.]66 · the card is further down · #ZDJA"`,
    );
  });
});
