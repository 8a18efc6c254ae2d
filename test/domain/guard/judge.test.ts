import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListHit } from '#domain/guard/guard.ts';
import { judgeTarget } from '#domain/guard/judge.ts';
import { type Observable, OBSERVABLE_KINDS } from '#domain/observable.ts';
import { hostileText, observable } from '../observable-arbitraries.ts';
import { guardWith, judged, tierOf } from './guards.ts';

const guard = guardWith();

describe('a target that harms nobody but the attacker', () => {
  it.each([
    ['ipv4', '203.0.113.9'],
    ['ipv6', '2001:db8:bad::1'],
    ['cidr', '198.51.100.128/25'],
    ['cidr', '2001:db8:bad::/48'],
    ['domain', 'evil.example'],
    ['domain', 'corp.example.evil.example'],
    ['domain', 'notcorp.example'],
    ['domain', 'xn--crp-0nd.example'],
    ['url', 'https://evil.example/corp.example'],
    ['url', 'http://203.0.113.9:8080/x'],
    ['sha256', 'a'.repeat(64)],
    ['host', 'ws-17'],
  ] as const)('passes: %s %s', (kind, value) => {
    expect(judged(kind, value, guard)).toEqual([]);
  });
});

describe('what is never contained', () => {
  it.each([
    ['ipv4', '203.0.113.64', 'It belongs to our own network 203.0.113.64/26.'],
    ['ipv4', '198.51.100.9', 'It belongs to our machine dc1.corp.example.'],
    ['ipv6', '2001:db8:7::9', 'It belongs to our machine dc1.corp.example.'],
    ['ipv4', '192.0.2.200', "It belongs to SocBot's life-line the sandbox."],
    ['ipv4', '149.154.167.220', "It belongs to SocBot's life-line Telegram."],
    ['ipv6', '2001:67c:4e8:f004::9', "It belongs to SocBot's life-line Telegram."],
    ['ipv6', '2001:db8:6::7', "It belongs to SocBot's life-line TheHive."],
    ['cidr', '203.0.113.0/24', 'It would take our own network 203.0.113.64/26 along.'],
    ['cidr', '203.0.113.96/28', 'It belongs to our own network 203.0.113.64/26.'],
    ['cidr', '198.51.100.16/31', 'It would take our machine ws-17 along.'],
    ['cidr', '2001:db8:6::/64', "It would take SocBot's life-line TheHive along."],
    ['cidr', '203.0.112.0/23', 'It is wider than /24.'],
    ['cidr', '2001:db8:10::/44', 'It is wider than /48.'],
    ['cidr', '10.1.2.0/24', 'It is a private address (RFC 1918).'],
    ['ipv6', 'fd00::1', 'It is a private address (RFC 4193).'],
    ['ipv4', '224.0.0.251', 'It is a multicast address.'],
    ['domain', 'corp.example', 'It belongs to our own domain corp.example.'],
    ['domain', 'vpn.emea.corp.example', 'It belongs to our own domain corp.example.'],
    ['domain', 'www.xn--bcher-kva.example', 'It belongs to our own domain bücher.example.'],
    ['domain', 'temporal.ops.example', "It belongs to SocBot's life-line Temporal."],
    ['domain', 'ops.example', "It would take SocBot's life-line Temporal along."],
    ['domain', 'telegram.org', "It would take SocBot's life-line Telegram along."],
    ['domain', 'com', 'A single word is not a domain name.'],
    ['domain', 'co.uk', 'This is a public suffix: domains of many owners end in it.'],
    ['domain', '1.168.192.in-addr.arpa', 'It is a name of the Internet itself (RFC 3172).'],
    ['url', 'https://intranet.corp.example/x', 'It belongs to our own domain corp.example.'],
    ['url', 'https://a:b@temporal.ops.example:8443/', "It belongs to SocBot's life-line Temporal."],
    ['url', 'https://api.telegram.org/bot1:x/getMe', "It belongs to SocBot's life-line Telegram."],
    ['url', 'http://198.51.100.20/', "It belongs to SocBot's life-line the store."],
    ['url', 'http://[2001:db8:5::1]/', 'It belongs to our own network 2001:db8:5::/48.'],
    ['url', 'http://127.0.0.1/', 'It is a loopback address.'],
    ['md5', 'd41d8cd98f00b204e9800998ecf8427e', 'It is the hash of an empty file.'],
    ['sha1', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', 'It is the hash of an empty file.'],
    ['sha256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'It is the hash of an empty file.'],
    ['email', 'someone@evil.example', 'An e-mail address cannot be blocked.'],
  ] as const)('%s %s: %s', (kind, value, why) => {
    expect(judged(kind, value, guard)[0]).toBe(`never: ${why}`);
  });

  it('is what documentation uses, outside the training range', () => {
    const strict = guardWith({ ownNetworks: [], lifelines: [], hosts: [], allowDocumentationRanges: false });

    expect(judged('domain', 'evil.example', strict)).toEqual([
      'never: It is a name for documentation, which nobody has.',
    ]);
    expect(judged('ipv4', '203.0.113.9', strict)).toEqual([
      'never: It is an address for documentation, which nobody has.',
    ]);
    expect(judged('url', 'https://www.example.com/', strict)).toHaveLength(1);
  });

  it('is everything, while one entry of the guard cannot be read', () => {
    const broken = [
      guardWith({ ownNetworks: ['our office'] }),
      guardWith({ ownDomains: ['corp example'] }),
      guardWith({ ownDomains: ['203.0.113.1'] }),
      guardWith({ lifelines: [{ name: 'Temporal', what: 'host', value: 'temporal.example:7233' }] }),
      guardWith({ lifelines: [{ name: 'Temporal', what: 'host', value: '' }] }),
      guardWith({ lifelines: [{ name: 'Temporal', what: 'network', value: 'temporal.example' }] }),
      guardWith({ hosts: [{ name: 'ws-1', addresses: ['DHCP'], tier: 'workstation' }] }),
    ];

    for (const one of broken) {
      const findings = judged('domain', 'evil.example', one);
      expect(findings).toEqual([expect.stringMatching(/^never: Nothing is blocked until the settings are mended: /)]);
    }
  });

  it('is what does not say truly what it is', () => {
    const forged: Observable[] = [
      { kind: 'ipv4', value: '203.0.113.009' },
      { kind: 'ipv4', value: '203.0.113.9/32' },
      { kind: 'ipv6', value: '2001:DB8:BAD::1' },
      { kind: 'ipv6', value: '203.0.113.9' },
      { kind: 'cidr', value: '203.0.113.9' },
      { kind: 'cidr', value: '203.0.113.9/28' },
      { kind: 'cidr', value: '203.0.113.0/028' },
      { kind: 'domain', value: 'Evil.example' },
      { kind: 'domain', value: 'evil.example.' },
      { kind: 'domain', value: 'еvil.example' },
      { kind: 'domain', value: '203.0.113.9' },
      { kind: 'domain', value: '0xcb007109' },
      { kind: 'url', value: 'https://EVIL.example/' },
      { kind: 'url', value: 'http://0xcb.0.113.9/' },
      { kind: 'url', value: 'evil.example' },
      { kind: 'md5', value: 'A'.repeat(32) },
      { kind: 'md5', value: 'a'.repeat(64) },
      { kind: 'host', value: 'ws 17' },
      { kind: 'host', value: '' },
      { kind: 'registry key' as Observable['kind'], value: 'x' },
    ];

    for (const target of forged) expect(tierOf(judgeTarget(target, guard)), JSON.stringify(target)).toBe('never');
  });
});

describe('a shared suffix', () => {
  it.each(['github.io', 'duckdns.org'])('%s needs two people: many owners, but one provider', (name) => {
    expect(judged('domain', name, guard)).toEqual([
      'two_people: Many owners have names under it: it is a shared suffix.',
    ]);
  });

  it('is no reason against one name under it', () => {
    expect(judged('domain', 'evil.github.io', guard)).toEqual([]);
  });

  it('is never blocked when a name of ours is under it', () => {
    const findings = judged('domain', 'github.io', guardWith({ ownDomains: ['our-team.github.io'] }));

    expect(findings[0]).toBe('never: It would take our own domain our-team.github.io along.');
  });
});

describe('a machine', () => {
  it.each([
    ['dc1.corp.example', 'two_people: The machine dc1.corp.example is critical.'],
    ['DC1', 'two_people: The machine dc1.corp.example is critical.'],
    ['files', 'tell: The machine FILES is a server.'],
    ['nobody-knows-it', 'two_people: It is not among the machines in the settings.'],
    ['dc1.other.example', 'two_people: It is not among the machines in the settings.'],
    ['temporal.ops.example', "never: It would take SocBot's life-line Temporal along."],
    ['TEMPORAL', "never: It would take SocBot's life-line Temporal along."],
    ['db', "never: It would take SocBot's life-line the store along."],
    ['198.51.100.17', 'never: A machine is isolated by its name, not by an address.'],
  ])('%s is isolated as its tier says: %s', (name, finding) => {
    expect(judged('host', name, guard)[0]).toBe(finding);
  });
});

describe('warning lists', () => {
  const hit = (title: string, tier: ListHit['tier']): ListHit => ({ list: title, title, tier });
  const known = (...hits: ListHit[]) => guardWith({ lists: { find: () => hits } });

  it('are told by tier, the gravest first, and few of many by name', () => {
    const hits = ['one', 'two', 'three', 'four', 'five'].map((title) => hit(title, 'two_people'));

    expect(judged('domain', 'evil.example', known(hit('scanners', 'tell'), ...hits))).toEqual([
      'two_people: It is on warning lists “one”, “two”, “three” and 2 more.',
      'tell: It is on the warning list “scanners”.',
    ]);
  });

  it('may say never', () => {
    expect(judged('sha256', 'a'.repeat(64), known(hit('known good files', 'never')))).toEqual([
      'never: It is on the warning list “known good files”.',
    ]);
  });

  it('that fail are not taken for lists that know nothing', () => {
    const find = () => {
      throw new Error('no lists');
    };

    expect(() => judgeTarget({ kind: 'domain', value: 'evil.example' }, guardWith({ lists: { find } }))).toThrow(
      'no lists',
    );
  });
});

describe('whatever the target', () => {
  it('is judged without throwing, and refused unless it is an observable in its canonical spelling', () => {
    fc.assert(
      fc.property(fc.constantFrom(...OBSERVABLE_KINDS), hostileText, (kind, value) => {
        const tier = tierOf(judgeTarget({ kind, value }, guard));

        if (kind !== 'host' && tier !== 'never') expect(value).toMatch(/^[\x21-\x7E]+$/);
      }),
    );
  });

  it('is never let through when it lies in a network of ours or holds one', () => {
    const networks = fc.tuple(fc.integer({ min: 0, max: 0xffffff }), fc.integer({ min: 24, max: 31 }));
    fc.assert(
      fc.property(networks, fc.integer({ min: 0, max: 255 }), ([high, prefix], low) => {
        const address = [11 + (high >>> 20), (high >>> 8) & 255, high & 255, low].join('.');
        const size = 2 ** (32 - prefix);
        const network = `${address.replace(/\d+$/, String(low - (low % size)))}/${prefix}`;
        const inOurs = judgeTarget({ kind: 'ipv4', value: address }, guardWith({ ownNetworks: [network] }));
        const holdsOurs = judgeTarget({ kind: 'cidr', value: network }, guardWith({ ownNetworks: [address] }));

        expect([tierOf(inOurs), tierOf(holdsOurs)]).toEqual(['never', 'never']);
      }),
    );
  });

  it('is judged alike with its host, when it is a URL', () => {
    const hosts = observable.filter(({ kind }) => kind === 'domain' || kind === 'ipv4' || kind === 'ipv6');
    fc.assert(
      fc.property(hosts, (host) => {
        const name = host.kind === 'ipv6' ? `[${host.value}]` : host.value;
        const url = judgeTarget({ kind: 'url', value: `https://${name}/x` }, guard);

        expect(url).toEqual(judgeTarget(host, guard));
      }),
    );
  });
});
