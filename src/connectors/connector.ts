import type { z } from 'zod';
import type { Exposure } from '#domain/marking.ts';
import type { ObservableKind } from '#domain/observable.ts';
import type { Quota, Source, SourceProfile } from '#domain/source.ts';
import type { Endpoint } from './endpoint.ts';
import type { CreateHttp } from './http.ts';

/** A threat-intelligence source as one folder: what it is, which settings it has, how it is made. */
export type SourceConnector<Settings extends z.ZodObject = z.ZodObject> = {
  /** The folder's name; also the prefix of activities and failures. */
  readonly id: string;
  readonly title: string;
  readonly kinds: readonly ObservableKind[];
  readonly exposure: Exposure;
  /** Environment variables by name. Every one starts with the connector's name in capitals. */
  readonly settings: Settings;
  /** The one setting that switches the source on, e.g. `VIRUSTOTAL_API_KEY`; the start-up line of a source that is off names it. */
  readonly switchOn: string;
  /** The limits of the key, for sources that count calls. */
  quota?(settings: z.output<Settings>): Quota;
  create(settings: z.output<Settings>, createHttp: CreateHttp): Source;
  /** Every call the client makes, so that recorded answers can be checked against it. */
  readonly endpoints: readonly Endpoint<unknown>[];
  /** The folder of recorded answers that belong to this vendor, where it is not the connector's id. */
  readonly recordedAs?: string;
  /** Cases in the vendor's `errors-and-edge-cases.json` that answer calls which this client never makes. */
  readonly casesOfOtherCalls?: readonly string[];
};

/** Declares a source connector; checks its functions against its settings. */
export function defineSource<Settings extends z.ZodObject>(
  connector: SourceConnector<Settings>,
): SourceConnector<Settings> {
  return connector;
}

/**
 * Whether the environment switches the connector on: its switch is set and is not `false`. A switch that is set to
 * nothing counts as on, so that its settings are read and refused aloud, rather than a lost key being a silent "off".
 */
export function isSwitchedOn(
  connector: Pick<SourceConnector, 'switchOn'>,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const value = environment[connector.switchOn];
  return value !== undefined && value !== 'false';
}

/** What the rest of SocBot must know of a connector that is on. `settings` are the connector's own, already read. */
export function profileOf(connector: SourceConnector, settings: Readonly<Record<string, unknown>>): SourceProfile {
  const { id, title, kinds, exposure } = connector;
  const quota = connector.quota?.(settings);
  return { id, title, kinds, exposure, ...(quota === undefined ? {} : { quota }) };
}
