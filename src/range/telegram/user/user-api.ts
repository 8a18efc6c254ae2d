import type { IncomingMessage, ServerResponse } from 'node:http';
import { objectionToOrigin } from '#connectors/simulator-origin.ts';
import type { World } from '../world/world.ts';
import { CHAT_ROUTES } from './chat-routes.ts';
import { CONTROL_ROUTES } from './control-routes.ts';
import { streamEvents } from './event-stream.ts';
import type { Exchange, Reply, Route } from './exchange.ts';
import { MESSAGE_ROUTES } from './message-routes.ts';
import { Objection } from './objection.ts';
import { PRESS_ROUTES } from './press-routes.ts';

/** Answers one request below `/user`. */
export type UserApi = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

type Compiled = Route & { readonly expression: RegExp };

const ROUTES: readonly Compiled[] = [...CHAT_ROUTES, ...MESSAGE_ROUTES, ...PRESS_ROUTES, ...CONTROL_ROUTES].map(
  (route) => ({ ...route, expression: new RegExp(`^${route.pattern.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`) }),
);

/** The side of the server that people, pages and scripts talk to. `kept` resolves when the world is safe on disk. */
export function createUserApi(world: World, kept: () => Promise<void>): UserApi {
  return async (request, response, url) => {
    const refusal = objectionToOrigin(request);
    if (refusal !== null) return sendJson(response, 403, { error: refusal });
    const fitting = ROUTES.filter(({ expression }) => expression.test(url.pathname));
    if (fitting.length === 0) return sendJson(response, 404, { error: `there is nothing at ${url.pathname}` });
    const route = fitting.find(({ method }) => method === request.method);
    if (!route) return sendJson(response, 405, { error: `use ${fitting.map(({ method }) => method).join(' or ')}` });
    const path = { ...route.expression.exec(url.pathname)?.groups };
    const exchange: Exchange = { world, request, path, query: url.searchParams };
    try {
      const reply = await route.answer(exchange);
      if (request.method !== 'GET') await kept();
      sendReply(world, response, reply);
    } catch (error) {
      if (error instanceof Objection) sendJson(response, 400, { error: error.message });
      else sendJson(response, 500, { error: `the simulator failed: ${String(error)}` });
    }
  };
}

function sendReply(world: World, response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return;
  if (reply.kind === 'json') return sendJson(response, 200, reply.body);
  if (reply.kind === 'events') return streamEvents(world, response);
  if (reply.kind === 'text') {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(reply.text);
    return;
  }
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': reply.bytes.length,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(reply.name)}`,
    'x-content-type-options': 'nosniff',
  });
  response.end(reply.bytes);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
