import { readIpv4, readNetwork } from '#domain/address.ts';

/** Versions whose answers were recorded and differ. */
export type CrowdsecVersion = '1.4.6' | '1.6.11' | '1.7.8';

export type SimulatedDecision = {
  readonly id: number;
  /** Null: its alert was never stored, or is gone. */
  readonly alertId: number | null;
  readonly origin: string;
  readonly scenario: string;
  readonly scope: string;
  readonly type: string;
  readonly value: string;
  readonly isSimulated: boolean;
  /** All times in milliseconds since 1970. */
  readonly madeMs: number;
  untilMs: number;
};

export type SimulatedAlert = {
  readonly id: number;
  readonly machine: string;
  readonly madeMs: number;
  /** As it was sent, without its decisions. */
  readonly sent: Readonly<Record<string, unknown>>;
};

/** What a local API holds, and what became of it meanwhile. */
export type CrowdsecState = {
  version: CrowdsecVersion;
  /** How often it was started: the secret of its tokens is a new one each time. */
  starts: number;
  alerts: SimulatedAlert[];
  decisions: SimulatedDecision[];
  /** How many alerts and decisions it has made; the next one's id. */
  made: number;
  /** Addresses and ranges that were allowed, from 1.6 on. */
  allowlist: readonly string[];
  /** When each bouncer last fetched what is new. */
  pulls: Record<string, number>;
  /** Others write to the database at the same time: what is sent fails, and in 1.4.6 not as a whole. */
  isLocked: boolean;
};

export const createCrowdsecState = (): CrowdsecState => ({
  version: '1.7.8',
  starts: 1,
  alerts: [],
  decisions: [],
  made: 0,
  allowlist: [],
  pulls: {},
  isLocked: false,
});

/** What the flush job does each minute: the oldest alerts go with their live decisions, and no bouncer is told. */
export function flush(state: CrowdsecState, { maxItems = 5000, maxAgeMs = 7 * 86_400_000 } = {}): void {
  const young = state.alerts.filter(({ madeMs }) => Date.now() - madeMs <= maxAgeMs);
  state.alerts = young.slice(Math.max(0, young.length - maxItems));
  const kept = new Set(state.alerts.map(({ id }) => id));
  state.decisions = state.decisions.filter(({ alertId }) => alertId === null || kept.has(alertId));
}

export function isActive({ untilMs }: SimulatedDecision): boolean {
  return untilMs > Date.now();
}

/** The first and last address of a value as numbers, and how many bits they have; null if it is none. */
export type Bounds = { readonly bits: number; readonly first: bigint; readonly last: bigint };

/** Reads an address or a range as the server does: a mapped IPv4 address is an IPv4 address. */
export function boundsOf(value: string): Bounds | null {
  const mapped = /^::ffff:([\d.]+)$/i.exec(value)?.[1];
  const network = readNetwork(mapped !== undefined && readIpv4(mapped) ? mapped : value);
  if (!network) return null;
  const octets = network.start.toByteArray();
  const first = octets.reduce((number, octet) => number * 256n + BigInt(octet), 0n);
  const bits = octets.length * 8;
  return { bits, first, last: first + (1n << BigInt(bits - network.prefix)) - 1n };
}

/** Whether `outer` holds the whole of `inner`. */
export function holds(outer: Bounds, inner: Bounds): boolean {
  return outer.bits === inner.bits && outer.first <= inner.first && outer.last >= inner.last;
}

/** What is left of a decision: in 1.4.6 to the nanosecond, later in whole seconds; below zero when it is over. */
export function restOf({ untilMs }: SimulatedDecision, version: CrowdsecVersion): string {
  const restMs = untilMs - Date.now();
  const wholeMs = version === '1.4.6' ? Math.abs(restMs) : Math.round(Math.abs(restMs) / 1000) * 1000;
  const hours = Math.floor(wholeMs / 3_600_000);
  const minutes = Math.floor(wholeMs / 60_000) % 60;
  const seconds = (wholeMs % 60_000) / 1000;
  const parts = [hours > 0 ? `${hours}h` : '', wholeMs >= 60_000 ? `${minutes}m` : '', `${seconds}s`];
  return `${restMs < 0 ? '-' : ''}${parts.join('')}`;
}
