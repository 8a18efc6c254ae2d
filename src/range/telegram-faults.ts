import type { Fault } from './telegram/phone.ts';
import { createUserSide } from './telegram/user-side.ts';
import type { SimulatedSystem } from './view.ts';

export const TELEGRAM = 'telegram';

/** What can go wrong with Telegram, by the name that the page shows. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'too many requests': { method: 'sendMessage', kind: 'status', status: 429, retryAfter: 5 },
  'server error': { method: 'sendMessage', kind: 'status', status: 500 },
  'answers get lost': { method: 'sendMessage', kind: 'drop_after', times: 1 },
  slow: { method: 'sendMessage', kind: 'delay', delayMs: 3_000 },
};

/** The simulated Telegram as one of the range's systems, with faults to switch on. */
export function createTelegramFaults(userSide: string) {
  const user = createUserSide(userSide);
  return {
    async set(name: string | null): Promise<void> {
      const fault = name === null ? null : FAULTS[name];
      if (fault === undefined) throw new Error(`Telegram has no fault ${name ?? ''}.`);
      await user.clearFaults();
      if (fault) await user.setFault(fault);
    },
    async view(): Promise<SimulatedSystem> {
      const [calls, faults] = await Promise.all([user.calls(), user.faults()]);
      const [active] = faults;
      return {
        id: TELEGRAM,
        title: 'Telegram',
        icon: '✈️',
        lines: [],
        calls: calls.length,
        faults: Object.keys(FAULTS),
        fault: active === undefined ? null : (nameOf(active) ?? `${active.kind} of ${active.method}`),
      };
    },
  };
}

/** A fault that nobody switched on here but a script has no name of ours. */
function nameOf({ kind, status }: Fault): string | undefined {
  return Object.entries(FAULTS).find(([, one]) => one.kind === kind && one.status === status)?.[0];
}

export type TelegramFaults = ReturnType<typeof createTelegramFaults>;
