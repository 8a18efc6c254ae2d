import { onTestFinished } from 'vitest';
import { createHttp } from '#connectors/http.ts';
import type { ResponderConnector } from '#connectors/responder-connector.ts';
import type { SimulatorDefinition } from '#connectors/simulator-definition.ts';
import { serveSimulator, type Simulator } from '#connectors/simulator.ts';
import type { Responder } from '#domain/responder.ts';

/** A responder against its simulator, which ends with the test. */
export type OpenResponder = {
  readonly simulator: Simulator;
  readonly responder: Responder;
  /** Another one that knows nothing of the first: another process. */
  readonly another: (settings?: Readonly<Record<string, string>>) => Responder;
  /** How often a call was made so far, e.g. `POST /api/indicators`; a path counts by how it begins. */
  readonly calls: (method: string, path: string) => number;
};

/** Opens a responder; `state` is what its system holds already. */
export async function openResponder<State>(
  connector: ResponderConnector,
  definition: SimulatorDefinition<State>,
  state?: Partial<State>,
): Promise<OpenResponder> {
  const createState = () => ({ ...definition.createState?.(), ...structuredClone(state) }) as State;
  const simulator = await serveSimulator({ ...definition, createState });
  onTestFinished(async () => simulator.close());
  const another = (settings = {}): Responder =>
    connector.create(connector.settings.parse({ ...simulator.settings, ...settings }), createHttp);
  return {
    simulator,
    another,
    responder: another(),
    calls: (method, path) =>
      simulator.ledger().filter((entry) => entry.method === method && entry.path.startsWith(path)).length,
  };
}
