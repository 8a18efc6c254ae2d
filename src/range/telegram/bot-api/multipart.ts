import { ApiRefusal } from './refusal.ts';

/** One part of a multipart body; `filename` only of files. */
export type Part = {
  readonly name: string;
  readonly filename: string | null;
  readonly contentType: string;
  readonly bytes: Buffer;
};

const HEADERS_END = Buffer.from('\r\n\r\n');

/**
 * Takes a multipart body apart. Names may be quoted or not: grammY writes `filename=` without quotes, spaces and all,
 * which Telegram reads up to the next semicolon (`parse_multipart_form_data` in tdlib/td) and stricter parsers drop.
 */
export function parseMultipart(body: Buffer, boundary: string): readonly Part[] {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const parts: Part[] = [];
  let start = body.indexOf(delimiter.subarray(2));
  if (start < 0) throw brokenBody('boundary not found');
  start += delimiter.length - 2;
  while (!isClosing(body, start)) {
    const headersEnd = body.indexOf(HEADERS_END, start);
    const end = headersEnd < 0 ? -1 : body.indexOf(delimiter, headersEnd + 2);
    if (end < 0) throw brokenBody('unexpected end of the form');
    const headers = body.subarray(start + 2, headersEnd).toString('utf8');
    parts.push(partOf(headers, body.subarray(headersEnd + HEADERS_END.length, end)));
    start = end + delimiter.length;
  }
  return parts;
}

function isClosing(body: Buffer, at: number): boolean {
  return body[at] === 0x2d && body[at + 1] === 0x2d;
}

function partOf(headers: string, bytes: Buffer): Part {
  const disposition = headerOf(headers, 'content-disposition');
  const name = attributeOf(disposition, 'name');
  if (name === null) throw brokenBody('a part has no name');
  const contentType = headerOf(headers, 'content-type') || 'application/octet-stream';
  return { name, filename: attributeOf(disposition, 'filename'), contentType, bytes };
}

function headerOf(headers: string, name: string): string {
  const line = headers.split('\r\n').find((header) => header.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? '';
}

function attributeOf(disposition: string, name: string): string | null {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;]*))`, 'i').exec(disposition);
  if (!match) return null;
  return match[1]?.replaceAll(/\\(.)/g, '$1') ?? (match[2] ?? '').trim();
}

function brokenBody(reason: string): ApiRefusal {
  return new ApiRefusal(400, `Bad Request: ${reason}`);
}
