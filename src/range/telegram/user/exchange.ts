import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { readBody } from '../body.ts';
import type { World } from '../world/world.ts';
import { Objection } from './objection.ts';

/** One request on the user side: `path` holds what the pattern's names matched. */
export type Exchange = {
  readonly world: World;
  readonly request: IncomingMessage;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
};

/** What is sent back. */
export type Reply =
  | { readonly kind: 'json'; readonly body: unknown }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly name: string; readonly mimeType: string }
  | { readonly kind: 'events' };

/** One entry of the route table; `:names` in the pattern match one path segment. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly pattern: string;
  readonly answer: (exchange: Exchange) => Reply | Promise<Reply>;
};

const MAX_JSON_BYTES = 256 * 1024;

/** A JSON answer. */
export function json(body: unknown): Reply {
  return { kind: 'json', body };
}

/** The body as the schema wants it; every way of getting it wrong is told in words. */
export async function readJson<Schema extends z.ZodType>(exchange: Exchange, schema: Schema): Promise<z.infer<Schema>> {
  const body = await readBody(exchange.request, MAX_JSON_BYTES);
  if (body === null) throw new Objection(`the body is larger than ${MAX_JSON_BYTES} bytes`);
  return check(parseJson(body.toString('utf8')), schema);
}

/** The query string as the schema wants it. */
export function readQuery<Schema extends z.ZodType>(exchange: Exchange, schema: Schema): z.infer<Schema> {
  return check(Object.fromEntries(exchange.query), schema);
}

/** A path segment that is a whole number. */
export function idIn(exchange: Exchange, name: string): number {
  const id = Number(exchange.path[name]);
  if (!Number.isSafeInteger(id)) throw new Objection(`"${exchange.path[name] ?? ''}" is not a whole number`);
  return id;
}

function check<Schema extends z.ZodType>(value: unknown, schema: Schema): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new Objection(issues.join('; '));
}

function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Objection('the body is not JSON');
  }
}
