import type { ServerResponse } from 'node:http';
import type { WorldEvent } from '../world/events.ts';
import type { World } from '../world/world.ts';

/** A reader who falls this far behind is cut off and comes back. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024;

const PING_EVERY_MS = 15_000;

/** Sends events as they happen until the reader goes away; see html.spec.whatwg.org, server-sent events. */
export function streamEvents(world: World, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': listening\n\n');
  const send = (event: WorldEvent): void => {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    if (response.writableLength > MAX_BACKLOG_BYTES) response.destroy();
  };
  const unsubscribe = world.events.subscribe(send);
  const ping = setInterval(() => response.write(': ping\n\n'), PING_EVERY_MS);
  response.once('close', () => {
    unsubscribe();
    clearInterval(ping);
  });
}
