import { faultOfUnsupportedKind } from '#connectors/faults.ts';
import type { ObservableKind } from '#domain/observable.ts';
import type { Responder } from '#domain/responder.ts';
import type { DefenderClient } from './client.ts';
import { INDICATOR_KINDS } from './indicator-values.ts';
import { createIndicatorResponder } from './indicators.ts';
import { createIsolationResponder } from './isolation.ts';

/** What Defender can hold off. */
export const DEFENDER_KINDS: readonly ObservableKind[] = [...INDICATOR_KINDS, 'host'];

/** Defender as a responder: indicators for what machines must not reach or run, isolation for the machines themselves. */
export function createDefenderResponder(client: DefenderClient): Responder {
  const indicators = createIndicatorResponder(client);
  const isolation = createIsolationResponder(client);
  const takes = (kind: ObservableKind): Responder => {
    if (kind === 'host') return isolation;
    if (INDICATOR_KINDS.includes(kind)) return indicators;
    throw faultOfUnsupportedKind('defender', kind);
  };
  return {
    contain: async (hold, signal) => takes(hold.target.kind).contain(hold, signal),
    release: async (freeing, signal) => takes(freeing.target.kind).release(freeing, signal),
    readBack: async (target, signal) => takes(target.kind).readBack(target, signal),
    list: async (signal) => [...(await indicators.list(signal)), ...(await isolation.list(signal))],
  };
}
