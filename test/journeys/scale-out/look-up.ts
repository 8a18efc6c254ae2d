import assert from 'node:assert/strict';
import type { Phone } from '#support/journey-phone.ts';
import { say, waitUntil } from './report.ts';
import type { ScaleOutShape } from './shape.ts';
import { findWorker } from './worker.ts';

export type Cast = { readonly ana: Phone; readonly ben: Phone; readonly eve: Phone };

const TARGET = { kind: 'ipv4', value: '203.0.113.66' } as const;
const METERED = ['virustotal', 'abuseipdb'];

/** The worker that waits for a metered source is killed: the card comes once, and nobody was asked twice who counts. */
export async function lookUpOverAKill(shape: ScaleOutShape, { ana }: Cast): Promise<void> {
  const { world, client } = shape;
  world.vendors
    .get('virustotal')
    ?.setFaults([{ fault: 'slow', delayMs: 8_000, times: 1, path: `/api/v3/ip_addresses/${TARGET.value}` }]);
  await ana.say(`/ioc ${TARGET.value}`);
  const identity = await waitUntil('a worker that asks VirusTotal', async () => {
    for await (const { workflowId } of client.workflow.list({ query: 'SocKind = "look_up"' })) {
      const { raw } = await client.workflow.getHandle(workflowId).describe();
      const asking = raw.pendingActivities?.find(({ activityType }) => activityType?.name === 'virustotal.lookUp');
      if (asking?.lastWorkerIdentity && world.countCalls('virustotal', TARGET) > 0) return asking.lastWorkerIdentity;
    }
    return null;
  });
  await findWorker(shape, identity).kill();
  say(`killed ${identity} while VirusTotal was being asked`);

  const card = await ana.waitFor(TARGET, ({ text }) => text.includes('VirusTotal') && !text.includes('CHECKING'));
  await waitUntil('the last word of the look-up', async () => {
    const [execution] = await Array.fromAsync(client.workflow.list({ query: 'SocKind = "look_up"' }));
    return execution?.status.name === 'COMPLETED' ? execution : null;
  });
  const cards = await ana.messagesAbout(TARGET);
  const last = cards.find(({ id }) => id === card.id);
  assert.equal(cards.filter(({ keyboard }) => keyboard.length > 0).length, 1, 'the look-up is answered by one card');
  for (const vendor of METERED) assert.equal(world.countCalls(vendor, TARGET), 1, `${vendor} was asked once`);
  say(`one card, ${METERED.map((vendor) => `${vendor} asked once`).join(', ')}; it reads:`);
  for (const line of (last?.text ?? '').split('\n')) say(`    ${line}`);

  await shape.start('worker').ready;
  say('another worker took the place of the killed one');
}
