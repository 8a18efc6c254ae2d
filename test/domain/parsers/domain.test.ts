import { describe, expect, it } from 'vitest';
import { parseObservable } from '#domain/parse-observable.ts';
import { readAs } from '../observable-arbitraries.ts';

describe('a domain', () => {
  it('loses its trailing dot with a note', () => {
    expect(parseObservable('evil.example.')).toEqual({
      observable: { kind: 'domain', value: 'evil.example' },
      notes: ['trailing dot removed'],
    });
  });

  it.each(['invoice.zip', 'run.sh', 'notes.md', 'setup.PY'])('%s may be a file and is asked about', (text) => {
    expect(parseObservable(text)).toEqual({
      objection: 'This can be a file name or a domain.',
      didYouMean: { kind: 'domain', value: text.toLowerCase() },
    });
  });

  it('that was defanged is no file', () => {
    expect(readAs('invoice[.]zip')).toEqual({ kind: 'domain', value: 'invoice.zip' });
  });

  it('may have underscores in front of the registered name, with a note', () => {
    expect(parseObservable('_dmarc.evil.example')).toMatchObject({ notes: [expect.stringContaining('underscore')] });
    expect(parseObservable('ev_il.example')).toHaveProperty('objection');
  });

  it('may be a suffix that a provider shares out, but no suffix of a registry', () => {
    expect(readAs('github.io').kind).toBe('domain');
    expect(parseObservable('co.uk')).toEqual({
      objection: 'This is a public suffix: domains of many owners end in it.',
    });
  });

  it.each([
    'localhost',
    'example',
    'evil',
    'srv-dc1.local',
    'evil.invalid',
    'evil.nosuchtld',
    '-evil.example',
    'evil-.example',
    'evil..example',
    '.evil.example',
    'evil.example..',
    '*.evil.example',
    'ev!l.example',
    'evil.example,',
    "evil.example'",
    `${'a'.repeat(64)}.example`,
    `${'a2345678.'.repeat(30)}example`,
    'xn--a.example',
    'xn--.example',
    'xn--evil-.example',
    'a\u0301\u0301.\u0301.example',
    '☃/a.example',
    'ё%2e.example',
  ])('is not seen in %s', (text) => {
    expect(parseObservable(text)).toHaveProperty('objection');
    expect(parseObservable(text)).not.toHaveProperty('didYouMean.kind', 'domain');
  });
});
