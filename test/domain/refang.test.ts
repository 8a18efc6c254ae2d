import { describe, expect, it } from 'vitest';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { refang } from '#domain/refang.ts';

const DOTS = [
  '[.]',
  '(.)',
  '{.}',
  '<.>',
  '[dot]',
  '(dot)',
  '{dot}',
  '<dot>',
  '[DOT]',
  '(Dot)',
  '[d0t]',
  ' [.] ',
  ' [dot] ',
  '[ . ]',
  '\\.',
  '[\\.]',
  '[.',
  '.]',
  '(.',
  '.)',
  '{.',
  '.}',
  '．',
  '。',
  '｡',
  '.\u200B',
  '\u2060.',
  '\uFEFF.',
  '\u00AD.',
];
const SCHEMES = [
  'hxxp://',
  'hXXp://',
  'HXXP://',
  'hxxp[:]//',
  'hxxp[://]',
  'h**p://',
  'htxp://',
  'hxtp://',
  'http[:]//',
  'http(:)//',
  'http:\\\\',
  '[http]://',
  'hxxp{:}//',
  'ｈｔｔｐ：／／',
  'h__p://',
  'hxxp:\\\\',
];
const ATS = ['[@]', '(@)', '{@}', '<@>', '[at]', '(at)', '{at}', '[AT]', ' [at] ', '＠', '[@', '@]'];

describe('refang', () => {
  it.each(DOTS)('reads %j between the parts of a domain and of an address', (dot) => {
    const domain = parseObservable(`www${dot}evil${dot}example`);
    const address = parseObservable(`203${dot}0${dot}113${dot}9`);

    expect(domain).toMatchObject({ observable: { kind: 'domain', value: 'www.evil.example' } });
    expect(address).toMatchObject({ observable: { kind: 'ipv4', value: '203.0.113.9' } });
  });

  it.each(SCHEMES)('reads %j before a host', (scheme) => {
    const parsed = parseObservable(`${scheme}evil[.]example/a?b=1`);

    expect(parsed).toMatchObject({ observable: { kind: 'url', value: 'http://evil.example/a?b=1' } });
  });

  it.each(ATS)('reads %j in an e-mail address', (at) => {
    const parsed = parseObservable(`user${at}evil.example`);

    expect(parsed).toMatchObject({ observable: { kind: 'email', value: 'user@evil.example' } });
  });

  it.each([
    ['evil[.com]', 'evil.com'],
    ['evil.[com]', 'evil.com'],
    ['2001[:]db8[:]:1', '2001:db8::1'],
    ['2001:db8[::]1', '2001:db8::1'],
    ['evil.example[/]a', 'evil.example/a'],
    ['fxp://evil[.]example', 'ftp://evil.example'],
  ])('undoes %j', (text, expected) => {
    expect(refang(text)).toMatchObject({ text: expected, wasDefanged: true });
  });

  it('says what it undid', () => {
    const parsed = parseObservable('ｅｖｉｌ[.]exam\u200Bple');

    expect(parsed).toMatchObject({
      notes: ['full-width characters replaced', 'invisible characters removed', 'was defanged'],
    });
  });

  it('leaves the path of a URL alone where half-brackets may be real', () => {
    const parsed = parseObservable('http://evil.example/a(.b)c/ｄ');

    expect(parsed).toMatchObject({ observable: { value: 'http://evil.example/a(.b)c/%EF%BD%84' }, notes: [] });
  });

  it('keeps a joiner that makes another name in its script, and lets the parser object', () => {
    const parsed = parseObservable('نامه\u200Cای.example');

    expect(isUnderstood(parsed)).toBe(false);
  });

  it('refuses a URL whose canonical spelling could be refanged into another one', () => {
    const parsed = parseObservable('http://evil.example/[/./]');

    expect(parsed).toMatchObject({ objection: 'Its brackets can be read in two ways.' });
  });
});
