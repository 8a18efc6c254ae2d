import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Posting } from '#domain/card.ts';
import { addressOf } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import { keepReconcileSchedule } from '#temporal/reconcile-schedule.ts';
import { TASK_QUEUE } from '#workflows/messages.ts';

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

function differenceTo(chat: number): Posting {
  const hold = { system: 'wall', target: addressOf(40), leaseId: 'tg-1-1', until: '2026-03-01T13:00:00.000Z' };
  return { to: chat, isSilent: false, card: { kind: 'drift', drifts: [{ kind: 'gone', ...hold, tellsUntil: null }] } };
}

async function compare(workflowId: string, postings: readonly Posting[]): Promise<void> {
  rig.differences.set(workflowId, postings);
  await rig.client.workflow.execute('reconcile', { workflowId, taskQueue: TASK_QUEUE });
}

describe('a comparison with the systems', () => {
  it('tells everybody who is to hear of a difference, and changes nothing', async () => {
    await compare('differs', [differenceTo(71), differenceTo(72)]);

    expect(await rig.telegram.until(({ to }) => to === 71)).toMatchObject(differenceTo(71));
    expect(await rig.telegram.until(({ to }) => to === 72)).toMatchObject(differenceTo(72));
    expect(rig.wall.askedTo(addressOf(40))).toEqual([]);
  });

  it('tells the others also where one has shut the bot out', async () => {
    rig.telegram.block(73);

    await compare('shut-out', [differenceTo(73), differenceTo(74)]);

    expect(await rig.telegram.until(({ to }) => to === 74)).toMatchObject(differenceTo(74));
  });

  it('runs by a schedule that is made once however many processes make it', async () => {
    await Promise.all([keepReconcileSchedule(rig.client), keepReconcileSchedule(rig.client)]);

    const ids = async () =>
      (await Array.fromAsync(rig.client.schedule.list()))
        .map(({ scheduleId }) => scheduleId)
        .filter((id) => id === 'reconcile');
    await expect.poll(ids, { timeout: 15_000 }).toEqual(['reconcile']);
  });
});
