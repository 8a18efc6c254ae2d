import { BlockList, isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defang } from '#domain/defang.ts';
import { OBSERVABLE_KINDS } from '#domain/observable.ts';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { suggestObservables } from '#domain/suggest-observables.ts';
import { anyOf, FUZZ_RUNS } from './fuzz.ts';
import { hostileText, observable, readAs, spelledObservable } from './observable-arbitraries.ts';

const runs = { numRuns: FUZZ_RUNS };

describe('whatever the text', () => {
  it('is read without throwing, into an observable or a reason', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, spelledObservable), (text) => {
        const parsed = parseObservable(text);

        if (isUnderstood(parsed)) expect(OBSERVABLE_KINDS).toContain(parsed.observable.kind);
        else expect(parsed.objection).not.toBe('');
      }),
      runs,
    );
  });

  it('has one canonical spelling, which reads back as itself', () => {
    fc.assert(
      fc.property(observable, (found) => {
        const isFileLike = found.kind === 'domain' && !found.value.endsWith('.example');

        if (!isFileLike) expect(readAs(found.value)).toEqual(found);
      }),
      runs,
    );
  });

  it('reads back from its defanged spelling, which holds no live link', () => {
    fc.assert(
      fc.property(observable, (found) => {
        const shown = defang(found);

        expect(readAs(shown)).toEqual(found);
        expect(shown).not.toMatch(/^(?:https?|ftp):/);
      }),
      runs,
    );
  });

  it('is suggested only as something the strict parser accepts, each thing once', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(hostileText, spelledObservable), { maxLength: 6 }), (words) => {
        const { found } = suggestObservables(words.join(' '));

        for (const each of found) expect(readAs(defang(each))).toEqual(each);
        expect(new Set(found.map((each) => `${each.kind} ${each.value}`)).size).toBe(found.length);
      }),
      { numRuns: Math.ceil(FUZZ_RUNS / 5) },
    );
  });
});

describe('an address', () => {
  it('is IPv4 exactly where the operating system reads the same four numbers', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyOf('0127.x'), maxLength: 14 }), (text) => {
        const parsed = parseObservable(text);

        const isRead = isUnderstood(parsed) && parsed.observable.kind === 'ipv4' && parsed.observable.value === text;

        expect(isRead).toBe(isIPv4(text));
      }),
      runs,
    );
  });

  it('is IPv6 only where the operating system reads the same one', () => {
    const groups = fc.array(fc.constantFrom(':', '::', '0', '1', 'ffff', '2001', '0db8', '192.0.2.1'), {
      maxLength: 15,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV6(),
          groups.map((parts) => parts.join('')),
        ),
        (text) => {
          const parsed = parseObservable(text);

          if (!isUnderstood(parsed) || !text.includes(':')) return;
          const { kind, value } = parsed.observable;
          const same = new BlockList();
          if (kind === 'ipv4') same.addAddress(value, 'ipv4');
          else same.addAddress(value, 'ipv6');
          expect(isIPv6(text) && same.check(text, 'ipv6')).toBe(true);
        },
      ),
      runs,
    );
  });
});
