import { setTimeout as delay } from 'node:timers/promises';
import { leaseIdOf } from '#domain/ids.ts';
import type { Observable } from '#domain/observable.ts';
import type { Press } from '#domain/press.ts';
import { rearm } from '#workflows/messages.ts';
import { startApproved, startContainment } from './containment-flow.ts';
import { faultOf } from './fake-messenger.ts';
import { DECISIONS } from './history-decisions.ts';
import type { Scenario } from './history-questions.ts';
import { leaseEnded, unblockPlan } from './lease-flow.ts';
import { addressOf, blockPlan, PEOPLE, pressBy, stakesWith } from './soc-requests.ts';
import type { WorkflowRig } from './workflow-rig.ts';

const GAP = { from: '2026-03-01T12:00:00.000Z', to: '2026-03-01T12:10:00.000Z' };

/** The main paths of containments and leases. */
export const CONTAINMENTS: readonly Scenario[] = [
  async (rig) => {
    const target = addressOf(1);
    const { requestId, ended } = await startApproved(rig, blockPlan(target, { durationMs: 2_000 }));
    await ended;
    return { 'containment-approved': requestId, 'lease-lifts-itself': leaseIdOf('wall', target) };
  },
  async (rig) => ({
    'containment-denied': await contain(rig, addressOf(2), [
      pressBy('rob', 'refuse'),
      pressBy('rob', 'deny', { arg: 1 }),
    ]),
  }),
  async (rig) => ({ 'containment-withdrawn': await contain(rig, addressOf(3), [pressBy('ana', 'withdraw')]) }),
  async (rig) => {
    const stakes = stakesWith({ lifeMs: 1_500 });
    const { requestId, ended } = await startContainment(rig, blockPlan(addressOf(4)), {
      stakes,
      escalateTo: [PEOPLE.ria],
    });
    await ended;
    return { 'containment-expired': requestId };
  },
  async (rig) => {
    const refused = [pressBy('ana', 'approve'), pressBy('vic', 'review'), pressBy('rob', 'approve', { rev: 9 })];
    const denied = [pressBy('ria', 'refuse'), pressBy('ria', 'back'), pressBy('ria', 'refuse'), pressBy('ria', 'deny')];
    return { 'containment-refuses-presses': await contain(rig, addressOf(5), [...refused, ...denied]) };
  },
  async (rig) => {
    const flow = await startContainment(rig, blockPlan(addressOf(6), { durationMs: 2_000 }));
    await flow.sees('ria');
    await flow.handle.signal('pressLater', pressBy('rob', 'review'));
    await flow.handle.signal('pressLater', pressBy('rob', 'approve'));
    await flow.ended;
    return { 'containment-pressed-later': flow.requestId };
  },
  async (rig) => {
    const flow = await startContainment(rig, blockPlan(addressOf(7)));
    await flow.sees('ria');
    await flow.handle.signal(rearm, GAP);
    await flow.sees('rob', ({ rev }) => rev === 1);
    await flow.approve('rob', { rev: 0 });
    await flow.deny('rob', { rev: 1 });
    await flow.ended;
    return { 'containment-rearmed': flow.requestId };
  },
  async (rig) => {
    const flow = await startContainment(rig, blockPlan(addressOf(8)), { isStale: true });
    await flow.cardOf(({ phase }) => phase === 'still_wanted');
    await flow.press('ana', 'confirm');
    await flow.sees('ria');
    await flow.deny('rob');
    await flow.ended;
    return { 'containment-still-wanted': flow.requestId };
  },
  async (rig) => {
    const target = addressOf(9);
    rig.wall.fail('contain', target, (_, { order }) => {
      if (new Date().toISOString() > order.notAfter) return { isDone: false, why: 'approved too long ago' };
      throw new Error('the wall is away');
    });
    const stakes = stakesWith({ windowMs: 2_500 });
    const { requestId, ended } = await startApproved(rig, blockPlan(target), { stakes });
    await ended;
    await leaseEnded(rig, target);
    return { 'containment-too-late': requestId, 'lease-refused': leaseIdOf('wall', target) };
  },
  async (rig) => {
    const target = addressOf(10);
    const first = await startApproved(rig, blockPlan(target, { durationMs: 60_000 }));
    const joined = await startApproved(rig, blockPlan(target, { durationMs: 120_000 }));
    const { requestId } = await startApproved(rig, unblockPlan(target));
    await Promise.all([first.ended, joined.ended, leaseEnded(rig, target)]);
    return {
      'containment-is-made-longer': first.requestId,
      'containment-joins-a-lease': joined.requestId,
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
    const { requestId, ended } = await startApproved(rig, blockPlan(target));
    await ended;
    await leaseEnded(rig, target);
    return { 'containment-not-done': requestId, 'lease-undoes-a-failure': leaseIdOf('wall', target) };
  },
  async (rig) => {
    const target = addressOf(12);
    const waiting = await startContainment(rig, blockPlan(addressOf(13)));
    await waiting.sees('ria');
    const holds = await startApproved(rig, blockPlan(target));
    return {
      'containment-waits-for-approval': waiting.requestId,
      'containment-holds': holds.requestId,
      'lease-holds': leaseIdOf('wall', target),
    };
  },
  ...DECISIONS,
];

/** The story that needs Telegram to be away, which all others would notice. */
export const WITHOUT_TELEGRAM: Scenario = async (rig) => {
  const target = addressOf(14);
  const goOn = rig.telegram.hold();
  const flow = await startContainment(rig, blockPlan(target, { durationMs: 3_000 }));
  await flow.approve('rob');
  while (rig.wall.holds(target) === null) await delay(50);
  goOn();
  await flow.ended;
  return { 'containment-without-telegram': flow.requestId };
};

async function contain(rig: WorkflowRig, target: Observable, presses: readonly Press[]): Promise<string> {
  const flow = await startContainment(rig, blockPlan(target));
  await flow.sees('ria');
  for (const press of presses) await rig.desk.press(flow.requestId, press);
  await flow.ended;
  return flow.requestId;
}
