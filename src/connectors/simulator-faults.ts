import type { SimulatedAnswer, SimulatorDefinition } from './simulator-definition.ts';
import type { Delivery } from './simulator-delivery.ts';

/** Faults that every simulator can be told to have. */
export const FAULT_NAMES = [
  'slow',
  'hang',
  'slow-loris',
  'rate-limited',
  'rate-limited-silent',
  'rate-limited-absurd',
  'rate-limited-past',
  'unauthorized',
  'server-error',
  'bad-gateway',
  'unavailable',
  'html',
  'html-not-found',
  'empty',
  'truncated',
  'cut-off',
  'wrong-shape',
  'list',
  'null',
  'proto',
  'deep',
  'huge',
  'endless',
  'bomb',
  'redirect',
  'other-observable',
  'drop-before',
  'drop-after',
  'no-effect',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** What goes wrong: another answer than the vendor's, another way of sending it, or both. */
export type Fault = {
  /** For people who switch it on. */
  readonly tells: string;
  readonly answer?: (definition: SimulatorDefinition) => SimulatedAnswer;
  readonly delivery?: Delivery;
};

const page = (title: string): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

const html = (status: number, title: string) => (): SimulatedAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  text: page(title),
});

const limited =
  (retryAfter?: string) =>
  (definition: SimulatorDefinition): SimulatedAnswer => ({
    ...definition.rateLimited,
    headers: { ...definition.rateLimited.headers, ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) },
  });

const DEPTH = 100_000;

/** Every fault by its name. */
export const FAULTS: Readonly<Record<FaultName, Fault>> = {
  slow: { tells: 'answers, but late (delayMs, 3000 unless set)', delivery: 'late' },
  hang: { tells: 'takes the call and never answers', delivery: 'never' },
  'slow-loris': { tells: 'sends one byte a second', delivery: 'byte-by-byte' },
  'rate-limited': { tells: '429 with Retry-After: 7', answer: limited('7') },
  'rate-limited-silent': { tells: '429 without Retry-After', answer: limited() },
  'rate-limited-absurd': { tells: '429 with Retry-After: 1000000000', answer: limited('1000000000') },
  'rate-limited-past': { tells: '429 with a Retry-After in 1994', answer: limited('Sun, 06 Nov 1994 08:49:37 GMT') },
  unauthorized: {
    tells: 'refuses the key',
    answer: (definition) => definition.key?.wrong ?? { status: 401, json: { error: 'unauthorized' } },
  },
  'server-error': { tells: '500', answer: html(500, 'Internal Server Error') },
  'bad-gateway': { tells: '502 of a proxy', answer: html(502, 'Bad Gateway') },
  unavailable: { tells: '503', answer: html(503, 'Service Unavailable') },
  html: { tells: '200 with a web page', answer: html(200, 'Welcome to the network') },
  'html-not-found': { tells: '404 of a web server, not of the vendor', answer: html(404, 'Not Found') },
  empty: { tells: '200 with nothing in it', answer: () => ({ status: 200, text: '' }) },
  truncated: { tells: 'the answer breaks off, the length fits', delivery: 'truncated' },
  'cut-off': { tells: 'the connection breaks in the middle of the answer', delivery: 'cut-off' },
  'wrong-shape': { tells: 'JSON, but not as documented', answer: () => ({ status: 200, json: { verdict: 'fine' } }) },
  list: { tells: 'a list where an object belongs', answer: () => ({ status: 200, json: [] }) },
  null: { tells: 'the JSON null', answer: () => ({ status: 200, json: null }) },
  proto: {
    tells: 'JSON that tries to reach the prototype of objects',
    answer: () => ({ status: 200, text: '{"__proto__":{"data":{},"malicious":0},"constructor":{"prototype":{}}}' }),
  },
  deep: {
    tells: 'JSON a hundred thousand levels deep',
    answer: () => ({ status: 200, text: `{"data":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}` }),
  },
  huge: { tells: '64 MiB', delivery: 'huge' },
  endless: { tells: 'an answer that never ends', delivery: 'endless' },
  bomb: { tells: '16 MiB of zeros, packed', delivery: 'bomb' },
  redirect: {
    tells: 'a redirect to a place on this machine',
    answer: () => ({ status: 302, headers: { location: '/trap' }, text: '' }),
  },
  'other-observable': { tells: 'a good answer about something else' },
  'drop-before': { tells: 'cuts the connection before it has decided', delivery: 'drop-before' },
  'drop-after': { tells: 'cuts the connection after it has decided', delivery: 'drop-after' },
  'no-effect': { tells: 'answers as if it had done it, and does nothing' },
};

/** A fault that is switched on: for which calls, how often, how long. */
export type FaultRule = {
  readonly fault: FaultName;
  /** Only calls of this method; all unless set. */
  readonly method?: string;
  /** Only calls whose path starts so; all unless set. */
  readonly path?: string;
  /** How many calls it still spoils; all unless set. */
  readonly times?: number;
  /** For `slow`, in milliseconds. */
  readonly delayMs?: number;
};
