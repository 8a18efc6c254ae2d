import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { CallLimit, SecretText, ServiceUrl, Switch } from '#connectors/settings.ts';

function accepts(schema: z.ZodType, value: unknown): boolean {
  return schema.safeParse(value).success;
}

describe('settings', () => {
  it('keep a secret, without the line break of the file it came from', () => {
    expect(SecretText.parse(' key-123\n').reveal()).toBe('key-123');
  });

  it.each(['', '   ', '\n', 'a\nb', 'a\u0000b', undefined])('refuse %j as a secret', (value) => {
    expect(accepts(SecretText, value)).toBe(false);
  });

  it.each(['https://vendor.example', 'http://127.0.0.1:9000/prefix'])('take %s for an address', (value) => {
    expect(ServiceUrl.parse(value)).toBe(value);
  });

  it.each([
    '',
    'vendor.example',
    'ftp://vendor.example',
    'file:///etc/passwd',
    'https://me:key@vendor.example',
    'https://vendor.example/?key=1',
    'https://vendor.example/#part',
  ])('refuse %j as an address', (value) => {
    expect(accepts(ServiceUrl, value)).toBe(false);
  });

  it.each([
    ['true', true],
    ['false', false],
  ])('read the switch %s', (text, on) => {
    expect(Switch.parse(text)).toBe(on);
  });

  it.each(['', 'yes', '1', 'TRUE'])('refuse %j as a switch', (value) => {
    expect(accepts(Switch, value)).toBe(false);
  });

  it.each(['0', '-1', '1.5', '1e3', '', ' 4', '9999999999'])('refuse %j as a limit', (value) => {
    expect(CallLimit.parse('4')).toBe(4);
    expect(accepts(CallLimit, value)).toBe(false);
  });
});
