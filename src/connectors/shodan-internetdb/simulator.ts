import ipaddr from 'ipaddr.js';
import type { SimulatorDefinition } from '#connectors/simulator-definition.ts';

/** Shodan InternetDB on loopback: `GET /{ip}`, no key. */
export const shodanInternetdbSimulator: SimulatorDefinition = {
  name: 'shodan-internetdb',
  rateLimited: { status: 429, json: { detail: 'Rate limit exceeded' } },
  settings: (url) => ({ SHODAN_INTERNETDB_URL: url, SHODAN_INTERNETDB_ENABLED: 'true' }),
  respond: ({ method, path }, world) => {
    const [, address] = /^\/([^/]+)$/.exec(decodeURIComponent(path)) ?? [];
    if (method !== 'GET' || address === undefined) return { status: 404, json: { detail: 'Not Found' } };
    if (!ipaddr.isValid(address)) {
      const msg = 'value is not a valid IPv4 or IPv6 address';
      return { status: 422, json: { detail: [{ loc: ['path', 'ip'], msg, type: 'value_error.ipvanyaddress' }] } };
    }
    const { observable, story } = world.find({ kind: address.includes(':') ? 'ipv6' : 'ipv4', value: address });
    if (!story?.services) return { status: 404, json: { detail: 'No information available' } };
    const { ports, hostnames, tags, cves, cpes } = story.services;
    return { status: 200, json: { cpes, hostnames, ip: observable.value, ports, tags, vulns: cves } };
  },
};
