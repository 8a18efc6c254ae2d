import { vi } from 'vitest';
import type { FaultRule } from '#connectors/simulator-faults.ts';
import { PATIENCE, type Step } from './kill-scene.ts';

/** The steps of a look-up at which a kill may come. */
export const LOOK_UP_STEPS: readonly Step[] = [
  {
    name: 'answered, its card not posted yet',
    async bring({ stack, asker, target }) {
      await stack.people.setFault({ method: 'sendMessage', kind: 'status', chat: asker.chat, retryAfter: 1 });
      await asker.say(`/ioc ${target.value}`);
      await vi.waitFor(async () => {
        const calls = await stack.people.calls({ method: 'sendMessage' });
        if (!calls.some((call) => call.chat === asker.chat && call.ok === false)) throw new Error('not held yet');
      }, PATIENCE);
    },
  },
  {
    name: 'its card posted',
    async bring({ asker, target }) {
      await asker.say(`/ioc ${target.value}`);
      await asker.waitFor(target);
    },
  },
  {
    name: 'a metered source called that has not answered',
    async bring({ stack, asker, target, isWorkerHit }) {
      const how: FaultRule = isWorkerHit ? { fault: 'hang' } : { fault: 'slow', delayMs: 5_000 };
      const path = `/api/v3/ip_addresses/${target.value}`;
      stack.vendors.get('virustotal')?.setFaults([{ ...how, path, times: 1 }]);
      await asker.say(`/ioc ${target.value}`);
      await vi.waitFor(() => {
        if (stack.countCalls('virustotal', target) === 0) throw new Error('not called yet');
      }, PATIENCE);
    },
  },
  {
    name: 'accepted, and nothing else',
    isHeldByWorker: true,
    async bring({ asker, target }) {
      await asker.waitForAcceptance(await asker.say(`/ioc ${target.value}`));
    },
  },
];
