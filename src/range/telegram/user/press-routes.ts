import { z } from 'zod';
import { type Exchange, json, readJson, readQuery, type Reply, type Route } from './exchange.ts';
import { Objection } from './objection.ts';
import { toPress } from './phone-view.ts';
import { pressButton } from './press-button.ts';

const NEW_PRESS = z.strictObject({
  from: z.int(),
  chat: z.int(),
  message: z.int(),
  button: z.union([z.string(), z.strictObject({ data: z.string() })]),
  agoMs: z.number().min(0).optional(),
});

const WAIT = z.strictObject({ waitMs: z.coerce.number().min(0).max(60_000).default(0) });

/** Pressing buttons. */
export const PRESS_ROUTES: readonly Route[] = [
  { method: 'POST', pattern: '/user/presses', answer: postPress },
  { method: 'GET', pattern: '/user/presses/:press', answer: getPress },
];

async function postPress(exchange: Exchange): Promise<Reply> {
  const { waitMs } = readQuery(exchange, WAIT);
  const press = pressButton(exchange.world, await readJson(exchange, NEW_PRESS));
  if (press.kind === 'callback' && waitMs > 0) await exchange.world.presses.waitForAnswer(press, waitMs);
  return json({ press: toPress(press) });
}

function getPress({ world, path }: Exchange): Reply {
  const press = world.presses.find(path['press'] ?? '');
  if (!press) throw new Objection('there is no such press');
  return json({ press: toPress(press) });
}
