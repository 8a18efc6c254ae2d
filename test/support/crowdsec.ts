import { onTestFinished } from 'vitest';
import { crowdsec } from '#connectors/crowdsec/index.ts';
import {
  createCrowdsecState,
  type CrowdsecState,
  type SimulatedDecision,
} from '#connectors/crowdsec/simulator-state.ts';
import { crowdsecSimulator } from '#connectors/crowdsec/simulator.ts';
import { createHttp } from '#connectors/http.ts';
import type { SimulatedRequest } from '#connectors/simulator-definition.ts';
import { serveSimulator, type Simulator } from '#connectors/simulator.ts';
import type { Responder } from '#domain/responder.ts';

/** A decision as a bouncer gets it. */
export type Told = { readonly value: string; readonly id: number };

/** CrowdSec under test, with its inside open: what it holds may be changed between two calls. */
export type OpenCrowdsec = {
  readonly simulator: Simulator;
  readonly state: CrowdsecState;
  readonly responder: Responder;
  readonly another: (settings?: Readonly<Record<string, string>>) => Responder;
  /** What was asked of it so far, with the query. */
  readonly asked: (method: string, path: string) => readonly SimulatedRequest[];
  /** Lets something happen just before a request is answered. */
  readonly before: (happen: (request: SimulatedRequest) => void) => void;
  /** A call of another program's, as a machine that has logged in. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<{ status: number; json: unknown }>;
  /** What a firewall is told that fetches what is new. */
  readonly fetchChanges: (isFirst?: boolean) => Promise<{ new: Told[] | null; deleted: Told[] | null }>;
};

/** Opens a CrowdSec that holds these decisions; it ends with the test. */
export async function openCrowdsec(
  more: Partial<CrowdsecState> = {},
  ...foreign: readonly Partial<SimulatedDecision>[]
): Promise<OpenCrowdsec> {
  const state: CrowdsecState = { ...createCrowdsecState(), ...more };
  for (const decision of foreign) addForeign(state, decision);
  const requests: SimulatedRequest[] = [];
  let happen: (request: SimulatedRequest) => void = () => undefined;
  const simulator = await serveSimulator({
    ...crowdsecSimulator,
    createState: () => state,
    respond: (request, world, now) => {
      requests.push(request);
      happen(request);
      return crowdsecSimulator.respond(request, world, now as CrowdsecState);
    },
  });
  onTestFinished(async () => simulator.close());
  const another = (settings = {}): Responder =>
    crowdsec.create(crowdsec.settings.parse({ ...simulator.settings, ...settings }), createHttp);
  return {
    simulator,
    state,
    another,
    responder: another(),
    asked: (method, path) => requests.filter((one) => one.method === method && one.path.startsWith(path)),
    before: (next) => {
      happen = next;
    },
    call: async (method, path, body) => {
      const headers = { authorization: `Bearer simulated.${state.starts}.${Date.now()}`, 'user-agent': 'curl/8' };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${simulator.url}${path}`, { method, headers, ...sent });
      const text = await response.text();
      return { status: response.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
    },
    fetchChanges: async (isFirst = false) => {
      const url = `${simulator.url}/v1/decisions/stream?startup=${isFirst}`;
      const response = await fetch(url, { headers: { 'x-api-key': 'simulated-bouncer-key' } });
      return (await response.json()) as { new: Told[] | null; deleted: Told[] | null };
    },
  };
}

const HOUR_MS = 3_600_000;

/** Puts a decision there as an administrator would by hand, in an alert of its own. */
export function addForeign(state: CrowdsecState, decision: Partial<SimulatedDecision>): void {
  const id = (state.made += 2);
  const now = Date.now();
  const isSimulated = decision.isSimulated ?? false;
  const sent = { message: 'by hand', scenario: 'by hand', simulated: isSimulated, start_at: '', stop_at: '' };
  const alertId = decision.alertId === undefined ? id : decision.alertId;
  if (alertId === id) state.alerts.push({ id, machine: 'admin', madeMs: now, sent });
  state.decisions.push({
    id: id + 1,
    origin: 'cscli',
    scenario: 'by hand',
    scope: 'Ip',
    type: 'ban',
    value: '192.0.2.77',
    isSimulated,
    madeMs: now,
    untilMs: now + HOUR_MS,
    ...decision,
    alertId,
  });
  state.made += 1;
}
