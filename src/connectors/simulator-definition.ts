import type { IncomingHttpHeaders } from 'node:http';
import type { World } from './world.ts';

/** What a simulated vendor receives. The path is as sent, still escaped. */
export type SimulatedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** What a simulated vendor answers: `json` or, where the vendor does not speak JSON, `text`. */
export type SimulatedAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
};

/** Something a simulated vendor holds: a rule, a decision, an indicator. `detail` unfolds on the range's page. */
export type SimulatedEntry = { readonly text: string; readonly detail: string };

/**
 * A vendor on loopback, as faithful as its pages and recordings allow. One that remembers what it was told keeps it in a
 * `State` of plain data: it can be copied, written down and read back.
 */
export type SimulatorDefinition<State = unknown> = {
  /** The connector's id. */
  readonly name: string;
  /** The key that the vendor wants, and its two ways of saying no. A vendor without keys, or with sessions, has none. */
  readonly key?: {
    readonly header: string;
    readonly value: string;
    readonly missing: SimulatedAnswer;
    readonly wrong: SimulatedAnswer;
  };
  /** The vendor's words for "too many calls"; its `Retry-After`, if any, is added by the fault. */
  readonly rateLimited: SimulatedAnswer;
  /** The environment that points the connector to this simulator. */
  readonly settings: (url: string) => Readonly<Record<string, string>>;
  /** What a vendor knows that was never told anything. */
  createState?(): State;
  /** The vendor itself: same request, same world, same state, same answer. What it is told, it writes into the state. */
  respond(request: SimulatedRequest, world: World, state: State): SimulatedAnswer;
  /** What it holds now. */
  entries?(state: State): readonly SimulatedEntry[];
};
