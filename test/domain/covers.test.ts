import { describe, expect, it } from 'vitest';
import { coveredBy, widerThan } from '#domain/covers.ts';
import type { Observable, ObservableKind } from '#domain/observable.ts';

const one = (kind: ObservableKind, value: string): Observable => ({ kind, value });

describe('coveredBy', () => {
  it.each<[string, Observable, Observable]>([
    ['itself', one('ipv4', '203.0.113.5'), one('ipv4', '203.0.113.5')],
    ['the network around it', one('ipv4', '203.0.113.5'), one('cidr', '203.0.113.0/28')],
    ['an address inside of it', one('cidr', '203.0.113.0/28'), one('ipv4', '203.0.113.5')],
    ['a wider network', one('cidr', '203.0.113.0/28'), one('cidr', '203.0.113.0/24')],
    ['a narrower network', one('cidr', '203.0.113.0/24'), one('cidr', '203.0.113.0/28')],
    ['the IPv6 network around it', one('ipv6', '2001:db8::5'), one('cidr', '2001:db8::/48')],
    ['the name above it', one('domain', 'www.shop.example'), one('domain', 'shop.example')],
    ['a name below it', one('domain', 'shop.example'), one('domain', 'www.shop.example')],
    ['the host of the URL', one('url', 'https://www.shop.example/x'), one('domain', 'shop.example')],
    ['a URL on it', one('domain', 'shop.example'), one('url', 'https://www.shop.example/x')],
    ['the address of the URL', one('url', 'http://203.0.113.5:8080/x'), one('ipv4', '203.0.113.5')],
    ['the network around the URL', one('url', 'http://[2001:db8::5]/'), one('cidr', '2001:db8::/48')],
    ['a URL on the address', one('ipv4', '203.0.113.5'), one('url', 'http://203.0.113.5/')],
  ])('finds %s', (_, target, listed) => {
    expect(coveredBy(target, [one('sha256', 'a'.repeat(64)), listed])).toBe(listed);
  });

  it.each<[string, Observable, Observable]>([
    ['an address next to it', one('ipv4', '203.0.113.5'), one('ipv4', '203.0.113.6')],
    ['a network next to it', one('ipv4', '203.0.113.16'), one('cidr', '203.0.113.0/28')],
    ['a network of the other family', one('ipv6', '2001:db8::5'), one('cidr', '0.0.0.0/0')],
    ['a name that only ends alike', one('domain', 'myshop.example'), one('domain', 'shop.example')],
    ['a name beside it', one('domain', 'a.shop.example'), one('domain', 'b.shop.example')],
    ['another page of its host', one('url', 'https://shop.example/x'), one('url', 'https://shop.example/y')],
    ['another hash', one('sha256', 'a'.repeat(64)), one('sha256', 'b'.repeat(64))],
    ['a name that looks like its address', one('ipv4', '203.0.113.5'), one('domain', '203.0.113.5.example')],
  ])('does not find %s', (_, target, listed) => {
    expect(coveredBy(target, [listed])).toBeUndefined();
  });

  it('gives the first of several, and nothing of none', () => {
    const target = one('ipv4', '203.0.113.5');
    const [wide, narrow] = [one('cidr', '203.0.113.0/24'), one('cidr', '203.0.113.0/28')];

    expect(coveredBy(target, [wide, narrow])).toBe(wide);
    expect(coveredBy(target, [])).toBeUndefined();
  });
});

describe('a network that holds more than a target', () => {
  const wide = { target: { kind: 'cidr', value: '203.0.113.128/25' } } as const;

  it('is found for an address and for a network inside of it', () => {
    expect(widerThan({ kind: 'ipv4', value: '203.0.113.130' }, [wide])).toBe(wide);
    expect(widerThan({ kind: 'cidr', value: '203.0.113.128/26' }, [wide])).toBe(wide);
  });

  it('is neither the target itself, nor one beside it, nor anything of a name', () => {
    expect(widerThan(wide.target, [wide])).toBeUndefined();
    expect(widerThan({ kind: 'ipv4', value: '203.0.113.7' }, [wide])).toBeUndefined();
    expect(widerThan({ kind: 'domain', value: 'evil.example' }, [wide])).toBeUndefined();
  });
});
