import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { SimulatedAnswer } from './simulator-definition.ts';

/** How an answer is sent, or not. */
export type Delivery =
  | 'at-once'
  | 'late'
  | 'never'
  | 'byte-by-byte'
  | 'truncated'
  | 'cut-off'
  | 'huge'
  | 'endless'
  | 'bomb'
  | 'drop-before'
  | 'drop-after';

const HUGE = 64 * 1024 * 1024;
const BOMB = 16 * 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024, ' ');
let packedZeros: Buffer | undefined;

/** Sends an answer. What waits is given up when the other side closes the connection. */
export function deliver(
  response: ServerResponse,
  answer: SimulatedAnswer,
  { how, delayMs }: { readonly how: Delivery; readonly delayMs: number },
): void {
  const text = answer.text ?? JSON.stringify(answer.json);
  switch (how) {
    case 'at-once':
      return sendWhole(response, answer, text);
    case 'late':
      return runLater(response, delayMs, () => sendWhole(response, answer, text));
    case 'never':
      return;
    case 'byte-by-byte':
      return sendByteByByte(response, answer, text);
    case 'truncated':
      return sendWhole(response, answer, text.slice(0, Math.max(1, Math.floor(text.length / 2))));
    case 'cut-off':
      writeHead(response, answer, { 'content-length': String(Buffer.byteLength(text)) });
      response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
      return;
    case 'huge':
      writeHead(response, answer, { 'content-length': String(HUGE) });
      return sendBlanks(response, HUGE);
    case 'endless':
      writeHead(response, answer);
      return sendBlanks(response, Number.POSITIVE_INFINITY);
    case 'bomb':
      writeHead(response, answer, { 'content-encoding': 'gzip' });
      packedZeros ??= gzipSync(Buffer.alloc(BOMB));
      response.end(packedZeros);
      return;
    case 'drop-before':
    case 'drop-after':
      response.destroy();
      return;
  }
}

function writeHead(response: ServerResponse, answer: SimulatedAnswer, extra: Record<string, string> = {}): void {
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers, ...extra });
}

function sendWhole(response: ServerResponse, answer: SimulatedAnswer, text: string): void {
  writeHead(response, answer);
  response.end(text);
}

function sendByteByByte(response: ServerResponse, answer: SimulatedAnswer, text: string): void {
  writeHead(response, answer);
  const bytes = Buffer.from(text);
  const sendFrom = (index: number): void => {
    if (index >= bytes.length) {
      response.end();
      return;
    }
    response.write(bytes.subarray(index, index + 1));
    runLater(response, 1000, () => sendFrom(index + 1));
  };
  sendFrom(0);
}

/** Blanks, which JSON allows before its text, as fast as the other side takes them. */
function sendBlanks(response: ServerResponse, bytes: number): void {
  let left = bytes;
  const send = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= CHUNK.byteLength;
      if (!response.write(CHUNK)) {
        response.once('drain', send);
        return;
      }
    }
    response.end();
  };
  send();
}

function runLater(response: ServerResponse, delayMs: number, run: () => void): void {
  const timer = setTimeout(run, delayMs);
  response.once('close', () => clearTimeout(timer));
}
