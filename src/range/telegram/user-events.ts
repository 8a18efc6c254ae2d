import type { WorldEvent } from './phone.ts';

/**
 * Yields null when the event stream is open, so that nothing is missed after that, and then every event. Ends with the
 * stream and throws when `signal` aborts.
 */
export async function* readEvents(
  url: string,
  signal: AbortSignal,
): AsyncGenerator<WorldEvent | null, void, undefined> {
  const stop = new AbortController();
  const response = await fetch(url, { signal: AbortSignal.any([signal, stop.signal]) });
  if (!response.body) return;
  try {
    yield null;
    let rest = '';
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) yield JSON.parse(data) as WorldEvent;
      }
    }
  } finally {
    stop.abort();
  }
}
