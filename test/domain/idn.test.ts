import { domainToASCII } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { readAs } from './observable-arbitraries.ts';

const PROTECTED = ['bank', 'payroll', 'sso', 'copy', 'access', 'spacex', 'jpeace', 'xerox', 'oasis', 'hocky'];
/** Letters of other scripts, or rare Latin ones, that are drawn like the letter they stand for. */
const TWINS: Record<string, string> = {
  a: 'аɑα',
  b: 'Ƅ',
  c: 'сϲⅽ',
  e: 'еｅℯ',
  h: 'һհ',
  i: 'іıⓘ',
  j: 'ј',
  k: 'к\u212A',
  l: 'ӏⅼ',
  n: 'ո',
  o: 'оοօ',
  p: 'рρ',
  r: 'ⲅ',
  s: 'ѕꜱſ',
  x: 'хⅹ',
  y: 'уү',
};

const pairs = PROTECTED.flatMap((name) =>
  Object.entries(TWINS).flatMap(([letter, twins]) =>
    name.includes(letter)
      ? Array.from(twins, (twin) => [`${name.replace(letter, twin)}.example`, `${name}.example`] as const)
      : [],
  ),
);
const wholeNames = [
  ['ѕѕо', 'sso'],
  ['сору', 'copy'],
  ['хероx'.replace('x', 'х'), 'xepox'],
  ['οοο', 'ooo'],
  ['օօօ', 'ooo'],
] as const;

describe('a name that looks like another', () => {
  it('comes in more than fifty pairs here', () => {
    expect(pairs.length).toBeGreaterThan(50);
  });

  it.each(pairs.filter(([fake]) => !/[\uFF01-\uFF5E]/.test(fake)))(
    '%s is never taken for %s without asking',
    (fake, name) => {
      const parsed = parseObservable(fake);

      expect(isUnderstood(parsed) && parsed.observable.value === name).toBe(false);
      if (isUnderstood(parsed)) expect(parsed).toMatchObject({ observable: { value: expect.stringMatching(/^xn--/) } });
      else expect(parsed.didYouMean?.value).toBe(domainToASCII(fake));
    },
  );

  it.each(wholeNames)('%s is asked about though it is all of one script', (fake) => {
    const parsed = parseObservable(`${fake}.example`);

    expect(parsed).toMatchObject({
      objection: expect.stringMatching(
        /^The name has (?:Cyrillic|Greek|Armenian) letters that look like Latin ones\.$/,
      ),
      didYouMean: { kind: 'domain', value: expect.stringMatching(/^xn--/) },
    });
  });

  it.each(['ɑccess', 'bɑnk', 'ꜱꜱo', 'hockı'])('%s is asked about though it is Latin', (fake) => {
    expect(parseObservable(`${fake}.example`)).toEqual({
      objection: 'The name has rare letters that look like common ones.',
      didYouMean: { kind: 'domain', value: domainToASCII(`${fake}.example`) },
    });
  });

  it('in punycode is taken at its word, with a warning', () => {
    expect(parseObservable(domainToASCII('bаnk.example'))).toEqual({
      observable: { kind: 'domain', value: 'xn--bnk-6cd.example' },
      notes: [
        'punycode for a name with Cyrillic and Latin letters',
        'look-alike: the name mixes Cyrillic and Latin letters',
      ],
    });
  });
});

describe('an honest international name', () => {
  it.each([
    ['münchen', 'Latin'],
    ['straße', 'Latin'],
    ['пример', 'Cyrillic'],
    ['παράδειγμα', 'Greek'],
    ['例え', 'Chinese or Japanese'],
    ['例えtest', 'Chinese or Japanese and Latin'],
    ['테스트', 'Korean'],
    ['مثال', 'Arabic'],
    ['उदाहरण', 'other'],
  ])('%s is shown in punycode with a note on its letters', (name, letters) => {
    expect(parseObservable(`${name}.example`)).toEqual({
      observable: { kind: 'domain', value: domainToASCII(`${name}.example`) },
      notes: [`punycode for a name with ${letters} letters`],
    });
  });

  it('is one observable however it is composed', () => {
    expect(readAs('mu\u0308nchen.example')).toEqual(readAs('MÜNCHEN.example'));
  });
});
