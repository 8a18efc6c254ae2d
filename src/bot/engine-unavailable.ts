/** The engine cannot be reached. Nothing was accepted that may not be sent again; whoever asked has to be patient. */
export class EngineUnavailable extends Error {
  override name = 'EngineUnavailable' as const;

  /** What the engine, or the way to it, said of it. */
  readonly why: string;

  /** The code of https://grpc.io/docs/guides/status-codes/; 0 for a failure that has none. */
  readonly code: number;

  constructor(why: string, code: number = 0) {
    super('Temporal does not answer');
    this.why = why;
    this.code = code;
  }
}
