import { describe, expect, it } from 'vitest';
import { foundAddressOf, safeAddressOf } from '#range/page/chat/safe-address.ts';

describe('an address to open', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'blob:http://x.example/1',
    'x',
    '',
    null,
  ])('is never %j', (text) => {
    expect(safeAddressOf(text)).toBeNull();
  });

  it('is one of the schemes that phones open', () => {
    expect(safeAddressOf('https://thehive.example/1')).toBe('https://thehive.example/1');
    expect(safeAddressOf('tg://user?id=1')).toBe('tg://user?id=1');
  });

  it('gets the scheme that people leave out', () => {
    expect(foundAddressOf('evil.example/x')).toBe('http://evil.example/x');
    expect(foundAddressOf('javascript:alert(1)')).toBe(null);
  });
});
