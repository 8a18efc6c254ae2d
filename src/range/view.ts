import type { ShownCode } from './authenticators.ts';

/** One step of a request, as the engine remembers it. Times are ISO strings in UTC. */
export type RequestStep = {
  readonly text: string;
  readonly state: 'done' | 'running' | 'waiting' | 'failed';
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** One more line: a number, a reason, when the next attempt is due. */
  readonly detail?: string;
};

/** A request that is open, or was until just now. */
export type OpenRequest = {
  /** The workflow's id. */
  readonly id: string;
  /** What the card calls it, such as `#7K3M`. */
  readonly ref: string;
  readonly title: string;
  /** The requester's name. */
  readonly by: string;
  readonly startedAt: string;
  readonly state: 'running' | 'waiting' | 'done' | 'failed';
  /** The same request in the Temporal UI. */
  readonly temporalUrl: string;
  readonly steps: readonly RequestStep[];
};

/** Something a simulated system holds: a rule, a case, a record. `detail` unfolds. */
type SystemEntry = { readonly text: string; readonly detail: string };

/** One simulated system of the range. */
export type SimulatedSystem = {
  readonly id: string;
  readonly title: string;
  /** One emoji; the first letter of the title stands in when there is none. */
  readonly icon?: string;
  /** What it says of itself, a few words a line. */
  readonly lines: readonly string[];
  readonly entries?: readonly SystemEntry[];
  /** How often it has been asked since this start; null where nobody counts. */
  readonly calls: number | null;
  /** The names of the faults it offers, and the one that is on. */
  readonly faults: readonly string[];
  readonly fault: string | null;
};

/** The process that runs workflows and activities. `pid` is null while there is none. */
export type WorkerView = {
  readonly state: 'up' | 'down' | 'starting';
  readonly pid: number | null;
  readonly restarts: number;
};

/** One documented inhabitant of the simulated world: what to ask about, and what is known of it. */
type WorldEntry = { readonly observable: string; readonly kind: string; readonly story: string };

/** Everything the page shows beside the chat. Plain data. */
export type RangeView = {
  readonly requests: readonly OpenRequest[];
  readonly systems: readonly SimulatedSystem[];
  readonly worker: WorkerView;
  /** The Temporal UI's address. */
  readonly temporalUi: string;
  readonly world: readonly WorldEntry[];
  /** What each person is, in a word or two, by Telegram user id. */
  readonly roles?: Readonly<Record<string, string>>;
  /** What each person's simulated authenticator shows, by Telegram user id. */
  readonly codes?: Readonly<Record<string, ShownCode>>;
};

/** What the page can see and do beside the chat. */
export type RangeControls = {
  view(): Promise<RangeView>;
  /** Calls the listener whenever the view may have changed; the answer stops that. */
  onChange(listener: () => void): () => void;
  /** Switches a system's fault on, or off with null. Throws an Error in words when there is no such system or fault. */
  setFault(system: string, fault: string | null): Promise<void>;
  /** Kills the worker without warning; it is started again. */
  killWorker(): Promise<void>;
};
