import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectionToBlocking, type BlockingGuard } from '#domain/guard.ts';
import type { Observable } from '#domain/observable.ts';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { suggestObservables } from '#domain/suggest-observables.ts';
import { FUZZ_RUNS } from './fuzz.ts';
import { readAs } from './observable-arbitraries.ts';

const strict: BlockingGuard = { own: [], allowDocumentationRanges: false };
const range: BlockingGuard = {
  own: ['203.0.113.64/26', '198.51.100.7', '2001:db8:5::/48'],
  allowDocumentationRanges: true,
};

function objectionTo(text: string, guard: BlockingGuard): string | null {
  return objectionToBlocking(readAs(text), guard);
}

describe('objectionToBlocking', () => {
  it.each([
    ['10.1.2.3', 'It is a private address (RFC 1918).'],
    ['172.31.255.255', 'It is a private address (RFC 1918).'],
    ['192.168.0.1', 'It is a private address (RFC 1918).'],
    ['100.64.0.1', 'It is a shared address of providers (RFC 6598).'],
    ['127.0.0.1', 'It is a loopback address.'],
    ['169.254.169.254', 'It is a link-local address.'],
    ['224.0.0.251', 'It is a multicast address.'],
    ['255.255.255.255', 'It is the broadcast address.'],
    ['0.0.0.0', 'It is no address of a machine (RFC 1122).'],
    ['0.1.2.3', 'It is no address of a machine (RFC 1122).'],
    ['240.0.0.1', 'It is a reserved address.'],
    ['192.0.0.8', 'It is a reserved address.'],
    ['198.18.0.1', 'It is a reserved address.'],
    ['192.88.99.1', 'It is a reserved address.'],
    ['192.175.48.1', 'It is a special-purpose address.'],
    ['::', 'It is no address of a machine (RFC 1122).'],
    ['::1', 'It is a loopback address.'],
    ['fe80::1', 'It is a link-local address.'],
    ['fec0::1', 'It is a special-purpose address.'],
    ['fd12::1', 'It is a private address (RFC 4193).'],
    ['ff02::1', 'It is a multicast address.'],
    ['2002:c000:204::1', 'It is an address of a 6to4 tunnel.'],
    ['2001:0:c000:204::1', 'It is an address of a Teredo tunnel.'],
    ['64:ff9b:1::1', 'It is an IPv4 address behind NAT64.'],
    ['100::1', 'It is a special-purpose address.'],
    ['4000::1', 'It lies in IPv6 space that is not in use.'],
    ['1::1', 'It lies in IPv6 space that is not in use.'],
    ['203.0.113.9', 'It is an address for documentation, which nobody has.'],
    ['2001:db8::1', 'It is an address for documentation, which nobody has.'],
    ['3fff::1', 'It is an address for documentation, which nobody has.'],
  ])('refuses %s: %s', (text, objection) => {
    expect(objectionTo(text, strict)).toBe(objection);
  });

  it('lets the training range block addresses for documentation, and nothing else that is special', () => {
    expect(objectionTo('203.0.113.9', range)).toBeNull();
    expect(objectionTo('2001:db8::1', range)).toBeNull();
    expect(objectionTo('10.1.2.3', range)).not.toBeNull();
  });

  it.each(['203.0.113.64', '203.0.113.127', '198.51.100.7', '2001:db8:5:ffff::1'])('refuses %s of our own', (text) => {
    expect(objectionTo(text, range)).toMatch(/^It lies in our own network /);
  });

  it.each(['203.0.113.63', '203.0.113.128', '198.51.100.8', '2001:db8:6::1'])(
    'lets %s beside our own through',
    (text) => {
      expect(objectionTo(text, range)).toBeNull();
    },
  );

  it('refuses everything while one own network cannot be read', () => {
    const broken = ['203.0.113.0/24', 'our-office', ''].map((own) => ({ ...range, own: ['198.51.100.7', own] }));

    expect(broken.map((guard) => objectionTo('192.0.2.9', guard))).toEqual([
      null,
      expect.stringContaining('cannot be read'),
      expect.stringContaining('cannot be read'),
    ]);
  });

  it.each(['203.0.113.0/24', 'evil.example', 'http://203.0.113.9/', 'user@evil.example', 'a'.repeat(32)])(
    'refuses %s, which is no single address',
    (text) => {
      expect(objectionTo(text, range)).toBe('Only a single IP address can be blocked.');
    },
  );

  it('trusts neither the kind nor the spelling it is told', () => {
    const forged: Observable[] = [
      { kind: 'ipv4', value: '203.0.113.009' },
      { kind: 'ipv4', value: '0xcb.0.113.9' },
      { kind: 'ipv4', value: '203.0.113.9/24' },
      { kind: 'ipv4', value: '2001:db8::1' },
      { kind: 'ipv6', value: '203.0.113.9' },
      { kind: 'ipv6', value: '2001:DB8::1' },
      { kind: 'ipv6', value: '::ffff:203.0.113.9' },
      { kind: 'ipv6', value: '::ffff:cb00:7109' },
      { kind: 'domain', value: '203.0.113.9' },
      { kind: 'ipv4', value: '' },
    ];

    for (const observable of forged) expect(objectionToBlocking(observable, range)).not.toBeNull();
  });

  it('allows exactly the IPv4 addresses that no registry keeps for a purpose', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (number) => {
        const value = toQuad(number);
        const isKept = KEPT.some(([start, prefix]) => number >>> (32 - prefix) === toNumber(start) >>> (32 - prefix));

        expect(objectionToBlocking({ kind: 'ipv4', value }, strict) !== null).toBe(isKept);
      }),
      { numRuns: FUZZ_RUNS },
    );
  });
});

