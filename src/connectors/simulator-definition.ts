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

/** A vendor on loopback, as faithful as its pages and recordings allow. */
export type SimulatorDefinition = {
  /** The connector's id. */
  readonly name: string;
  /** The key that the vendor wants, and its two ways of saying no. A vendor without keys has none. */
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
  /** The vendor itself: same request, same world, same answer. */
  readonly respond: (request: SimulatedRequest, world: World) => SimulatedAnswer;
};
