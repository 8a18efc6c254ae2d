import fc from 'fast-check';
import type { Observable } from '#domain/observable.ts';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { anyOf } from './fuzz.ts';

/** What the strict parser makes of a text that the test means to be readable. */
export function readAs(text: string): Observable {
  const parsed = parseObservable(text);
  if (!isUnderstood(parsed)) throw new Error(`${text}: ${parsed.objection}`);
  return parsed.observable;
}

const hex = (length: number) =>
  fc.array(anyOf('0123456789abcdefABCDEF'), { minLength: length, maxLength: length }).map((d) => d.join(''));

const label = fc
  .tuple(anyOf('abcxyz'), fc.stringMatching(/^[A-Za-z0-9-]{0,12}$/))
  .map(([first, rest]) => `${first}${rest}x`)
  .filter((text) => text.slice(2, 4) !== '--');

const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => `${labels.join('.')}.example`);
const octet = fc.integer({ min: 0, max: 255 });
const ipv4 = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));
const path = fc.string({ unit: anyOf('aB0/?#.[](){}<>@:%\\-_=&;,!é漢🙂'), maxLength: 40 });
const host = fc.oneof(
  domain,
  ipv4,
  fc.ipV6().map((address) => `[${address}]`),
);

/** Texts that mean observables of every kind, in many spellings; not all of them are accepted. */
export const spelledObservable: fc.Arbitrary<string> = fc.oneof(
  ipv4,
  fc.ipV6(),
  fc.tuple(ipv4, fc.integer({ min: 0, max: 33 })).map(([address, prefix]) => `${address}/${prefix}`),
  fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 129 })).map(([address, prefix]) => `${address}/${prefix}`),
  domain,
  fc.tuple(fc.stringMatching(/^[\w.+{}!#$%&'*/=?^`|~-]{1,20}$/), domain).map(([name, at]) => `${name}@${at}`),
  fc.tuple(fc.constantFrom('http', 'HTTPS', 'ftp', 'hxxp'), host, path).map(([s, h, p]) => `${s}://${h}/${p}`),
  fc.constantFrom(32, 40, 64).chain(hex),
);

/** Characters and pieces that have misled parsers before. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(
      fc.oneof(
        anyOf('a1.:/@[](){}<>%\\-_#? \u202E\u200B\uFEFFｅ。аı'),
        fc.constantFrom('http://', 'hxxp', 'xn--', '[.]', 'dot', '0x', '::'),
      ),
    )
    .map((p) => p.join('')),
);

/** Whatever the parser understood from the texts above. */
export const observable: fc.Arbitrary<Observable> = fc
  .oneof(spelledObservable, hostileText)
  .map(parseObservable)
  .filter(isUnderstood)
  .map((parsed) => parsed.observable);