describe('one protected address in many spellings', () => {
  const targets = [...Array(200).keys()].map((index) =>
    toQuad(toNumber(BASES[index % BASES.length] ?? '') + (index >> 3) * 7),
  );

  it('is refused by the guard or by the parser, in each of two hundred targets', () => {
    const guard = { ...range, own: ['203.0.113.0/24', '198.51.100.0/24'] };
    const spellings = targets.flatMap(spellingsOf);
    const offered = spellings.flatMap((text) => {
      const parsed = parseObservable(text);
      const read = isUnderstood(parsed) ? [parsed.observable] : parsed.didYouMean ? [parsed.didYouMean] : [];
      return [...read, ...suggestObservables(`drop ${text} now`).found];
    });

    const passed = offered.filter((observable) => objectionToBlocking(observable, guard) === null);

    expect(new Set(targets).size).toBe(200);
    expect(offered.length).toBeGreaterThan(spellings.length / 2);
    expect(passed).toEqual([]);
  });
});

const BASES = [
  '10.9.8.7',
  '172.16.4.2',
  '192.168.17.3',
  '127.0.0.1',
  '169.254.10.1',
  '203.0.113.1',
  '198.51.100.1',
  '100.64.7.7',
];

/** IANA IPv4 Special-Purpose Address Registry, multicast and future use; written down apart from the code. */
const KEPT: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

function toNumber(quad: string): number {
  return quad.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function toQuad(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}

function spellingsOf(quad: string): string[] {
  const number = toNumber(quad);
  const octets = quad.split('.').map(Number);
  const [a, b] = octets;
  const groups = `${(number >>> 16).toString(16)}:${(number & 0xffff).toString(16)}`;
  return [
    quad,
    String(number),
    `0x${number.toString(16)}`,
    octets.map((o) => `0${o.toString(8)}`).join('.'),
    octets.map((o) => `0x${o.toString(16)}`).join('.'),
    octets.map((o) => String(o).padStart(3, '0')).join('.'),
    `${a}.${number & 0xffffff}`,
    `${a}.${b}.${number & 0xffff}`,
    `::ffff:${quad}`,
    `::ffff:${groups}`,
    `::${quad}`,
    `64:ff9b::${quad}`,
    `2002:${groups}::1`,
    `::ffff:${quad}%eth0`,
    `${quad}.`,
    `${quad}:443`,
    `[::ffff:${quad}]:443`,
    `user@${quad}`,
    `http://user@${quad}/`,
    `${quad}/32`,
    `${quad}/24`,
    quad.replaceAll('.', '[.]'),
    quad.replaceAll('.', '。'),
    quad.replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    `${quad}\u200B`,
  ];
}
