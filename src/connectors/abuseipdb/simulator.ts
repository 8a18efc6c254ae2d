import ipaddr from 'ipaddr.js';
import type { SimulatedAnswer, SimulatorDefinition } from '#connectors/simulator-definition.ts';
import { daysAgo, type World } from '#connectors/world.ts';

const BAD_KEY = errorOf(
  401,
  'Authentication failed. Your API key is either missing, incorrect, or revoked. Note: The APIv2 key differs from the APIv1 key.',
);

/** AbuseIPDB v2 on loopback: `GET /api/v2/check`. Like the real one, it has an answer for every address. */
export const abuseipdbSimulator: SimulatorDefinition = {
  name: 'abuseipdb',
  key: { header: 'key', value: 'simulated-abuseipdb-key', missing: BAD_KEY, wrong: BAD_KEY },
  rateLimited: {
    ...errorOf(
      429,
      'Daily rate limit of 1000 requests exceeded for this endpoint. See headers for additional details.',
    ),
    headers: { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0' },
  },
  settings: (url) => ({ ABUSEIPDB_URL: url, ABUSEIPDB_API_KEY: 'simulated-abuseipdb-key' }),
  respond: ({ method, path, query }, world) => {
    if (method !== 'GET' || path !== '/api/v2/check') return errorOf(404, 'The requested resource was not found.');
    const address = query.get('ipAddress') ?? '';
    if (!ipaddr.isValid(address)) {
      return errorOf(
        422,
        'The ip address must be a valid IPv4 or IPv6 address (e.g. 8.8.8.8 or 2001:4860:4860::8888).',
        { source: { parameter: 'ipAddress' } },
      );
    }
    return checkAddress(address, world);
  },
};

function checkAddress(address: string, world: World): SimulatedAnswer {
  const isV6 = address.includes(':');
  const value = ipaddr.parse(address).toString();
  const { observable, story } = world.find({ kind: isV6 ? 'ipv6' : 'ipv4', value });
  const { abuse, network, services } = story ?? {};
  const lastReported = abuse?.lastReportedDaysAgo ?? null;
  const data = {
    ipAddress: observable.value,
    isPublic: true,
    ipVersion: isV6 ? 6 : 4,
    isWhitelisted: abuse ? abuse.isWhitelisted : null,
    abuseConfidenceScore: abuse?.confidence ?? 0,
    countryCode: network?.country ?? null,
    usageType: abuse?.usage ?? null,
    isp: network?.owner ?? null,
    domain: null,
    hostnames: services?.hostnames ?? [],
    isTor: false,
    totalReports: abuse?.reports ?? 0,
    numDistinctUsers: abuse?.reporters ?? 0,
    lastReportedAt: lastReported === null ? null : daysAgo(lastReported).replace('Z', '+00:00'),
  };
  return { status: 200, json: { data }, headers: { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '999' } };
}

function errorOf(status: number, detail: string, more: Record<string, unknown> = {}): SimulatedAnswer {
  return { status, json: { errors: [{ detail, status, ...more }] } };
}
