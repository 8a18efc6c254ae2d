import type { Answer } from '#connectors/endpoint.ts';
import { ConnectorError } from '#connectors/errors.ts';
import { type CreateHttp, createHttp } from '#connectors/http.ts';
import { pihole } from '#connectors/pihole/index.ts';
import type { SimulatedEntry } from '#connectors/pihole/simulated-lists.ts';
import { createPiholeState, type PiholeState, piholeSimulator } from '#connectors/pihole/simulator.ts';
import { serveSimulator, type Simulator } from '#connectors/simulator.ts';
import type { Observable } from '#domain/observable.ts';
import type { Hold, Responder } from '#domain/responder.ts';
import { holdOf } from './responder-contract.ts';

export const NAME: Observable = { kind: 'domain', value: 'bad.example' };

/** A simulated Pi-hole at hand: what it knows can be read and changed as by somebody at its own web page. */
export type PiholeRig = {
  readonly simulator: Simulator;
  state(): PiholeState;
  open(more?: Readonly<Record<string, string>>): Responder;
  /** Puts an entry on a list; an exact denial of `bad.example` by a person unless said otherwise. */
  put(entry?: Partial<SimulatedEntry>): SimulatedEntry;
  /** The calls so far, as `POST /api/auth`. */
  calls(): readonly string[];
};

/** Starts one that counts no logins; `reset` of the simulator forgets everything. */
export async function startPihole(): Promise<PiholeRig> {
  let state = createPiholeState();
  const createState = () => (state = createPiholeState({ loginsPerSecond: null }));
  const simulator = await serveSimulator({ ...piholeSimulator, createState });
  return {
    simulator,
    state: () => state,
    open: (more = {}) => pihole.create(pihole.settings.parse({ ...simulator.settings, ...more }), createHttp),
    put: (entry = {}) => {
      state.lastId += 1;
      const standing = { id: state.lastId, domain: NAME.value, type: 'deny', kind: 'exact' } as const;
      const whole = { ...standing, comment: 'by hand', groups: [0], enabled: true, ...entry };
      state.entries.push(whole);
      return whole;
    },
    calls: () => simulator.ledger().map(({ method, path }) => `${method} ${path}`),
  };
}

/** What tests ask of the responder, about `NAME`; `rig` is there when a test runs. */
export function callsOn(rig: () => PiholeRig) {
  const { signal } = new AbortController();
  return {
    contain: async (more: Partial<Hold> = {}) => rig().open().contain(holdOf(NAME, more), signal),
    release: async (leaseId: string | null) => rig().open().release({ target: NAME, leaseId }, signal),
    readBack: async () => rig().open().readBack(NAME, signal),
  };
}

type Script = Readonly<Record<string, readonly [status: number, body: unknown]>>;

const USUAL: Script = {
  'POST /api/auth': [200, { session: { valid: true, sid: 'c2lk+/=' } }],
  'DELETE /api/auth': [204, undefined],
  'GET /api/dns/blocking': [200, { blocking: 'enabled', timer: null }],
  'GET /api/search/{domain}': [
    200,
    { search: { domains: [], gravity: [], results: { domains: { exact: 0, regex: 0 } } } },
  ],
};

/** A Pi-hole that is told only what the script says, call by call; what a test does not name goes well. */
export function scripted(script: Script, password = 'a-password'): Responder {
  const send: ReturnType<CreateHttp>['send'] = async (endpoint) => {
    const call = `${endpoint.method} ${endpoint.path}`;
    const [status, json] = { ...USUAL, ...script }[call] ?? [500, undefined];
    const answer: Answer = { status, headers: {}, json, text: JSON.stringify(json) ?? '' };
    const reading = endpoint.read(answer);
    if (reading.fault === undefined) return reading.result;
    throw new ConnectorError({ connector: 'pihole', isAnswered: true, ...reading.fault });
  };
  const settings = pihole.settings.parse({ PIHOLE_URL: 'http://pihole.example', PIHOLE_PASSWORD: password });
  return pihole.create(settings, () => ({ send }));
}
