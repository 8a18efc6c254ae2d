import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** A body that must not, or cannot, be read; carries what that means for the call. */
export class UnreadableBody extends Error {
  readonly fault: { readonly kind: 'malformed_response'; readonly message: string };

  constructor(message: string) {
    super(message);
    this.fault = { kind: 'malformed_response', message };
  }
}

/**
 * Reads a body as UTF-8 text and stops at the first byte over `maxBytes`, counted after unpacking, so that neither an
 * endless answer nor a packed bomb fills the memory. Throws UnreadableBody then, and where it comes packed in another way
 * than was asked for; the connection is closed.
 */
export async function readCapped(answer: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of unpack(answer) as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new UnreadableBody('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function unpack(answer: IncomingMessage): Readable {
  const coding = (answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (coding === 'identity' || coding === '') return answer;
  if (coding === 'gzip' || coding === 'x-gzip') return pipeline(answer, createGunzip(), () => undefined);
  answer.destroy();
  throw new UnreadableBody('the answer is packed in a way that was not asked for');
}
