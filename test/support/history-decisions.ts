import { bringCard, freeze } from '#workflows/messages.ts';
import { startApproved, startContainment } from './containment-flow.ts';
import type { Scenario } from './history-questions.ts';
import { leaseEnded, planOn, unblockPlan } from './lease-flow.ts';
import { addressOf, blockPlan, PEOPLE, stakesWith } from './soc-requests.ts';

const FROZEN = { by: 'ria', at: '2026-03-01T12:00:00.000Z', reason: 'a storm of false alarms' };
const BOTH = ['wall', 'moat'];
const DAY_MS = 86_400_000;

/** The ways in which people decide, and what several steps come to. */
export const DECISIONS: readonly Scenario[] = [
  async (rig) => {
    const stakes = stakesWith({ approvals: 2, code: true });
    const flow = await startContainment(rig, blockPlan(addressOf(31), { durationMs: 2 * DAY_MS }), { stakes });
    await flow.sees('ria');
    await flow.approve('rob', { withCode: true });
    await flow.press('ria', 'choose');
    await flow.press('ria', 'change', { arg: 1 });
    await flow.press('ria', 'approve', { arg: 1 });
    await flow.press('ria', 'approve', { arg: 1, withCode: true });
    await flow.sees('rob', ({ choice }) => choice === 1);
    await flow.approve('rob', { rev: 1, arg: 1, withCode: true });
    await flow.told();
    await startApproved(rig, unblockPlan(addressOf(31)));
    await flow.ended;
    return { 'containment-narrowed-by-two': flow.requestId };
  },
  async (rig) => {
    const by = { ...PEOPLE.ana, role: 'responder' } as const;
    const flow = await startContainment(rig, blockPlan(addressOf(32), { durationMs: 2_000 }), { mayActAlone: true });
    await flow.sees('ana');
    await flow.press('ana', 'review', { by });
    await flow.press('ana', 'emergency', { by });
    await flow.press('ana', 'emergency', { by, withCode: true });
    await flow.ended;
    return { 'containment-emergency': flow.requestId };
  },
  async (rig) => {
    const flow = await startContainment(rig, blockPlan(addressOf(33)));
    await flow.sees('ria');
    await flow.handle.signal(freeze, FROZEN);
    await flow.sees('rob', (state) => state.freeze !== undefined);
    await flow.approve('rob');
    await flow.handle.signal(bringCard, { name: 'rob', telegramId: PEOPLE.rob.telegramId });
    await flow.handle.signal(freeze, null);
    await flow.sees('rob', (state) => state.freeze === undefined && state.reviews['rob'] !== undefined);
    await flow.deny('ria');
    await flow.ended;
    return { 'containment-frozen': flow.requestId };
  },
  async (rig) => {
    rig.moat.fail('contain', addressOf(35), () => ({ isDone: false, why: 'the moat is full' }));
    const { requestId, ended } = await startApproved(rig, planOn(BOTH, [34, 35], 3_000));
    await ended;
    return { 'containment-partly-done': requestId };
  },
  async (rig) => {
    const target = addressOf(36);
    rig.wall.fail('contain', target, () => ({ isDone: false, isUnknown: true, why: 'no answer came' }));
    const { requestId, ended } = await startApproved(rig, blockPlan(target, { durationMs: 2_000 }));
    await ended;
    return { 'containment-not-known': requestId };
  },
  async (rig) => {
    const target = addressOf(37);
    rig.wall.fail('release', target, () => ({ isDone: false, why: 'not now' }));
    const block = await startApproved(rig, blockPlan(target, { durationMs: 2_000 }));
    await block.sees('rob', ({ phase }) => phase === 'overdue');
    const refused = await startApproved(rig, unblockPlan(target));
    await refused.ended;
    rig.wall.heal('release', target);
    await startApproved(rig, unblockPlan(target));
    await block.ended;
    await leaseEnded(rig, target);
    return { 'containment-overdue': block.requestId, 'containment-not-let-go': refused.requestId };
  },
  async (rig) => {
    const flow = await startContainment(rig, blockPlan(addressOf(38)));
    await flow.sees('ria');
    await flow.handle.cancel();
    await flow.ended.catch(() => undefined);
    return { 'containment-cancelled': flow.requestId };
  },
];
