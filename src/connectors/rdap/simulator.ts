import ipaddr from 'ipaddr.js';
import type { SimulatedAnswer, SimulatorDefinition } from '#connectors/simulator-definition.ts';
import type { Story } from '#connectors/world-story.ts';
import { daysAgo, type World } from '#connectors/world.ts';

const RDAP_JSON = { 'content-type': 'application/rdap+json' };

/** An RDAP server on loopback that is the registry of everything in the world: `/domain/…` and `/ip/…`, no key. */
export const rdapSimulator: SimulatorDefinition = {
  name: 'rdap',
  rateLimited: errorOf(429, 'Too Many Requests'),
  settings: (url) => ({ RDAP_URL: url, RDAP_ENABLED: 'true' }),
  respond: ({ method, path }, world) => {
    const [, kind, value = ''] = /^\/(domain|ip)\/(.+)$/.exec(decodeURIComponent(path)) ?? [];
    if (method !== 'GET' || kind === undefined) return errorOf(400, 'Bad Request');
    return kind === 'domain' ? answerDomain(value.toLowerCase(), world) : answerNetwork(value, world);
  },
};

function answerDomain(name: string, world: World): SimulatedAnswer {
  const { observable, story } = world.find({ kind: 'domain', value: name });
  if (!story?.registration) return errorOf(404, 'Not Found');
  const { registrar, registeredDaysAgo } = story.registration;
  return recordOf({
    objectClassName: 'domain',
    handle: `${observable.value.length}_DOMAIN-SIM`,
    ldhName: observable.value.toUpperCase(),
    status: ['client transfer prohibited'],
    entities: [entityOf('registrar', registrar)],
    events: [
      { eventAction: 'registration', eventDate: daysAgo(registeredDaysAgo) },
      {
        eventAction: 'expiration',
        eventDate: daysAgo(registeredDaysAgo - Math.ceil(registeredDaysAgo / 365 + 1) * 365),
      },
    ],
    nameservers: [{ objectClassName: 'nameserver', ldhName: `NS1.${observable.value.toUpperCase()}` }],
  });
}

function answerNetwork(value: string, world: World): SimulatedAnswer {
  const isNetwork = ipaddr.isValidCIDR(value);
  if (!isNetwork && !ipaddr.isValid(value)) return errorOf(400, 'Bad Request');
  const kind = isNetwork ? 'cidr' : value.includes(':') ? 'ipv6' : 'ipv4';
  const { story } = world.find({ kind, value });
  return story?.network ? networkOf(story, story.network.cidr) : errorOf(404, 'Not Found');
}

function networkOf({ network, registration }: Story, cidr: string): SimulatedAnswer {
  const isV6 = cidr.includes(':');
  const range = isV6 ? ipaddr.IPv6 : ipaddr.IPv4;
  return recordOf({
    objectClassName: 'ip network',
    handle: `NET-${cidr}`,
    startAddress: range.networkAddressFromCIDR(cidr).toString(),
    endAddress: range.broadcastAddressFromCIDR(cidr).toString(),
    ipVersion: isV6 ? 'v6' : 'v4',
    name: network?.owner.toUpperCase().replaceAll(' ', '-'),
    type: 'ALLOCATED PA',
    country: network?.country,
    entities: [entityOf('registrant', network?.owner ?? ''), entityOf('abuse', 'Abuse Desk', 'abuse@registry.example')],
    events: [{ eventAction: 'registration', eventDate: daysAgo(registration?.registeredDaysAgo ?? 3000) }],
  });
}

function entityOf(role: string, name: string, email?: string): Record<string, unknown> {
  const properties = [
    ['version', {}, 'text', '4.0'],
    ['fn', {}, 'text', name],
    ...(email === undefined ? [] : [['email', {}, 'text', email]]),
  ];
  return { objectClassName: 'entity', roles: [role], vcardArray: ['vcard', properties] };
}

function recordOf(record: Record<string, unknown>): SimulatedAnswer {
  return { status: 200, headers: RDAP_JSON, json: { rdapConformance: ['rdap_level_0'], ...record } };
}

function errorOf(status: number, title: string): SimulatedAnswer {
  return { status, headers: RDAP_JSON, json: { errorCode: status, title, description: [title] } };
}
