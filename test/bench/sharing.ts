import { setTimeout as delay } from 'node:timers/promises';
import type { Observable } from '#domain/observable.ts';
import type { PhoneMessage } from '#range/telegram/phone.ts';
import { isFinal } from '#support/journey-phone.ts';
import { startStack } from '#support/stack.ts';
import { runClosedLoop } from './loops.ts';
import { ANALYSTS, RESPONDER, SOURCES } from './scenario.ts';

const ADDRESSES = 5;
const METERED = ['virustotal', 'abuseipdb'];

export type Sharing = {
  readonly asked: number;
  readonly answered: number;
  readonly paidCalls: number;
  readonly duplicates: number;
};

/**
 * Everybody asks about the same few addresses at once, while the worker is killed in the middle: how many paid calls
 * there were beyond one per address.
 */
export async function measureSharing(): Promise<Sharing> {
  const stack = await startStack({ actors: [RESPONDER, ...ANALYSTS], vendors: SOURCES });
  try {
    for (const vendor of stack.vendors.values()) vendor.setFaults([{ fault: 'slow', delayMs: 50 }]);
    const targets = Array.from({ length: ADDRESSES }, (_, at): Observable => ({
      kind: 'ipv4',
      value: `203.0.113.${at + 1}`,
    }));
    const ask = async (slot: number): Promise<boolean> => {
      const chat = ANALYSTS[slot]?.id ?? 0;
      const { id } = await stack.people.send({ from: chat, chat, text: `/ioc ${targets[slot % ADDRESSES]?.value}` });
      const view = { chat, as: chat, after: id };
      const isAnswer = (card: PhoneMessage): boolean => card.replyTo === id && isFinal(card);
      return stack.people.waitFor(view, isAnswer, 60_000).then(
        () => true,
        () => false,
      );
    };
    const slots = 30;
    const first = Promise.all(Array.from({ length: slots }, async (_, slot) => ask(slot)));
    while (stack.vendors.get('virustotal')?.ledger().length === 0) await delay(5);
    await stack.worker.kill();
    await stack.worker.start();
    const answers = [...(await first), ...(await runClosedLoop({ count: slots, slots }, ask))];
    const calls = METERED.flatMap((vendor) => targets.map((target) => stack.countCalls(vendor, target)));
    return {
      asked: answers.length,
      answered: answers.filter(Boolean).length,
      paidCalls: calls.reduce((sum, one) => sum + one, 0),
      duplicates: calls.reduce((sum, one) => sum + Math.max(one - 1, 0), 0),
    };
  } finally {
    await stack.close();
  }
}
