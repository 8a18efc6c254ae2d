import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { CheckpointCard, Posting } from '#domain/card.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import { askForCheckpoint, keepCheckpointSchedule } from '#temporal/checkpoint-schedule.ts';
import { TASK_QUEUE } from '#workflows/messages.ts';

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

function postingTo(chat: number): Posting {
  const card: CheckpointCard = { kind: 'checkpoint', size: 3, root: 'q83v', note: 'a note' };
  return { to: chat, card, isSilent: true };
}

async function run(workflowId: string, posting: Posting | null): Promise<void> {
  if (posting) rig.checkpoints.set(workflowId, posting);
  await rig.client.workflow.execute('checkpoint', { workflowId, taskQueue: TASK_QUEUE });
}

describe('a checkpoint', () => {
  it('is shown to the audit chat, and noted as told', async () => {
    await run('told', postingTo(-11));

    expect(await rig.telegram.until(({ to }) => to === -11)).toMatchObject({ isSilent: true });
    expect(rig.told).toContainEqual({
      posting: postingTo(-11),
      posted: expect.objectContaining({ chat: -11 }) as object,
    });
  });

  it('is noted as not told where the chat has shut the bot out', async () => {
    rig.telegram.block(-12);

    await run('shut-out', postingTo(-12));

    const posted = { chat: -12, unreachable: 'bot was blocked by the user' };
    expect(rig.told).toContainEqual({ posting: postingTo(-12), posted });
  });

  it('that nobody has to be told of tells nobody', async () => {
    const before = rig.told.length;

    await run('quiet', null);

    expect(rig.told).toHaveLength(before);
  });
});

describe('the schedule of checkpoints', () => {
  it('is made once however often it is asked for, and a run can be had at any time', async () => {
    // Of several processes each makes it at its start.
    await Promise.all([keepCheckpointSchedule(rig.client), keepCheckpointSchedule(rig.client)]);
    await keepCheckpointSchedule(rig.client);

    await askForCheckpoint(rig.client);

    const ran = async () => {
      const query = 'WorkflowType="checkpoint" AND SocKind="checkpoint" AND ExecutionStatus="Completed"';
      return (await Array.fromAsync(rig.client.workflow.list({ query }))).length;
    };
    await expect.poll(ran, { timeout: 15_000 }).toBeGreaterThan(0);
    expect(await Array.fromAsync(rig.client.schedule.list())).toHaveLength(1);
  });

  it('is made by whoever needs it first, where it was taken away', async () => {
    await keepCheckpointSchedule(rig.client);
    await rig.client.schedule.getHandle('audit-checkpoints').delete();

    await askForCheckpoint(rig.client);

    await expect
      .poll(async () => (await Array.fromAsync(rig.client.schedule.list())).length, { timeout: 15_000 })
      .toBe(1);
  });
});
