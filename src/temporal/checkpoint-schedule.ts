import { type Client, ScheduleNotFoundError, ScheduleOverlapPolicy, type ScheduleOptions } from '@temporalio/client';
import { TASK_QUEUE } from '#workflows/messages.ts';
import { SocKind } from '#workflows/search-attributes.ts';
import { keepSchedule } from './keep-schedule.ts';

const SCHEDULE_ID = 'audit-checkpoints';

/**
 * A schedule and not one workflow that sleeps and loops: each run is short and has a history of its own, so that none is
 * ever replayed by a much later build. A run that was missed is not made up: the next one covers what it would have.
 */
const SCHEDULE: ScheduleOptions = {
  scheduleId: SCHEDULE_ID,
  spec: { intervals: [{ every: '5 minutes' }] },
  policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '1 minute' },
  action: {
    type: 'startWorkflow',
    workflowType: 'checkpoint',
    workflowId: 'audit-checkpoint',
    taskQueue: TASK_QUEUE,
    staticSummary: 'Sign a checkpoint of the audit',
    typedSearchAttributes: [{ key: SocKind, value: 'checkpoint' }],
  },
};

/** Sees to it that checkpoints are taken every five minutes; again does no harm. */
export async function keepCheckpointSchedule(client: Client): Promise<void> {
  await keepSchedule(client, SCHEDULE);
}

/** Has a checkpoint taken now, or as soon as the one under way is done: that one may have begun too early. */
export async function askForCheckpoint(client: Client): Promise<void> {
  const trigger = async (): Promise<void> =>
    client.schedule.getHandle(SCHEDULE_ID).trigger(ScheduleOverlapPolicy.BUFFER_ONE);
  try {
    await trigger();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    await keepCheckpointSchedule(client);
    await trigger();
  }
}
