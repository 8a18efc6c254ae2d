import { onTestFinished } from 'vitest';
import { crowdsec } from '#connectors/crowdsec/index.ts';
import { createLapiState, type LapiState, type LapiVersion } from '#connectors/crowdsec/simulator-state.ts';
import { crowdsecSimulator } from '#connectors/crowdsec/simulator.ts';
import { createHttp } from '#connectors/http.ts';
import type { SimulatorDefinition } from '#connectors/simulator-definition.ts';
import { serveSimulator, type Simulator } from '#connectors/simulator.ts';
import type { Responder } from '#domain/responder.ts';

/** One decision as somebody else would post it. */
export type Posted = {
  readonly value: string;
  readonly scope?: string;
  readonly type?: string;
  readonly origin?: string;
  readonly scenario?: string;
  readonly duration?: string;
  readonly simulated?: boolean;
  readonly stopAt?: string;
};

/** A simulated local API, what it knows, a client of it, and others who use it. */
export type Lapi = {
  readonly simulator: Simulator;
  readonly state: LapiState;
  readonly responder: Responder;
  /** Another client of the same machine, with settings of its own. */
  open(settings?: Readonly<Record<string, string>>): Responder;
  /** Posts an alert with a decision as another machine; gives the status and the body. */
  post(...decisions: readonly Posted[]): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Makes a call as another machine, and gives the body. */
  call(method: string, path: string): Promise<unknown>;
  /** Makes a call as the firewall, and gives the body. */
  ask(path: string): Promise<unknown>;
};

/** Starts a local API of a version for one test; `change` makes it answer otherwise. */
export async function startLapi(
  version: LapiVersion = '1.7.8',
  change: Partial<SimulatorDefinition<LapiState>> = {},
): Promise<Lapi> {
  const state = createLapiState(version);
  const simulator = await serveSimulator({ ...crowdsecSimulator, createState: () => state, ...change });
  onTestFinished(() => simulator.close());
  const open = (settings: Readonly<Record<string, string>> = {}): Responder =>
    crowdsec.create(crowdsec.settings.parse({ ...simulator.settings, ...settings }), createHttp);
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer simulated.another-machine.${state.starts}` };
    const answer = await fetch(`${simulator.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  return {
    simulator,
    state,
    responder: open(),
    open,
    post: async (...decisions) => send('POST', '/v1/alerts', decisions.map(alertWith)),
    call: async (method, path) => (await send(method, path)).body,
    ask: async (path) => {
      const headers = { 'x-api-key': 'simulated-crowdsec-bouncer-key' };
      return (await fetch(`${simulator.url}${path}`, { headers })).json();
    },
  };
}

/** What is in force at a server, as `origin value`. */
export function inForce({ state }: Lapi): string[] {
  return state.decisions.filter(({ until }) => until > Date.now()).map(({ origin, value }) => `${origin} ${value}`);
}

function alertWith({ simulated = false, stopAt, ...more }: Posted): object {
  const { scope = 'Ip', type = 'ban', origin = 'cscli', scenario = 'by hand', duration = '4h', value } = more;
  const now = new Date().toISOString();
  return {
    scenario,
    scenario_hash: '',
    scenario_version: '',
    message: '',
    simulated,
    source: { scope, value },
    start_at: now,
    stop_at: stopAt ?? now,
    capacity: 0,
    leakspeed: '0',
    events: [],
    events_count: 1,
    decisions: [{ duration, origin, scenario, scope, type, value }],
  };
}
