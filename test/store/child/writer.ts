import { writeSync } from 'node:fs';
import { auditKeyOf } from '#store/checkpoints/audit-key.ts';
import { openStore, type StorePlace } from '#store/open-store.ts';

/**
 * A process that writes until it is killed, and prints the number of each round once every commit of it is acknowledged.
 * `writeSync` leaves nothing in a buffer that the kill would take along.
 */
const place = JSON.parse(process.argv[2] ?? '') as StorePlace;
const first = Number(process.argv[3]);
const key = auditKeyOf(new Uint8Array(32).fill(1));
const now = '2026-03-02T10:00:00.000Z';

writeSync(1, 'opening\n');
const store = await openStore(place);
for (let n = first; ; n += 1) {
  const name = `round-${n}`;
  await store.audit.append([
    { at: now, who: 'ann', telegramId: 1, chat: 1, request: name, action: 'block', outcome: 'approved', key: name },
    { at: now, who: 'ann', telegramId: 1, chat: 1, request: name, action: 'block', outcome: 'done' },
  ]);
  await store.checkpoints.take(key, now);
  await store.blockList.put({ target: name, leaseId: name, until: now, by: 'ann', digest: 'd', now });
  await store.lookups.claim({
    source: 'virustotal',
    observableKey: name,
    requestId: name,
    by: 'ann',
    now,
    reuseMs: 600_000,
    flightMs: 30_000,
    quota: { perMinute: 1_000_000, perDay: 1_000_000 },
  });
  writeSync(1, `${n}\n`);
}
