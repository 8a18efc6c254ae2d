import { get } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RangeControls } from './view.ts';

const KEEP_ALIVE_MS = 15_000;

/**
 * Streams the range's view: one `range` event at once and one whenever it changed. Given `userSide`, the simulated
 * Telegram's own events flow through the same stream, since a browser opens only six connections to one server.
 * The stream ends when the simulator's does, so that the page connects anew and reads everything again.
 */
export function streamEvents(response: ServerResponse, controls: RangeControls, userSide?: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  response.write('retry: 1000\n\n');
  const push = createPusher(response, controls);
  const stopListening = controls.onChange(push);
  const keepAlive = setInterval(() => response.write(':\n\n'), KEEP_ALIVE_MS);
  const upstream = userSide === undefined ? null : forwardUserEvents(response, userSide);
  response.on('close', () => {
    stopListening();
    clearInterval(keepAlive);
    upstream?.destroy();
  });
  push();
}

/** Views are read one after the other; changes that arrive meanwhile share the next one. */
function createPusher(response: ServerResponse, controls: RangeControls): () => void {
  let isReading = false;
  let isStale = false;
  const push = async (): Promise<void> => {
    if (isReading) {
      isStale = true;
      return;
    }
    isReading = true;
    do {
      isStale = false;
      const view = await controls.view().catch(() => null);
      if (view) response.write(`event: range\ndata: ${JSON.stringify(view)}\n\n`);
    } while (isStale);
    isReading = false;
  };
  return () => void push();
}

function forwardUserEvents(response: ServerResponse, userSide: string): ReturnType<typeof get> {
  const upstream = get(`${userSide.replace(/\/$/, '')}/events`, (events) => {
    forwardWholeEvents(events, response);
    events.on('error', () => response.end());
    events.on('end', () => response.end());
  });
  upstream.on('error', () => response.end());
  return upstream;
}

/** Writes only whole events, so that a `range` event never lands in the middle of another. */
function forwardWholeEvents(events: IncomingMessage, response: ServerResponse): void {
  let rest = '';
  events.setEncoding('utf8').on('data', (chunk: string) => {
    rest += chunk;
    const end = rest.lastIndexOf('\n\n') + 2;
    if (end < 2) return;
    response.write(rest.slice(0, end));
    rest = rest.slice(end);
  });
}
