import { condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';
import type { BareActivities, BareInput } from './bare-temporal.ts';

export const press = defineUpdate<boolean>('press');

const calls = proxyActivities<BareActivities>({ startToCloseTimeout: '15s' });

/** The same calls in a workflow: the engine's floor. */
export async function investigate({ ask, presses, sources }: BareInput): Promise<void> {
  let isPressed = false;
  setHandler(press, () => (isPressed = true));
  await Promise.all(sources.map(async (source) => calls.lookUp(source, ask.ip)));
  const card = await calls.post(ask, presses);
  if (!presses) return;
  await condition(() => isPressed);
  await calls.block(ask.ip);
  await calls.edit(ask.chat, card, `blocked ${ask.ip}`);
}
