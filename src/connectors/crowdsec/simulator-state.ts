/** The versions whose ways differ. */
export type LapiVersion = '1.4.6' | '1.6.11' | '1.7.8';

/** One decision as the database keeps it. Times are milliseconds since 1970. */
export type StoredDecision = {
  id: number;
  /** None where the alert was lost on the way: in force, and in no list of alerts. */
  alertId: number | null;
  origin: string;
  scenario: string;
  scope: string;
  type: string;
  value: string;
  createdAt: number;
  until: number;
};

type StoredAlert = {
  id: number;
  machine: string;
  createdAt: number;
  startAt: number;
  stopAt: number;
  simulated: boolean;
  scenario: string;
  message: string;
  source: { scope: string; value: string };
  meta: readonly { key: string; value: string }[];
};

/** What a local API knows. Plain data; tests change it to make happen what no call makes happen. */
export type LapiState = {
  version: LapiVersion;
  /** A token is good until the next start. */
  starts: number;
  nextAlert: number;
  nextDecision: number;
  alerts: StoredAlert[];
  decisions: StoredDecision[];
  /** Addresses and networks that an administrator has put on an allowlist. */
  allowlist: string[];
  /** When each bouncer was last told what is new. */
  cursors: Record<string, number>;
  /** `locked`: nothing can be stored. `orphan`: a decision is stored, its alert is not. */
  trouble: 'none' | 'locked' | 'orphan';
};

/** A local API that was just set up. */
export function createLapiState(version: LapiVersion = '1.7.8'): LapiState {
  return {
    version,
    starts: 1,
    nextAlert: 1,
    nextDecision: 1,
    alerts: [],
    decisions: [],
    allowlist: [],
    cursors: {},
    trouble: 'none',
  };
}

/** The job that keeps no more alerts than `maxItems` takes their decisions along, in force or not, and tells no bouncer. */
export function flush(state: LapiState, maxItems: number): void {
  const kept = state.alerts.toSorted((one, other) => other.id - one.id).slice(0, maxItems);
  const isKept = (id: number | null): boolean => id === null || kept.some((alert) => alert.id === id);
  state.decisions = state.decisions.filter(({ alertId }) => isKept(alertId));
  state.alerts = kept;
}

/** Decisions of simulated alerts are told only to whoever asks for them. */
export function isSimulated(state: LapiState, { alertId }: StoredDecision): boolean {
  return state.alerts.some(({ id, simulated }) => id === alertId && simulated);
}

const UNITS_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A duration in milliseconds, null for one that the version refuses: the old one knows no days. */
export function readDuration(text: string, version: LapiVersion): number | null {
  if (!/^-?(?:\d+(?:\.\d+)?(?:d|h|ms|m|s))+$/.test(text)) return null;
  const parts = [...text.matchAll(/([\d.]+)([a-z]+)/g)];
  if (version === '1.4.6' && parts.some(([, , unit]) => unit === 'd')) return null;
  const ms = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS_MS[unit ?? ''] ?? 0), 0);
  return text.startsWith('-') ? -ms : ms;
}

/** What is left, as Go writes it; whole seconds since 1.6. */
export function writeDuration(ms: number, version: LapiVersion): string {
  const rest = Math.abs(version === '1.4.6' ? ms / 1000 : Math.round(ms / 1000));
  const sign = ms < 0 && rest > 0 ? '-' : '';
  const hours = Math.floor(rest / 3600);
  const minutes = Math.floor(rest / 60) % 60;
  const seconds = `${Number((rest % 60).toFixed(9))}s`;
  return `${sign}${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}`;
}
