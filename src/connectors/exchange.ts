import { Agent, type IncomingMessage, request as requestPlain } from 'node:http';
import { Agent as TlsAgent, request as requestTls } from 'node:https';

/** One request, ready to be sent. */
export type Question = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Ends the call, the reading of its body included. */
  readonly signal: AbortSignal;
};

/** Shorter than servers keep an idle connection: one that is closed just then would lose a call that may be counted. */
const IDLE_MS = 4_000;
const agents = {
  plain: new Agent({ keepAlive: true, timeout: IDLE_MS }),
  tls: new TlsAgent({ keepAlive: true, timeout: IDLE_MS }),
};

/**
 * Sends one request and gives the head of its answer; the body is still to be read, and nothing is followed or unpacked.
 * Rejects with Node's own error. Not `fetch`: it unpacks what nobody asked for, and an answer in more than five encodings
 * leaves it with a stream whose failure nobody hears, which ends the process (undici, `maxContentEncodings`).
 */
export async function exchange({ method, url, headers, body, signal }: Question): Promise<IncomingMessage> {
  const answered = Promise.withResolvers<IncomingMessage>();
  const hear = (answer: IncomingMessage): void => {
    // A failure after the head is told to whoever reads the body; if nobody does, it must not end the process.
    answer.on('error', () => undefined);
    answered.resolve(answer);
  };
  const isTls = new URL(url).protocol === 'https:';
  const options = { method, headers, signal };
  const request = isTls
    ? requestTls(url, { ...options, agent: agents.tls }, hear)
    : requestPlain(url, { ...options, agent: agents.plain }, hear);
  request.on('error', answered.reject);
  // An answer that switches to another protocol closes the connection without a word.
  request.on('close', () => answered.reject(new Error('closed without an answer')));
  request.end(body ?? undefined);
  return answered.promise;
}
