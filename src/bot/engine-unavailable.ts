/** The engine cannot be reached. Nothing was accepted that may not be sent again; whoever asked has to be patient. */
export class EngineUnavailable extends Error {
  override name = 'EngineUnavailable' as const;

  constructor() {
    super('Temporal does not answer');
  }
}
