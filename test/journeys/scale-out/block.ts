import assert from 'node:assert/strict';
import { approveOn, hasButton, says } from '#support/journey-phone.ts';
import type { Cast } from './look-up.ts';
import { say, waitUntil } from './report.ts';
import type { ScaleOutShape } from './shape.ts';
import { findWorker } from './worker.ts';

const TARGET = { kind: 'ipv4', value: '198.51.100.23' } as const;
const KEY = `ipv4:${TARGET.value}`;

/** A block waits for its approval while a worker dies; a second person approves; it is listed once, and lifted once. */
export async function blockAndLift(shape: ScaleOutShape, { ana, ben, eve }: Cast): Promise<void> {
  const store = await shape.openStore();
  const readActs = async () => (await store.blockList.listEffects(KEY)).map(({ act }) => act);
  try {
    await ana.say(`/block ${TARGET.value} 2h scans our gateways`);
    const request = await ben.waitFor(TARGET, hasButton('Approve'));
    say(`a responder sees: ${request.text.split('\n').join(' | ')}`);
    await eve.say(`/block ${TARGET.value}`);
    await killTheOneThatRemembers(shape);
    assert.deepEqual(await readFeed(shape), [], 'nothing is blocked before the approval');

    const press = await approveOn(ben, TARGET, request, 15_000);
    say(`the press is answered: ${press.text ?? '(no words)'}`);
    await ana.waitFor(TARGET, says('Ben approved.'));
    assert.deepEqual(await readActs(), ['added']);
    assert.deepEqual(await readFeed(shape), [TARGET.value]);
    assert.equal((await shape.fetchFeed('a-token-that-is-wrong')).status, 401);
    say(`the feed lists ${TARGET.value} once, and nothing to whoever has not its token`);

    await ana.say('/blocked');
    const held = await ana.waitFor(TARGET, says('BLOCKED NOW'));
    say(`/blocked: ${held.text.split('\n').slice(0, 2).join(' | ')}`);

    await ana.say(`/unblock ${TARGET.value}`);
    const lift = await ben.waitFor(TARGET, hasButton('Approve unblock'));
    await approveOn(ben, TARGET, lift, 15_000);
    await waitUntil('the feed without the address', async () => ((await readFeed(shape)).length === 0 ? true : null));
    assert.deepEqual(await readActs(), ['added', 'removed']);
    assert.deepEqual(await eve.messagesAbout(TARGET), [], 'a stranger hears nothing');
    assert.equal((await store.audit.verify()).kind, 'intact');
    say('lifted: the feed is empty, the list changed twice, the audit is intact, the stranger heard nothing');
  } finally {
    await store.close();
  }
}

/** Kills the worker that has the waiting request in its memory, and starts another. */
async function killTheOneThatRemembers(shape: ScaleOutShape): Promise<void> {
  const identity = await waitUntil('the worker that holds the request', async () => {
    for await (const { workflowId } of shape.client.workflow.list({ query: 'SocPhase = "awaiting_approval"' })) {
      const { events } = await shape.client.workflow.getHandle(workflowId).fetchHistory();
      return (
        (events ?? []).findLast((event) => event.workflowTaskCompletedEventAttributes)
          ?.workflowTaskCompletedEventAttributes?.identity ?? null
      );
    }
    return null;
  });
  await findWorker(shape, identity).kill();
  say(`killed ${identity}, which held the waiting approval in memory`);
  shape.start('worker');
}

async function readFeed(shape: ScaleOutShape): Promise<readonly string[]> {
  const response = await shape.fetchFeed();
  assert.equal(response.status, 200);
  return (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
