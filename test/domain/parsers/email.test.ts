import { describe, expect, it } from 'vitest';
import { parseObservable } from '#domain/parse-observable.ts';
import { readAs } from '../observable-arbitraries.ts';

describe('an e-mail address', () => {
  it.each([
    ['a.b+c@Evil.Example', 'a.b+c@evil.example'],
    ['mailto:user@evil.example', 'user@evil.example'],
    ['user[at]evil[dot]example', 'user@evil.example'],
    ['user@münchen.example', 'user@xn--mnchen-3ya.example'],
  ])('%s is read', (text, value) => {
    expect(readAs(text)).toEqual({ kind: 'email', value });
  });

  it.each([
    '@evil.example',
    'user@',
    'a@b@evil.example',
    '.a@evil.example',
    'a..b@evil.example',
    'a.@evil.example',
    '"a b"@evil.example',
    'user@localhost',
    'user@203.0.113.9',
    'user@[203.0.113.9]',
    'user@[IPv6:2001:db8::1]',
    `${'a'.repeat(65)}@evil.example`,
    'ü@evil.example',
    'a,b@evil.example',
    'user@evil.example:25',
    `a@${'a23456789.'.repeat(25)}example`,
  ])('%s is not one', (text) => {
    expect(parseObservable(text)).toHaveProperty('objection');
  });

  it.each(['user@203.0.113.9', 'user@[203.0.113.9]'])('%s lacks a domain', (text) => {
    expect(parseObservable(text)).toEqual({ objection: 'An e-mail address needs a domain after @.' });
  });

  it('at a look-alike domain is asked about', () => {
    expect(parseObservable('user@bаnk.example')).toEqual({
      objection: 'The name mixes Cyrillic and Latin letters.',
      didYouMean: { kind: 'email', value: 'user@xn--bnk-6cd.example' },
    });
  });
});
