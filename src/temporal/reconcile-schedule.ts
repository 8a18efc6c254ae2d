import { type Client, ScheduleOverlapPolicy, type ScheduleOptions } from '@temporalio/client';
import { TASK_QUEUE } from '#workflows/messages.ts';
import { SocKind } from '#workflows/search-attributes.ts';
import { keepSchedule } from './keep-schedule.ts';

/** A run that was missed is not made up: the next one sees the same. */
const SCHEDULE: ScheduleOptions = {
  scheduleId: 'reconcile',
  spec: { intervals: [{ every: '15 minutes' }] },
  policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
  action: {
    type: 'startWorkflow',
    workflowType: 'reconcile',
    workflowId: 'reconcile',
    taskQueue: TASK_QUEUE,
    staticSummary: 'Compare what is held with what the systems list',
    typedSearchAttributes: [{ key: SocKind, value: 'reconcile' }],
  },
};

/** Sees to it that the systems are compared with the containment index every quarter of an hour. */
export async function keepReconcileSchedule(client: Client): Promise<void> {
  await keepSchedule(client, SCHEDULE);
}
