import type { NetworkTraits, Story } from './world-story.ts';

const BULLETPROOF: NetworkTraits = { asn: 64496, owner: 'Umbra Hosting', country: 'SC', cidr: '203.0.113.0/24' };
const RENTED: NetworkTraits = { asn: 64497, owner: 'Rentacube Cloud', country: 'NL', cidr: '198.51.100.0/24' };
const CAMPUS: NetworkTraits = { asn: 64498, owner: 'Example Campus Network', country: 'CH', cidr: '192.0.2.0/24' };

/** Addresses and networks of the simulated world. */
export const ADDRESS_STORIES: readonly Story[] = [
  {
    observable: { kind: 'ipv4', value: '203.0.113.66' },
    tells: 'A Cobalt Strike control server that everybody knows.',
    network: BULLETPROOF,
    engines: {
      malicious: 14,
      suspicious: 2,
      harmless: 51,
      undetected: 27,
      analysedDaysAgo: 1,
      label: 'trojan.cobaltstrike',
    },
    abuse: abuse(100, 412, 97, 0.2),
    services: {
      ports: [22, 443, 50050],
      hostnames: ['update-cdn.example'],
      tags: ['c2', 'self-signed'],
      cves: [],
      cpes: ['cpe:/a:openbsd:openssh:8.4p1'],
    },
    downloads: {
      url: 'http://203.0.113.66/stage2.bin',
      status: 'online',
      tags: ['CobaltStrike', 'exe'],
      addedDaysAgo: 3,
      urlCount: 4,
    },
    indicator: {
      malware: 'Cobalt Strike',
      malwareId: 'win.cobalt_strike',
      threat: 'botnet_cc',
      port: 443,
      confidence: 95,
      firstSeenDaysAgo: 12,
      lastSeenDaysAgo: 0.5,
      tags: ['CobaltStrike', 'beacon'],
    },
  },
  {
    observable: { kind: 'ipv4', value: '198.51.100.23' },
    tells: 'A loud scanner: everybody has blocked it, few call it malware.',
    network: RENTED,
    engines: { malicious: 2, suspicious: 1, harmless: 58, undetected: 33, analysedDaysAgo: 0.5 },
    abuse: abuse(100, 5120, 880, 0.01),
    services: { ports: [22, 80], hostnames: ['scan23.rentacube.example'], tags: ['scanner'], cves: [], cpes: [] },
  },
  {
    observable: { kind: 'ipv4', value: '192.0.2.10' },
    tells: 'The campus resolver: old, known, whitelisted.',
    network: CAMPUS,
    engines: { malicious: 0, suspicious: 0, harmless: 66, undetected: 28, analysedDaysAgo: 2 },
    abuse: { ...abuse(0, 3, 2, 40), isWhitelisted: true, usage: 'University/College/School' },
    services: { ports: [53, 443], hostnames: ['dns.campus.example'], tags: [], cves: [], cpes: [] },
  },
  {
    observable: { kind: 'ipv4', value: '192.0.2.77' },
    tells: 'The sources disagree: victims complain, no engine has noticed.',
    network: CAMPUS,
    engines: { malicious: 0, suspicious: 0, harmless: 60, undetected: 33, analysedDaysAgo: 6 },
    abuse: abuse(82, 61, 24, 0.3),
    services: {
      ports: [22, 445, 3389],
      hostnames: ['lab77.campus.example'],
      tags: ['compromised'],
      cves: ['CVE-2017-0144'],
      cpes: ['cpe:/o:microsoft:windows_7'],
    },
  },
  {
    observable: { kind: 'ipv4', value: '203.0.113.9' },
    tells: 'Stale news: five engines judged it four years ago, for a tenant who has long left.',
    network: BULLETPROOF,
    engines: {
      malicious: 5,
      suspicious: 0,
      harmless: 50,
      undetected: 35,
      analysedDaysAgo: 1480,
      label: 'trojan.emotet',
    },
    abuse: abuse(0, 0, 0, null),
    services: { ports: [443], hostnames: [], tags: [], cves: [], cpes: [] },
  },
  {
    observable: { kind: 'ipv4', value: '198.51.100.99' },
    tells: 'A mail relay that one engine and a few people suspect.',
    network: RENTED,
    engines: { malicious: 0, suspicious: 1, harmless: 57, undetected: 34, analysedDaysAgo: 3 },
    abuse: abuse(31, 9, 6, 5),
    services: { ports: [25, 587], hostnames: ['mx.rentacube.example'], tags: [], cves: [], cpes: [] },
  },
  {
    observable: { kind: 'ipv6', value: '2001:db8:bad::66' },
    tells: 'A bot herder on IPv6.',
    network: { asn: 64496, owner: 'Umbra Hosting', country: 'SC', cidr: '2001:db8:bad::/48' },
    engines: { malicious: 6, suspicious: 1, harmless: 52, undetected: 32, analysedDaysAgo: 2, label: 'trojan.mirai' },
    abuse: abuse(91, 77, 31, 1),
  },
  {
    observable: { kind: 'ipv6', value: '2001:db8::53' },
    tells: 'A resolver on IPv6 that nobody complains about.',
    network: { asn: 64498, owner: 'Example Campus Network', country: 'CH', cidr: '2001:db8::/48' },
    engines: { malicious: 0, suspicious: 0, harmless: 61, undetected: 31, analysedDaysAgo: 4 },
    abuse: { ...abuse(0, 1, 1, 70), usage: 'University/College/School' },
  },
  {
    observable: { kind: 'cidr', value: '203.0.113.0/24' },
    tells: 'The network of a host who asks no questions.',
    network: BULLETPROOF,
    registration: { registrar: 'Umbra Hosting', registeredDaysAgo: 420 },
  },
];

function abuse(confidence: number, reports: number, reporters: number, lastReportedDaysAgo: number | null) {
  return {
    confidence,
    reports,
    reporters,
    lastReportedDaysAgo,
    isWhitelisted: false,
    usage: 'Data Center/Web Hosting/Transit',
  };
}
