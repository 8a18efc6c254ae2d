import { describe, expect, it } from 'vitest';
import { readCode } from '#domain/totp-code.ts';

describe('a code as people type it', () => {
  it.each([
    '012345',
    '012 345',
    '  012345\n',
    '012\u00A0345',
    '012\u202F345',
    '\uFF10\uFF11\uFF12\uFF13\uFF14\uFF15',
    '\u0660\u0661\u0662 \u0663\u0664\u0665',
    '\u06F0\u06F1\u06F2\u06F3\u06F4\u06F5',
    '01 2345',
    '01 23 45',
    '012-345',
    '012.345.',
    '012  345',
    '012\n345',
    '+012345',
    'code 012345',
    'Code: 01-2345',
    '012\u200B345',
    '012345\u202E',
  ])('is read from %j', (text) => {
    expect(readCode(text)).toBe('012345');
  });

  it.each([
    '',
    '12345',
    '1234567',
    '1.22.3.44',
    '1 2 3 4 5 6',
    '-12345',
    'AS123456',
    '123456.example',
    'a long word before 123456',
    '12345x',
    '1e5000',
    '123456 789',
    '/approve 123456',
    '\u0967\u0968\u0969\u096A\u096B\u096C',
    `${' '.repeat(100_000)}123456`,
  ])('is not read from %j', (text) => {
    expect(readCode(text)).toBeNull();
  });
});
