import ipaddr from 'ipaddr.js';

/**
 * Where RDAP is served, as IANA publishes it (RFC 9224, https://data.iana.org/rdap/): the five regional registries for
 * all addresses, and the registries of the top-level domains that matter most. Fixed here, so that no answer decides
 * whom SocBot calls next.
 */
const AFRINIC = 'https://rdap.afrinic.net/rdap';
const APNIC = 'https://rdap.apnic.net';
const ARIN = 'https://rdap.arin.net/registry';
const LACNIC = 'https://rdap.lacnic.net/rdap';
const RIPE = 'https://rdap.db.ripe.net';

/** First octets of IPv4 by registry; all others are ARIN's, which has the most and the oldest. */
const FIRST_OCTETS: readonly (readonly [registry: string, octets: readonly number[]])[] = [
  [AFRINIC, [41, 102, 105, 154, 196, 197]],
  [
    APNIC,
    [
      1, 14, 27, 36, 39, 42, 43, 49, 58, 59, 60, 61, 101, 103, 106, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119,
      120, 121, 122, 123, 124, 125, 126, 133, 150, 153, 163, 171, 175, 180, 182, 183, 202, 203, 210, 211, 218, 219, 220,
      221, 222, 223,
    ],
  ],
  [LACNIC, [177, 179, 181, 186, 187, 189, 190, 191, 200, 201]],
  [
    RIPE,
    [
      2, 5, 25, 31, 37, 46, 51, 53, 57, 62, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95,
      109, 141, 145, 151, 176, 178, 185, 188, 193, 194, 195, 212, 213, 217,
    ],
  ],
];

/** IPv6 by registry; what is in none of them is not handed out, or handed out by nobody we know. */
const V6_BLOCKS: readonly (readonly [registry: string, blocks: readonly string[]])[] = [
  [AFRINIC, ['2001:4200::/23', '2c00::/12']],
  [
    APNIC,
    [
      '2001:200::/23',
      '2001:c00::/23',
      '2001:e00::/23',
      '2001:4400::/23',
      '2001:8000::/19',
      '2001:a000::/20',
      '2001:b000::/20',
      '2400::/12',
    ],
  ],
  [ARIN, ['2001:400::/23', '2001:1800::/23', '2001:4800::/23', '2600::/12', '2610::/23', '2620::/23', '2630::/12']],
  [LACNIC, ['2001:1200::/23', '2800::/12']],
  [
    RIPE,
    [
      '2001:600::/23',
      '2001:800::/22',
      '2001:1400::/22',
      '2001:1a00::/23',
      '2001:1c00::/22',
      '2001:2000::/19',
      '2001:4000::/23',
      '2001:4600::/23',
      '2001:4a00::/23',
      '2001:4c00::/23',
      '2001:5000::/20',
      '2003::/18',
      '2a00::/12',
      '2a10::/12',
    ],
  ],
];

/** Registries of domains, `{tld}` filled in with the top-level domain, and what they serve. */
const DOMAIN_REGISTRIES: readonly (readonly [registry: string, tlds: string])[] = [
  ['https://rdap.verisign.com/{tld}/v1', 'com net'],
  ['https://tld-rdap.verisign.com/{tld}/v1', 'cc name'],
  ['https://rdap.publicinterestregistry.org/rdap', 'org'],
  ['https://rdap.identitydigital.services/rdap', 'info live pro mobi asia life today world news email support'],
  ['https://pubapi.registry.google/rdap', 'app dev page'],
  [
    'https://rdap.centralnic.com/{tld}',
    'xyz online site store tech space website fun icu cyou sbs cfd monster bond cam',
  ],
  ['https://rdap.zdnsgtld.com/top', 'top'],
  ['https://rdap.gmoregistry.net/rdap', 'shop'],
  ['https://rdap.nic.{tld}', 'biz club vip work fr cz'],
  ['https://rdap.nominet.uk/uk', 'uk'],
  ['https://rdap.sidn.nl', 'nl'],
  ['https://rdap.norid.no', 'no'],
  ['https://rdap.registro.br', 'br'],
  ['https://rdap.ca.fury.ca/rdap', 'ca'],
];

const REGISTRY_OF_TLD = new Map(
  DOMAIN_REGISTRIES.flatMap(([registry, tlds]) =>
    tlds.split(' ').map((tld) => [tld, registry.replace('{tld}', tld)] as const),
  ),
);

/** The registry's address for a domain name; null if its top-level domain is not in the table. */
export function registryOfDomain(name: string): string | null {
  return REGISTRY_OF_TLD.get(name.slice(name.lastIndexOf('.') + 1)) ?? null;
}

/** The registry's address for an IP address, or for the first address of a network; null if there is none. */
export function registryOfAddress(address: string): string | null {
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) {
    const first = parsed.octets[0] ?? 0;
    return FIRST_OCTETS.find(([, octets]) => octets.includes(first))?.[0] ?? ARIN;
  }
  return (
    V6_BLOCKS.find(([, blocks]) => blocks.some((block) => parsed.match(ipaddr.IPv6.parseCIDR(block))))?.[0] ?? null
  );
}
