import type { Exposure } from './marking.ts';
import type { Observable, ObservableKind } from './observable.ts';
import type { Report } from './report.ts';

/** A threat-intelligence source: asked about an observable, it changes nothing and gives one report. */
export type Source = {
  /**
   * One attempt. "Never seen" is the report level `unknown`, not a fault.
   * Throws a ConnectorError for everything that is not an answer. Stops when the signal aborts.
   */
  lookUp(observable: Observable, signal: AbortSignal): Promise<Report>;
};

/** How many calls one key may make. A source with a quota is metered: a call whose answer was lost is not repeated. */
export type Quota = { readonly perMinute: number; readonly perDay: number };

/** What the rest of SocBot must know of a source without talking to it. Plain data; crosses process borders. */
export type SourceProfile = {
  /** Names the connector's folder, its activities (`<id>.lookUp`) and its failures. */
  readonly id: string;
  /** As the vendor writes it, for cards. */
  readonly title: string;
  readonly kinds: readonly ObservableKind[];
  readonly exposure: Exposure;
  readonly quota?: Quota;
};
