import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerControl } from './simulator-control.ts';
import type { SimulatedAnswer, SimulatedEntry, SimulatedRequest, SimulatorDefinition } from './simulator-definition.ts';
import { deliver } from './simulator-delivery.ts';
import { FAULTS } from './simulator-faults.ts';
import { createSimulatorMemory, type SimulatorMemory } from './simulator-memory.ts';
import { objectionToOrigin } from './simulator-origin.ts';
import { openSimulatorState, type SimulatorState } from './simulator-state.ts';
import { createMixedUpWorld, createWorld, type World } from './world.ts';

/** A simulator that is running. Its calls and faults are also to be had over HTTP, under `/_simulator/`. */
export type Simulator = Pick<SimulatorMemory, 'ledger' | 'faults' | 'setFaults' | 'reset'> & {
  readonly name: string;
  readonly url: string;
  readonly key?: string;
  /** The environment that points the connector here. */
  readonly settings: Readonly<Record<string, string>>;
  /** What it holds now. */
  entries(): readonly SimulatedEntry[];
  close(): Promise<void>;
};

const CONTROL = '/_simulator/';
const LONGEST_BODY = 1024 * 1024;
const LATE_MS = 3000;

type SimulatorOptions = {
  /** A free one unless set. */
  readonly port?: number;
  readonly world?: World;
  /** Where what it holds is kept over restarts; in memory unless set. */
  readonly stateFile?: string;
};

/** Starts a simulator on loopback. */
export async function serveSimulator(
  definition: SimulatorDefinition,
  { port = 0, world = createWorld(), stateFile }: SimulatorOptions = {},
): Promise<Simulator> {
  const memory = createSimulatorMemory();
  const state = openSimulatorState(definition, stateFile);
  const server = createServer((incoming, response) => {
    answerCall(incoming, response).catch(() => response.destroy());
  });
  const answerCall = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    if (!request.path.startsWith(CONTROL)) return serveVendor(request, response, { definition, memory, world, state });
    const foreign = objectionToOrigin(incoming);
    if (foreign !== null)
      return deliver(response, { status: 403, json: { error: foreign } }, { how: 'at-once', delayMs: 0 });
    const command = `${request.method} ${request.path.slice(CONTROL.length)}`;
    const answer = answerControl(command, request.body, { name: definition.name, memory, world });
    return deliver(response, answer, { how: 'at-once', delayMs: 0 });
  };

  const url = await listen(server, port);
  return {
    ...memory,
    reset: () => {
      memory.reset();
      state.reset();
    },
    entries: () => definition.entries?.(state.current()) ?? [],
    name: definition.name,
    url,
    ...(definition.key ? { key: definition.key.value } : {}),
    settings: definition.settings(url),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

type Vendor = {
  readonly definition: SimulatorDefinition;
  readonly memory: SimulatorMemory;
  readonly world: World;
  readonly state: SimulatorState;
};

/** Answers one call as the vendor would, or as the faults that are switched on want it; the ledger is written first. */
function serveVendor(
  request: SimulatedRequest,
  response: ServerResponse,
  { definition, memory, world, state }: Vendor,
): void {
  const rule = memory.takeFault(request);
  const fault = rule && FAULTS[rule.fault];
  if (fault?.delivery === 'drop-before') {
    memory.write(request, null, rule?.fault);
    response.destroy();
    return;
  }
  const told = rule?.fault === 'other-observable' ? createMixedUpWorld(world) : world;
  const isIdle = rule?.fault === 'no-effect';
  const answer = fault?.answer?.(definition) ?? state.during(isIdle, (now) => answerOf(definition, request, told, now));
  memory.write(request, answer.status, rule?.fault);
  deliver(response, answer, { how: fault?.delivery ?? 'at-once', delayMs: rule?.delayMs ?? LATE_MS });
}

function answerOf(
  definition: SimulatorDefinition,
  request: SimulatedRequest,
  world: World,
  state: unknown,
): SimulatedAnswer {
  const { key } = definition;
  const sent = key ? request.headers[key.header.toLowerCase()] : undefined;
  if (key && (sent === undefined || sent === '')) return key.missing;
  if (key && sent !== key.value) return key.wrong;
  return isEscapedWell(request.path)
    ? definition.respond(request, world, state)
    : { status: 400, json: { error: 'Bad Request' } };
}

function isEscapedWell(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function readRequest(incoming: IncomingMessage): Promise<SimulatedRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > LONGEST_BODY) throw new Error('the body is too long');
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
