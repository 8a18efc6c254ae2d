import { connect } from 'node:net';
import { malformed } from './fault.ts';

/** One question over TCP. `signal` ends it, also in the middle of an answer. */
export type Call = {
  readonly host: string;
  readonly port: number;
  readonly question: Buffer;
  readonly signal: AbortSignal;
  /** The most bytes that are read. */
  readonly maxBytes: number;
};

/**
 * Sends one message and gives those that come back (RFC 1035, 4.2.2: two bytes of length before each) until whoever reads
 * has enough or the server closes. The connection is closed in any case. Throws Node's own error where it fails.
 */
export async function* exchange({ host, port, question, signal, maxBytes }: Call): AsyncGenerator<Buffer, void> {
  const socket = connect({ host, port, signal });
  try {
    socket.write(frameOf(question));
    let rest = Buffer.alloc(0);
    let size = 0;
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > maxBytes) throw malformed('the answer is too large');
      rest = Buffer.concat([rest, chunk]);
      for (let message = firstOf(rest); message !== null; message = firstOf(rest)) {
        rest = rest.subarray(2 + message.byteLength);
        yield message;
      }
    }
  } finally {
    socket.destroy();
  }
}

/** A message with its length before it. */
export function frameOf(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.byteLength);
  return Buffer.concat([length, message]);
}

/** The first whole message of what has come so far; null where it is not whole yet. */
export function firstOf(bytes: Buffer): Buffer | null {
  if (bytes.byteLength < 2) return null;
  const end = 2 + bytes.readUInt16BE(0);
  return end > bytes.byteLength ? null : bytes.subarray(2, end);
}
