import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** How far a fetch has come; `totalBytes` is null where the other side does not say. */
export type FetchProgress = {
  readonly source: string;
  readonly receivedBytes: number;
  readonly totalBytes: number | null;
};

export type DownloadOptions = {
  readonly url: string;
  readonly toFile: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A larger body is refused. */
  readonly maxBytes: number;
  /** Silence longer than this ends the attempt; 30 s unless set. */
  readonly idleMs?: number;
  readonly onBytes?: (receivedBytes: number, totalBytes: number | null) => void;
};

/**
 * Fetches one URL into a file, in one attempt. Rejects, leaving whatever had arrived, when the status is not 200, the
 * body is cut short or grows too large, or the other side falls silent. Says nothing about what the bytes are.
 */
export async function downloadFile(options: DownloadOptions): Promise<void> {
  const { url, toFile, headers = {}, maxBytes, idleMs = 30_000, onBytes } = options;
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error(`no byte for ${idleMs} ms`)), idleMs);
  try {
    const response = await fetch(url, { headers, signal: silence.signal });
    if (response.status !== 200 || response.body === null) throw new Error(`HTTP ${response.status}`);
    const totalBytes = Number(response.headers.get('content-length')) || null;
    const meter = meterOf(maxBytes, (received) => {
      timer.refresh();
      onBytes?.(received, totalBytes);
    });
    await pipeline(response.body, meter, createWriteStream(toFile), { signal: silence.signal });
  } catch (error) {
    throw silence.signal.aborted ? silence.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

/** A stream that passes bytes on, tells how many have passed, and fails beyond `maxBytes`. */
function meterOf(maxBytes: number, onBytes: (receivedBytes: number) => void): Transform {
  let received = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      if (received > maxBytes) return done(new Error(`more than the ${maxBytes} bytes that were expected`));
      onBytes(received);
      return done(null, chunk);
    },
  });
}

/** An error in one line; the messages in which `fetch` hides the reason are replaced by, or joined with, their cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [own = ''] = (error.message || error.name).split('\n');
  if (error.cause === undefined) return own;
  if (own === 'fetch failed') return reasonOf(error.cause);
  return own === 'terminated' ? `cut off: ${reasonOf(error.cause)}` : own;
}
