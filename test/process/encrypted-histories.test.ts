import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { msToTs } from '@temporalio/common/lib/time.js';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Engine, openEngine } from '#src/process/engine.ts';
import { startContainment } from '#support/containment-flow.ts';
import { addressOf, blockPlan, pressBy } from '#support/soc-requests.ts';
import { startRig, type WorkflowRig } from '#support/workflow-rig.ts';
import { payloadKeyOf } from '#temporal/payload-codec.ts';
import { registerSearchAttributes } from '#temporal/prepare-namespace.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';

const KEY = payloadKeyOf(new Uint8Array(32).fill(1));
const NEXT_KEY = payloadKeyOf(new Uint8Array(32).fill(2));
const address = inject('temporalAddress');
const namespace = `test-${randomUUID()}`;

let plain: Connection;
let engine: Engine;
let rig: Pick<WorkflowRig, 'client' | 'desk' | 'telegram' | 'rest'>;

beforeAll(async () => {
  plain = await Connection.connect({ address });
  await plain.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('2 days') });
  await registerSearchAttributes(plain, namespace, SEARCH_ATTRIBUTES);
  engine = openEngine({ options: { address }, namespace, payloadKeys: [KEY] });
  const connection = await engine.connectNative();
  const { client, dataConverter } = engine;
  rig = await startRig({ client, connection, namespace, dataConverter }, inject('workflowBundle'));
});
afterAll(async () => {
  await rig.rest();
  await Promise.all([engine.close(), plain.close()]);
});

/** Everything that Temporal's database holds of a request in base64 or as it is, read without a key. */
async function storedOf(requestId: string): Promise<string> {
  const handle = new Client({ connection: plain, namespace }).workflow.getHandle(requestId);
  const described = await plain.workflowService.describeWorkflowExecution({
    namespace,
    execution: { workflowId: requestId },
  });
  const texts = [historyToJSON(await handle.fetchHistory()), JSON.stringify(described)];
  const decoded = texts.flatMap((text) =>
    [...text.matchAll(/"([A-Za-z0-9+/]{8,}={0,2})"/g)].map(([, data]) =>
      Buffer.from(data ?? '', 'base64').toString('latin1'),
    ),
  );
  return [...texts, ...decoded].join('\n');
}

describe('a request whose histories are encrypted', () => {
  it('leaves nothing of its content in the database, and is decided and carried out as ever', async () => {
    const plan = blockPlan(addressOf(77));
    const flow = await startContainment(rig, plan, { reason: 'CANARY-reason' });
    await flow.cardOf(({ phase }) => phase === 'awaiting_approval');
    await flow.approve('rob');
    expect(await flow.told()).toMatchObject({ phase: 'done' });

    const stored = await storedOf(flow.requestId);

    expect(stored).not.toMatch(/203\.0\.113|CANARY-reason|Block it|"ana"|malicious/);
    expect(stored).toContain('encryption-key-id');
  });

  it('can still be found by what it is, and its memo read', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(78)));

    const query = 'SocKind="containment" AND SocPhase="awaiting_approval" AND ExecutionStatus="Running"';
    await expect.poll(async () => rig.desk.listRunning(query)).toContain(flow.requestId);
    expect(await rig.desk.memoOf(flow.requestId)).toMatchObject({ title: 'Block it' });
    await flow.deny('rob');
    await flow.ended;
  });

  it('goes on while the key is changed', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(79)));
    await flow.cardOf(({ phase }) => phase === 'awaiting_approval');
    await rig.rest();
    const changed = openEngine({ options: { address }, namespace, payloadKeys: [NEXT_KEY, KEY] });
    const connection = await changed.connectNative();
    const { client, dataConverter } = changed;
    const next = await startRig({ client, connection, namespace, dataConverter }, inject('workflowBundle'));

    await next.desk.press(flow.requestId, pressBy('rob', 'refuse'));
    await next.desk.press(flow.requestId, pressBy('rob', 'deny'));

    const state: unknown = await client.workflow.getHandle(flow.requestId).result();
    expect(state).toMatchObject({ phase: 'denied' });
    await next.rest();
    await changed.close();
  });
});
