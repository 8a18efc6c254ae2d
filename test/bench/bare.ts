import { createBareTelegram } from './bare-telegram.ts';
import { readInput } from './processes.ts';
import { SOURCES, type WorldSaid } from './scenario.ts';
import { callVendor } from './vendor-calls.ts';

// The same calls in memory: nothing survives, nothing is checked. The physical limit.
const world = readInput() as WorldSaid;
const telegram = createBareTelegram(world);
const cards = new Map<string, { readonly chat: number; readonly card: number }>();
const blockedAt = new Map<string, number>();
telegram.listen({
  ask: (ask, presses) => {
    void Promise.all(SOURCES.map(async (source) => callVendor(world.vendors, source, ask.ip)))
      .then(async () => telegram.post(ask, presses))
      .then((card) => cards.set(String(ask.id), { chat: ask.chat, card }));
  },
  press: (query, data) => {
    const [id = '', ip = ''] = data.split(' ');
    const place = cards.get(id);
    blockedAt.set(ip, Date.now());
    void telegram.call('answerCallbackQuery', { callback_query_id: query });
    if (place) void telegram.edit(place.chat, place.card, `blocked ${ip}`);
  },
});
process.on('message', () => process.send?.([...blockedAt]));
process.send?.('ready');
