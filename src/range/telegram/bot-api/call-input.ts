import type { IncomingMessage } from 'node:http';
import { readBody } from '../body.ts';
import type { NewFile } from '../world/files.ts';
import { type Part, parseMultipart } from './multipart.ts';
import { ApiRefusal, badRequest } from './refusal.ts';

/** What a call brought along, whichever way it was sent. */
export type CallInput = {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, NewFile>;
};

/** Uploads end at 50 MB; see core.telegram.org/bots/api#sending-files. */
const MAX_BODY_BYTES = 50 * 1024 * 1024 + 64 * 1024;

/** Reads query string and body: JSON, a form, or multipart. */
export async function readCallInput(request: IncomingMessage, url: URL): Promise<CallInput> {
  const query = Object.fromEntries(url.searchParams);
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === null) throw new ApiRefusal(413, 'Request Entity Too Large');
  const contentType = request.headers['content-type'] ?? '';
  if (body.length === 0) return { fields: query, files: new Map() };
  if (contentType.startsWith('application/json')) {
    return { fields: { ...query, ...readJsonObject(body.toString('utf8')) }, files: new Map() };
  }
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) {
    return {
      fields: { ...query, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) },
      files: new Map(),
    };
  }
  const parts = parseMultipart(body, boundary.trim());
  const fields = parts.filter((part) => part.filename === null).map((part) => [part.name, part.bytes.toString('utf8')]);
  const files = parts.filter((part) => part.filename !== null).map((part) => [part.name, toFile(part)] as const);
  return { fields: { ...query, ...Object.fromEntries(fields) }, files: new Map(files) };
}

function readJsonObject(text: string): Record<string, unknown> {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiRefusal(400, 'Bad Request: expected an Object');
  }
  return value as Record<string, unknown>;
}

function toFile(part: Part): NewFile {
  return { name: part.filename ?? '', mimeType: part.contentType, bytes: part.bytes };
}

/** A field as text; empty when missing. */
export function textOf(input: CallInput, name: string): string {
  return plainText(input.fields[name]);
}

/** A value as text; numbers and the like as they are written, nothing as the empty text. */
export function plainText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A field as a whole number, 0 when it is none, as Telegram reads numbers. */
export function integerOf(input: CallInput, name: string): number {
  return Number.parseInt(textOf(input, name), 10) || 0;
}

/** A field as a switch. */
export function isSet(input: CallInput, name: string): boolean {
  return ['true', 'yes', '1'].includes(textOf(input, name).trim().toLowerCase());
}

/** A structured field, sent as JSON or as text that holds JSON; undefined when missing. `what` names it in the refusal. */
export function jsonOf(input: CallInput, name: string, what: string): unknown {
  const value = input.fields[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  const parsed = parseJson(value);
  if (parsed === undefined) throw badRequest(`Can't parse ${what} JSON object`);
  return parsed;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
