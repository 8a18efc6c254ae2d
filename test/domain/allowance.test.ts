import { expect, it } from 'vitest';
import { objectionToAllowance } from '#domain/guard/allowance.ts';
import type { Observable } from '#domain/observable.ts';

it.each<[Observable['kind'], string]>([
  ['cidr', '0.0.0.0/1'],
  ['cidr', '203.0.0.0/23'],
  ['cidr', '2001:db8::/47'],
  ['domain', 'github.io'],
])('no decision takes as much out of reach as the %s %s', (kind, value) => {
  expect(objectionToAllowance({ kind, value })).not.toBeNull();
});

it.each<[Observable['kind'], string]>([
  ['cidr', '203.0.113.0/24'],
  ['cidr', '2001:db8::/48'],
  ['ipv4', '203.0.113.9'],
  ['domain', 'shop.example'],
  ['url', 'https://shop.example/a'],
])('the %s %s can be allowed', (kind, value) => {
  expect(objectionToAllowance({ kind, value })).toBeNull();
});
