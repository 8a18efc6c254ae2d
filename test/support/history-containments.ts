import { setTimeout as delay } from 'node:timers/promises';
import type { Press } from '#domain/approval.ts';
import { leaseIdOf } from '#domain/ids.ts';
import type { Observable } from '#domain/observable.ts';
import { rearm } from '#workflows/messages.ts';
import { startApproved, startContainment } from './containment-flow.ts';
import { faultOf } from './fake-messenger.ts';
import type { Scenario } from './history-questions.ts';
import { addressOf, blockPlan, PEOPLE, pressBy } from './soc-requests.ts';
import type { WorkflowRig } from './workflow-rig.ts';

const ROB = PEOPLE.rob.telegramId;
const GAP = { from: '2026-03-01T12:00:00.000Z', to: '2026-03-01T12:10:00.000Z' };

/** The main paths of containments and leases. */
export const CONTAINMENTS: readonly Scenario[] = [
  async (rig) => {
    const target = addressOf(1);
    const { requestId } = await startApproved(rig, blockPlan(target, { durationMs: 2_000 }));
    await leaseEnded(rig, target);
    return { 'containment-approved': requestId, 'lease-lifts-itself': leaseIdOf('wall', target) };
  },
  async (rig) => ({ 'containment-denied': await contain(rig, addressOf(2), [pressBy('rob', 'deny')]) }),
  async (rig) => ({ 'containment-withdrawn': await contain(rig, addressOf(3), [pressBy('ana', 'withdraw')]) }),
  async (rig) => {
    const { requestId, ended } = await startContainment(rig, blockPlan(addressOf(4)), { approvalLifeMs: 1_000 });
    await ended;
    return { 'containment-expired': requestId };
  },
  async (rig) => {
    const refused = [pressBy('ana', 'approve'), pressBy('vic', 'approve'), pressBy('rob', 'approve', { rev: 9 })];
    return { 'containment-refuses-presses': await contain(rig, addressOf(5), [...refused, pressBy('ria', 'approve')]) };
  },
  async (rig) => {
    const flow = await startContainment(rig, blockPlan(addressOf(6)));
    await flow.cardOf((_, { to }) => to === ROB);
    await flow.handle.signal('pressLater', pressBy('rob', 'approve'));
    await flow.ended;
    return { 'containment-pressed-later': flow.requestId };
  },
  async (rig) => {
    const flow = await startContainment(rig, blockPlan(addressOf(7)));
    await flow.cardOf((_, { to }) => to === ROB);
    await flow.handle.signal(rearm, GAP);
    await flow.cardOf(({ rev }, { to }) => rev === 1 && to === ROB);
    await flow.press('rob', 'approve', { rev: 0 });
    await flow.press('rob', 'approve', { rev: 1 });
    await flow.ended;
    return { 'containment-rearmed': flow.requestId };
  },
  async (rig) => {
    const flow = await startContainment(rig, blockPlan(addressOf(8)), { isStale: true });
    await flow.cardOf(({ phase }) => phase === 'still_wanted');
    await flow.press('ana', 'confirm');
    await flow.cardOf((_, { to }) => to === ROB);
    await flow.press('rob', 'approve');
    await flow.ended;
    return { 'containment-still-wanted': flow.requestId };
  },
  async (rig) => {
    const target = addressOf(9);
    rig.wall.fail('contain', target, (_, { order }) => {
      if (new Date().toISOString() > order.notAfter) return { isDone: false, why: 'approved too long ago' };
      throw new Error('the wall is away');
    });
    const { requestId } = await startApproved(rig, blockPlan(target), { executionWindowMs: 2_500 });
    await leaseEnded(rig, target);
    return { 'containment-too-late': requestId, 'lease-refused': leaseIdOf('wall', target) };
  },
  async (rig) => {
    const target = addressOf(10);
    await startApproved(rig, blockPlan(target, { durationMs: 60_000 }));
    const { requestId: joined } = await startApproved(rig, blockPlan(target, { durationMs: 120_000 }));
    const { requestId } = await startApproved(rig, blockPlan(target, { action: 'unblock', durationMs: null }));
    await leaseEnded(rig, target);
    return {
      'containment-joins-a-lease': joined,
      'containment-unblocks': requestId,
      'lease-extended-and-unblocked': leaseIdOf('wall', target),
    };
  },
  async (rig) => {
    const target = addressOf(11);
    rig.wall.fail('contain', target, (act) => {
      act();
      throw faultOf('wall.malformed_response', 'half an answer');
    });
    const { requestId } = await startApproved(rig, blockPlan(target));
    await leaseEnded(rig, target);
    return { 'containment-not-done': requestId, 'lease-undoes-a-failure': leaseIdOf('wall', target) };
  },
  async (rig) => {
    const target = addressOf(12);
    const waiting = await startContainment(rig, blockPlan(addressOf(13)));
    await waiting.cardOf((_, { to }) => to === ROB);
    await startApproved(rig, blockPlan(target));
    return { 'containment-waits-for-approval': waiting.requestId, 'lease-holds': leaseIdOf('wall', target) };
  },
];

/** The story that needs Telegram to be away, which all others would notice. */
export const WITHOUT_TELEGRAM: Scenario = async (rig) => {
  const target = addressOf(14);
  const goOn = rig.telegram.hold();
  const flow = await startContainment(rig, blockPlan(target, { durationMs: 3_000 }));
  await flow.press('rob', 'approve');
  while (rig.wall.holds(target) === null) await delay(50);
  goOn();
  await flow.ended;
  await leaseEnded(rig, target);
  return { 'containment-without-telegram': flow.requestId, 'lease-with-late-cards': leaseIdOf('wall', target) };
};

async function contain(rig: WorkflowRig, target: Observable, presses: readonly Press[]): Promise<string> {
  const flow = await startContainment(rig, blockPlan(target));
  await flow.cardOf((_, { to }) => to === ROB);
  for (const press of presses) await rig.desk.press(flow.requestId, press);
  await flow.ended;
  return flow.requestId;
}

async function leaseEnded(rig: WorkflowRig, target: Observable): Promise<void> {
  await rig.client.workflow.getHandle(leaseIdOf('wall', target)).result();
}
