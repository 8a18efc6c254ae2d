import { describe, expect, it } from 'vitest';
import type { Guard } from '#domain/guard/guard.ts';
import { judgeTarget } from '#domain/guard/judge.ts';
import { toAsciiHost } from '#domain/idn.ts';
import { type Observable, OBSERVABLE_KINDS } from '#domain/observable.ts';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { suggestObservables } from '#domain/suggest-observables.ts';
import { guardWith, tierOf } from './guards.ts';

/** Fifty each: our networks, a machine's address each, life-lines, and space that is nobody's. */
const TARGETS = [...Array(50).keys()].flatMap((index) => [
  `203.0.113.${index * 5 + 1}`,
  `198.51.100.${index * 5 + 2}`,
  `149.154.${160 + (index % 16)}.${index * 5 + 3}`,
  `${['10.0', '172.16', '192.168', '169.254'][index % 4]}.${index}.${index * 5 + 4}`,
]);

const guard: Guard = guardWith({
  ownNetworks: ['203.0.113.0/24'],
  hosts: TARGETS.filter((address) => address.startsWith('198.51.100.')).map((address, index) => ({
    name: `machine-${index}`,
    addresses: [address],
    tier: 'workstation',
  })),
});

/** The spellings of one IPv4 address, by what is odd in them. */
const SPELLINGS: Record<string, (quad: string) => string> = {
  decimal: (quad) => String(toNumber(quad)),
  octal: (quad) => octets(quad, (octet) => `0${octet.toString(8)}`),
  hexadecimal: (quad) => octets(quad, (octet) => `0x${octet.toString(16)}`),
  short: (quad) => quad.replace(/^(\d+)\..*$/, `$1.${toNumber(quad) & 0xffffff}`),
  mapped: (quad) => `::ffff:${quad}`,
  'with a zone': (quad) => `::ffff:${quad}%eth0`,
  'with a trailing dot': (quad) => `${quad}.`,
  'with a port': (quad) => `${quad}:443`,
  'with a user': (quad) => `user@${quad}`,
  plain: (quad) => quad,
};

describe.each(Object.entries(SPELLINGS))('two hundred protected addresses, %s', (_name, spell) => {
  const spellings = TARGETS.map(spell);
  const passing = (targets: readonly Observable[]) =>
    targets.filter((target) => tierOf(judgeTarget(target, guard)) !== 'never');

  it('are refused whatever kind they are said to be, on their own and in a URL', () => {
    const raw = spellings.flatMap((text) =>
      [text, `http://${text}/`, `https://user@${text}:8443/x`, `http://[${text}]/`, `${text}/32`].flatMap((value) =>
        OBSERVABLE_KINDS.map((kind): Observable => ({ kind, value })),
      ),
    );

    expect(new Set(TARGETS).size).toBe(200);
    expect(passing(raw)).toEqual([]);
  });

  it('are refused in whatever the parser makes of them, or would suggest', () => {
    const offered = spellings.flatMap((text) =>
      [text, `http://${text}/`, `http://[${text}]/`].flatMap((typed) => {
        const parsed = parseObservable(typed);
        const read = isUnderstood(parsed) ? [parsed.observable] : parsed.didYouMean ? [parsed.didYouMean] : [];
        return [...read, ...suggestObservables(`drop ${typed} now`).found];
      }),
    );

    expect(offered.length).toBeGreaterThanOrEqual(200);
    expect(passing(offered)).toEqual([]);
  });
});

describe('look-alikes of protected names', () => {
  const protectedNames = [
    'corp.example',
    'paypal.example',
    'secure-access.example',
    'temporal.ops.example',
    'localpolice.example',
  ];
  const twins: Record<string, string> = {
    a: 'а',
    c: 'с',
    e: 'е',
    o: 'о',
    p: 'р',
    s: 'ѕ',
    x: 'х',
    y: 'у',
    i: 'і',
    l: 'ӏ',
  };
  const lookAlikes = protectedNames.flatMap((name) => {
    const [label = '', ...rest] = name.split('.');
    const masks = [...Array(2 ** Math.min(label.length, 9)).keys()].slice(1);
    const spelled = masks.map((mask) =>
      Array.from(label, (letter, index) => ((mask >> index) & 1 ? (twins[letter] ?? letter) : letter)).join(''),
    );
    return [...new Set(spelled)].filter((twin) => twin !== label).map((twin) => [twin, ...rest].join('.'));
  });
  const strict = guardWith({ ownDomains: protectedNames });

  it('are other names: in punycode the guard has nothing against them', () => {
    const targets = lookAlikes.map((name): Observable => ({ kind: 'domain', value: toAsciiHost(name) ?? '' }));

    expect(targets.length).toBeGreaterThanOrEqual(500);
    expect(targets.every(({ value }) => value.startsWith('xn--'))).toBe(true);
    expect(targets.flatMap((target) => judgeTarget(target, strict))).toEqual([]);
  });

  it('are refused in Unicode, which is not how names are kept', () => {
    const tiers = lookAlikes.map((value) => tierOf(judgeTarget({ kind: 'domain', value }, strict)));

    expect(new Set(tiers)).toEqual(new Set(['never']));
  });
});

function toNumber(quad: string): number {
  return quad.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function octets(quad: string, spell: (octet: number) => string): string {
  return quad.split('.').map(Number).map(spell).join('.');
}
