import type { z } from 'zod';
import type { Answer, AnswerFault, Endpoint, Reading } from '#connectors/endpoint.ts';
import { defineEndpoint, faultOfStatus, readAs } from '#connectors/endpoint.ts';
import { nullIfNotFound } from '#connectors/errors.ts';
import type { Http } from '#connectors/http.ts';
import { DomainObject, FileObject, IpObject, UrlObject, VirusTotalError } from './schema.ts';

const file = defineObject('/api/v3/files/{id}', /^[0-9a-f]{32,64}$/i, FileObject);
const ip = defineObject('/api/v3/ip_addresses/{id}', /^[0-9a-f.:]+$/i, IpObject);
const domain = defineObject('/api/v3/domains/{id}', /^[^/]+$/, DomainObject);
const url = defineObject('/api/v3/urls/{id}', /^[\w-]+$/, UrlObject);

function defineObject<Schema extends z.ZodType>(path: string, id: RegExp, schema: Schema): Endpoint<z.output<Schema>> {
  return defineEndpoint({
    method: 'GET',
    path,
    placeholders: { id },
    read: (answer): Reading<z.output<Schema>> =>
      answer.status === 200 ? readAs(schema, answer.json) : { fault: faultOfAnswer(answer) },
  });
}

/** VirusTotal names its errors in the body, https://docs.virustotal.com/reference/errors; the status says the rest. */
function faultOfAnswer(answer: Answer): AnswerFault {
  const parsed = VirusTotalError.safeParse(answer.json);
  const code = parsed.success && /^\w{1,60}$/.test(parsed.data.error.code) ? parsed.data.error.code : undefined;
  const fault = faultOfStatus(answer);
  if (code === undefined) return fault;
  if (answer.status === 404 && code === 'NotFoundError') return { kind: 'not_found', message: code };
  return { ...fault, message: `HTTP ${answer.status} ${code}` };
}

/** Every call that this connector makes. */
export const virustotalEndpoints = [file, ip, domain, url];

/** VirusTotal v3, call by call; null where it has never seen the thing. Nothing is ever submitted. */
export type VirusTotalClient = {
  getFile(hash: string, signal: AbortSignal): Promise<FileObject | null>;
  getIp(address: string, signal: AbortSignal): Promise<IpObject | null>;
  getDomain(name: string, signal: AbortSignal): Promise<DomainObject | null>;
  getUrl(url: string, signal: AbortSignal): Promise<UrlObject | null>;
};

/** Makes the client; `http` carries the key. */
export function createVirusTotalClient(http: Http): VirusTotalClient {
  return {
    getFile: (hash, signal) => nullIfNotFound(http.send(file, { path: { id: hash }, signal })),
    getIp: (address, signal) => nullIfNotFound(http.send(ip, { path: { id: address }, signal })),
    getDomain: (name, signal) => nullIfNotFound(http.send(domain, { path: { id: name }, signal })),
    getUrl: (value, signal) => nullIfNotFound(http.send(url, { path: { id: urlIdOf(value) }, signal })),
  };
}

/** A URL's id: base64url of its text without padding, https://docs.virustotal.com/reference/url */
function urlIdOf(value: string): string {
  return Buffer.from(value).toString('base64url');
}
