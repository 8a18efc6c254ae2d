import { describe, expect, it } from 'vitest';
import { parseWord } from '#domain/parse-word.ts';

describe('parseWord', () => {
  it.each([
    ['(http://evil.example/a).', 'http://evil.example/a'],
    ['hxxp://evil[.]example/a).', 'http://evil.example/a'],
    ['<http://evil.example/a>', 'http://evil.example/a'],
    ['http://evil.example/a,', 'http://evil.example/a'],
    ['http://evil.example/a?', 'http://evil.example/a'],
    ['http://evil.example/a(1)', 'http://evil.example/a(1)'],
    ['http://evil.example/?d=YWI=', 'http://evil.example/?d=YWI='],
    ['http://evil.example/a_', 'http://evil.example/a_'],
    ['http://[2001:db8::1]', 'http://[2001:db8::1]/'],
  ])('reads %s as %s', (text, value) => {
    expect(parseWord(text)).toMatchObject({ observable: { kind: 'url', value } });
  });

  it('says that it left something out, and only then', () => {
    expect(parseWord('http://evil.example/a).')).toMatchObject({ notes: ['the punctuation around it was left out'] });
    expect(parseWord('http://evil.example/a')).toMatchObject({ notes: [] });
  });

  it('leaves everything but URLs to the strict parser', () => {
    expect(parseWord('_dmarc.evil.example')).not.toMatchObject({ observable: { value: 'dmarc.evil.example' } });
    expect(parseWord('203.0.113.066')).toHaveProperty('objection');
  });
});
