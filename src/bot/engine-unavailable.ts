/** The engine cannot be reached. Nothing was accepted that may not be sent again; whoever asked has to be patient. */
export class EngineUnavailable extends Error {
  override name = 'EngineUnavailable' as const;

  /** What the engine, or the way to it, said of it. */
  readonly why: string;

  constructor(why: string) {
    super('Temporal does not answer');
    this.why = why;
  }
}
