import type { z } from 'zod';
import type { Exposure } from '#domain/marking.ts';
import type { ObservableKind } from '#domain/observable.ts';
import type { Quota, Source } from '#domain/source.ts';
import type { Endpoint } from './endpoint.ts';
import type { CreateHttp } from './http.ts';

/**
 * A threat-intelligence source as one folder: what it is, which settings it has, how it is made. It is on when
 * `settings` accepts the environment and `isOn` agrees; else the start-up line names `switchOn`.
 */
export type SourceConnector<Settings extends z.ZodObject = z.ZodObject> = {
  /** The folder's name; also the prefix of activities and failures. */
  readonly id: string;
  readonly title: string;
  readonly kinds: readonly ObservableKind[];
  readonly exposure: Exposure;
  /** Environment variables by name. Every one starts with the connector's name in capitals. */
  readonly settings: Settings;
  /** The one setting that switches the source on, e.g. `VIRUSTOTAL_API_KEY`. */
  readonly switchOn: string;
  /** The limits of the key, for sources that count calls. */
  readonly quota?: (settings: z.output<Settings>) => Quota;
  readonly create: (settings: z.output<Settings>, createHttp: CreateHttp) => Source;
  /** Every call the client makes, so that recorded answers can be checked against it. */
  readonly endpoints: readonly Endpoint<unknown>[];
  /** The folder of recorded answers that belong to this vendor, where it is not the connector's id. */
  readonly recordedAs?: string;
};

/** Declares a source connector; keeps the type of its settings. */
export function defineSource<Settings extends z.ZodObject>(
  connector: SourceConnector<Settings>,
): SourceConnector<Settings> {
  return connector;
}
