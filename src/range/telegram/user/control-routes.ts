import { z } from 'zod';
import { type Exchange, json, readJson, readQuery, type Reply, type Route } from './exchange.ts';

const ADVANCE = z.strictObject({
  advanceMs: z
    .number()
    .min(0)
    .max(400 * 86_400_000),
});

const FAULT = z.strictObject({
  method: z.string().min(1),
  kind: z.enum(['status', 'drop_before', 'drop_after', 'delay']),
  status: z.int().min(400).max(599).optional(),
  description: z.string().optional(),
  retryAfter: z.int().min(1).optional(),
  delayMs: z.number().min(0).max(600_000).optional(),
  times: z.int().min(1).optional(),
  chat: z.int().optional(),
});

const CLEAR = z.strictObject({ method: z.string().optional() });

const CALLS = z.strictObject({ method: z.string().optional(), after: z.coerce.number().int().optional() });

const NEXT_UPDATE = z.strictObject({ nextId: z.int().positive().max(2_147_483_647) });

/** The clock, faults, the numbering of updates, and the ledger of calls. */
export const CONTROL_ROUTES: readonly Route[] = [
  { method: 'POST', pattern: '/user/clock', answer: advanceClock },
  { method: 'GET', pattern: '/user/faults', answer: ({ world }) => json({ faults: world.faults.list() }) },
  { method: 'PUT', pattern: '/user/faults', answer: setFault },
  { method: 'DELETE', pattern: '/user/faults', answer: clearFaults },
  { method: 'GET', pattern: '/user/calls', answer: listCalls },
  { method: 'PUT', pattern: '/user/updates', answer: jumpUpdates },
  { method: 'GET', pattern: '/user/events', answer: () => ({ kind: 'events' }) },
];

async function advanceClock(exchange: Exchange): Promise<Reply> {
  const { advanceMs } = await readJson(exchange, ADVANCE);
  exchange.world.clock.advance(advanceMs);
  const now = new Date(exchange.world.clock.nowMs()).toISOString();
  exchange.world.events.emit({ type: 'clock', now });
  return json({ clock: { now } });
}

async function setFault(exchange: Exchange): Promise<Reply> {
  exchange.world.faults.set(await readJson(exchange, FAULT));
  return json({ faults: exchange.world.faults.list() });
}

function clearFaults(exchange: Exchange): Reply {
  exchange.world.faults.clear(readQuery(exchange, CLEAR).method);
  return json({ faults: exchange.world.faults.list() });
}

function listCalls(exchange: Exchange): Reply {
  return json({ calls: exchange.world.calls.list(readQuery(exchange, CALLS)) });
}

async function jumpUpdates(exchange: Exchange): Promise<Reply> {
  exchange.world.updates.jumpTo((await readJson(exchange, NEXT_UPDATE)).nextId);
  return json({ pending: exchange.world.updates.count() });
}
