import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { World } from '../world/world.ts';
import { type CallInput, integerOf, readCallInput } from './call-input.ts';
import type { LoggedCall } from './calls.ts';
import { refusalOf } from './faults.ts';
import { findMethod } from './methods.ts';
import { createPolling, type Polling } from './polling.ts';
import { ApiRefusal } from './refusal.ts';

/** Answers one request to `/bot<token>/<method>` or `/file/bot<token>/<path>`. */
export type BotApi = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

export type BotApiOptions = {
  readonly token: string;
  readonly slowsRepeats: boolean;
  /** Resolves when the world is safe on disk; what has been answered must survive. */
  readonly kept: () => Promise<void>;
};

/** The side of the server that bots talk to. */
export function createBotApi(world: World, { token, slowsRepeats, kept }: BotApiOptions): BotApi {
  const polling = createPolling(world, slowsRepeats);
  return async (request, response, url) => {
    try {
      const call = /^\/(file\/)?bot([^/]*)\/(.+)$/.exec(pathOf(url));
      if (!call?.[3]) throw new ApiRefusal(404, 'Not Found');
      if (call[2] !== token) throw new ApiRefusal(401, 'Unauthorized');
      if (call[1] === undefined) await answerCall({ world, polling, request, response, kept }, call[3], url);
      else sendFile(world, call[3], response);
    } catch (error) {
      sendRefusal(response, refusalIn(error));
    }
  };
}

function pathOf(url: URL): string {
  try {
    return decodeURI(url.pathname);
  } catch {
    throw new ApiRefusal(404, 'Not Found');
  }
}

type Exchange = {
  readonly world: World;
  readonly polling: Polling;
  readonly kept: BotApiOptions['kept'];
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
};

async function answerCall(exchange: Exchange, method: string, url: URL): Promise<void> {
  const { world, request, response } = exchange;
  const input = await readCallInput(request, url);
  const logged = world.calls.add({
    at: new Date(world.clock.nowMs()).toISOString(),
    method,
    chat: integerOf(input, 'chat_id') || null,
    parameters: loggedParameters(input),
  });
  const fault = world.faults.take(method, logged.chat);
  try {
    if (fault?.kind === 'status') throw refusalOf(fault);
    if (fault?.kind === 'drop_before') return dropConnection(response, logged, false);
    if (fault?.kind === 'delay') await delay(fault.delayMs ?? 1000, undefined, { ref: false });
    const result = await resultOf(exchange, method, input);
    if (fault?.kind === 'drop_after') return dropConnection(response, logged, true);
    logged.ok = true;
    logged.isAnswered = true;
    sendJson(response, 200, `{"ok":true,"result":${result}}`);
  } catch (error) {
    const refusal = refusalIn(error);
    logged.ok = false;
    logged.isAnswered = true;
    logged.error = refusal.description;
    sendRefusal(response, refusal);
  }
}

async function resultOf(exchange: Exchange, name: string, input: CallInput): Promise<string> {
  if (name.toLowerCase() === 'getupdates') {
    const hungUp = new AbortController();
    exchange.response.once('close', () => hungUp.abort());
    return exchange.polling.poll(input, hungUp.signal);
  }
  const method = findMethod(name);
  if (!method) throw new ApiRefusal(404, 'Not Found: method not found');
  const result = JSON.stringify(method(exchange.world, input));
  await exchange.kept();
  return result;
}

function dropConnection(response: ServerResponse, logged: LoggedCall, isApplied: boolean): void {
  logged.ok = isApplied;
  logged.error = 'the connection was dropped';
  response.destroy();
}

function loggedParameters({ fields, files }: CallInput): Readonly<Record<string, unknown>> {
  if (files.size === 0) return fields;
  const uploads = [...files.values()].map(({ name, bytes }) => ({ name, size: bytes.length }));
  return { ...fields, files: uploads };
}

function sendFile(world: World, path: string, response: ServerResponse): void {
  const file = world.files.findByPath(path);
  if (!file || file.pathExpiresAtMs <= world.clock.nowMs()) throw new ApiRefusal(404, 'Not Found');
  const bytes = world.files.bytesOf(file);
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
  response.end(bytes);
}

function refusalIn(error: unknown): ApiRefusal {
  return error instanceof ApiRefusal ? error : new ApiRefusal(500, `Internal Server Error: ${String(error)}`);
}

function sendRefusal(response: ServerResponse, { code, description, parameters }: ApiRefusal): void {
  const retryAfter = parameters?.retry_after;
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  const body = { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) };
  sendJson(response, code, JSON.stringify(body));
}

function sendJson(response: ServerResponse, status: number, body: string): void {
  if (response.destroyed || response.writableEnded) return;
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
