import type { z } from 'zod';
import type { ObservableKind } from '#domain/observable.ts';
import type { Responder, ResponderProfile } from '#domain/responder.ts';
import type { Endpoint } from './endpoint.ts';
import type { CreateHttp } from './http.ts';

/** A system that enforces as one folder: what it is, which settings it has, how it is made. */
export type ResponderConnector<Settings extends z.ZodObject = z.ZodObject> = {
  /** The folder's name; also the prefix of activities and failures. */
  readonly id: string;
  readonly title: string;
  /** What it can hold off; `host` means that it isolates machines. */
  readonly kinds: readonly ObservableKind[];
  /** Environment variables by name. Every one starts with the connector's name in capitals. */
  readonly settings: Settings;
  /** The one setting that switches the system on; the start-up line of one that is off names it. */
  readonly switchOn: string;
  /** Its list tells neither whose an entry is nor when it ends. */
  readonly isPlainList?: true;
  /** Nothing can be read back from it: its `readBack` and `list` are never called. */
  readonly isBlind?: true;
  create(settings: z.output<Settings>, createHttp: CreateHttp): Responder;
  /** Every call the client makes over HTTP, so that recorded answers can be checked against it. */
  readonly endpoints: readonly Endpoint<unknown>[];
  /** The folder of recorded answers that belong to this vendor, where it is not the connector's id. */
  readonly recordedAs?: string;
  /** Cases in the vendor's `errors-and-edge-cases.json` that answer calls which this client never makes. */
  readonly casesOfOtherCalls?: readonly string[];
};

/** Declares a responder connector; checks its functions against its settings. */
export function defineResponder<Settings extends z.ZodObject>(
  connector: ResponderConnector<Settings>,
): ResponderConnector<Settings> {
  return connector;
}

type ResponderOf<Keys extends keyof ResponderConnector> = Pick<ResponderConnector, Keys>;

/** What the rest of SocBot must know of a responder that is on. */
export function responderProfileOf(
  { id, title, kinds, isBlind, isPlainList }: ResponderOf<'id' | 'title' | 'kinds' | 'isBlind' | 'isPlainList'>,
  isDryRun: boolean,
): ResponderProfile {
  return { id, title, kinds, isPlainList: isPlainList ?? false, isBlind: isBlind ?? false, isDryRun };
}
