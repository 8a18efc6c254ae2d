/**
 * Yields once when the event stream is open, so that nothing is missed after that, and once per event. Ends with the
 * stream and throws when `signal` aborts. What happened is for the reader to look up.
 */
export async function* readEvents(url: string, signal: AbortSignal): AsyncGenerator<'open' | 'event', void, undefined> {
  const stop = new AbortController();
  const response = await fetch(url, { signal: AbortSignal.any([signal, stop.signal]) });
  if (!response.body) return;
  try {
    yield 'open';
    let rest = '';
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      if (blocks.some((block) => block.startsWith('event:'))) yield 'event';
    }
  } finally {
    stop.abort();
  }
}
