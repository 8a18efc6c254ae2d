import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { leaseIdOf } from '#domain/ids.ts';
import { startApproved, startContainment } from '#support/containment-flow.ts';
import { addressOf, blockPlan } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

const NONSENSE = [null, 0, 'x', [], {}, { plan: {} }, { plan: { action: 'block', steps: [null] } }];

it('a lease that is sent nonsense goes on, and lets go when its time is up', async () => {
  const target = addressOf(120);
  const flow = await startApproved(rig, blockPlan(target, { durationMs: 3_000 }));
  const lease = rig.client.workflow.getHandle(leaseIdOf('wall', target));

  for (const heard of NONSENSE) await lease.signal('giveOrder', heard);

  expect((await flow.ended).phase).toBe('lifted');
  expect(rig.wall.askedTo(target)).toEqual(['contain', 'release']);
});

it('a request that is sent nonsense goes on, and is decided as ever', async () => {
  const flow = await startContainment(rig, blockPlan(addressOf(121), { durationMs: 2_000 }));
  await flow.sees('rob');

  for (const name of ['pressLater', 'rearm', 'bringCard', 'stepNews'])
    for (const heard of NONSENSE) await flow.handle.signal(name, heard);
  await flow.handle.signal('freeze', 'x');
  await flow.approve('rob');

  expect((await flow.ended).phase).toBe('lifted');
});
