import { describe, expect, it } from 'vitest';
import { isInRange, isSameAddress } from '#connectors/addresses.ts';

describe('addresses', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', true],
    ['2001:db8::1', '2001:DB8:0:0:0:0:0:1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['192.0.2.1', '::ffff:192.0.2.1', false],
    ['nonsense', 'nonsense', false],
    ['', '', false],
  ])('%s and %s are one: %s', (a, b, expected) => {
    expect(isSameAddress(a, b)).toBe(expected);
  });

  it.each([
    ['192.0.2.7', '192.0.2.0', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.2.0', '192.0.2.255', true],
    ['192.0.2.0/23', '192.0.2.0', '192.0.2.255', false],
    ['192.0.3.1', '192.0.2.0', '192.0.2.255', false],
    ['2001:db8::/48', '2001:db8::', '2001:db8:0:ffff:ffff:ffff:ffff:ffff', true],
    ['2001:db8:1::', '2001:db8::', '2001:db8:0:ffff:ffff:ffff:ffff:ffff', false],
    ['192.0.2.7', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', false],
    ['192.0.2.7', '192.0.2.0', '', false],
    ['example', '0.0.0.0', '255.255.255.255', false],
  ])('%s lies in %s to %s: %s', (target, first, last, expected) => {
    expect(isInRange(target, first, last)).toBe(expected);
  });
});
