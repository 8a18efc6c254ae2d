import ipaddr from 'ipaddr.js';
import type { SimulatedAnswer, SimulatorDefinition } from '#connectors/simulator-definition.ts';
import type { Story } from '#connectors/world-story.ts';
import { daysAgo, type Found, type World } from '#connectors/world.ts';
import type { Observable } from '#domain/observable.ts';

const HASH_KINDS = { 32: 'md5', 40: 'sha1', 64: 'sha256' } as const;

/** VirusTotal v3 on loopback: `/files`, `/ip_addresses`, `/domains` and `/urls`, read only. */
export const virustotalSimulator: SimulatorDefinition = {
  name: 'virustotal',
  key: {
    header: 'x-apikey',
    value: 'simulated-virustotal-key',
    missing: errorOf(401, 'AuthenticationRequiredError', 'X-Apikey header is missing'),
    wrong: errorOf(401, 'WrongCredentialsError', 'Wrong API key'),
  },
  rateLimited: errorOf(429, 'QuotaExceededError', 'Quota exceeded'),
  settings: (url) => ({ VIRUSTOTAL_URL: url, VIRUSTOTAL_API_KEY: 'simulated-virustotal-key' }),
  respond: ({ method, path }, world) => {
    const [, collection = '', id = ''] = /^\/api\/v3\/(\w+)\/([^/]+)$/.exec(path) ?? [];
    if (method !== 'GET') return errorOf(405, 'MethodNotAllowedError', 'Method not allowed');
    switch (collection) {
      case 'files':
        return answerFile(decodeURIComponent(id), world);
      case 'ip_addresses':
        return answerIp(decodeURIComponent(id), world);
      case 'domains':
        return answerDomain(decodeURIComponent(id), world);
      case 'urls':
        return answerUrl(id, world);
      default:
        return errorOf(404, 'NotFoundError', 'Resource not found.');
    }
  },
};

function answerFile(hash: string, world: World): SimulatedAnswer {
  const kind = HASH_KINDS[hash.length as keyof typeof HASH_KINDS];
  if (!kind) return errorOf(404, 'NotFoundError', `File "${hash}" not found`);
  const found = world.find({ kind, value: hash.toLowerCase() });
  const file = found.story?.file;
  if (!file || !found.story?.engines) return errorOf(404, 'NotFoundError', `File "${hash}" not found`);
  return objectOf('file', file.sha256, found.story, {
    md5: file.md5,
    sha1: file.sha1,
    sha256: file.sha256,
    meaningful_name: file.name,
    names: [file.name],
    size: file.sizeBytes,
    type_description: file.type,
    type_tag: file.extension,
    ...labelOf(found.story),
  });
}

function answerIp(address: string, world: World): SimulatedAnswer {
  if (!ipaddr.isValid(address)) return errorOf(400, 'InvalidArgumentError', `"${address}" is not a valid IP address`);
  const value = ipaddr.parse(address).toString();
  const found = world.find({ kind: address.includes(':') ? 'ipv6' : 'ipv4', value });
  if (!found.story?.engines) return errorOf(404, 'NotFoundError', `IP address "${address}" not found`);
  const { asn, owner, country, cidr } = found.story.network ?? {};
  return objectOf('ip_address', found.observable.value, found.story, { asn, as_owner: owner, country, network: cidr });
}

function answerDomain(name: string, world: World): SimulatedAnswer {
  const found = world.find({ kind: 'domain', value: name.toLowerCase() });
  if (!found.story?.engines) return errorOf(404, 'NotFoundError', `Domain "${name}" not found`);
  const { registrar, registeredDaysAgo } = found.story.registration ?? {};
  const created = registeredDaysAgo === undefined ? {} : { creation_date: epochOf(registeredDaysAgo) };
  return objectOf('domain', found.observable.value, found.story, { registrar, ...created });
}

function answerUrl(id: string, world: World): SimulatedAnswer {
  const found = findUrl(Buffer.from(id, 'base64url').toString('utf8'), world);
  if (!found.story?.engines) return errorOf(404, 'NotFoundError', `URL "${id}" not found`);
  const { value } = found.observable;
  return objectOf('url', sha256Like(value), found.story, { url: value, last_final_url: value, tags: [] });
}

function findUrl(value: string, world: World): Found {
  return world.find({ kind: 'url', value } satisfies Observable);
}

/** Real ids of URLs are SHA-256; clients must not read anything into them. */
function sha256Like(value: string): string {
  return Buffer.from(value).toString('hex').padEnd(64, '0').slice(0, 64);
}

function objectOf(type: string, id: string, story: Story, attributes: Record<string, unknown>): SimulatedAnswer {
  const { analysedDaysAgo = 0, label: _, ...opinions } = story.engines ?? {};
  const silence = type === 'file' ? { 'type-unsupported': 4, 'confirmed-timeout': 0, failure: 1 } : {};
  const rated = {
    last_analysis_stats: { ...opinions, timeout: 0, ...silence },
    last_analysis_date: epochOf(analysedDaysAgo),
    reputation: -(story.engines?.malicious ?? 0),
  };
  return { status: 200, json: { data: { type, id, attributes: { ...attributes, ...rated } } } };
}

function labelOf({ engines }: Story): Record<string, unknown> {
  return engines?.label ? { popular_threat_classification: { suggested_threat_label: engines.label } } : {};
}

function epochOf(days: number): number {
  return Math.floor(Date.parse(daysAgo(days)) / 1000);
}

function errorOf(status: number, code: string, message: string): SimulatedAnswer {
  return { status, json: { error: { code, message } } };
}
