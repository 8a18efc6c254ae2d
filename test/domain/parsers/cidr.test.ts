import { describe, expect, it } from 'vitest';
import { parseObservable } from '#domain/parse-observable.ts';
import { readAs } from '../observable-arbitraries.ts';

describe('a network', () => {
  it.each([
    ['203.0.113.0/24', '203.0.113.0/24'],
    ['203.0.112.0/20', '203.0.112.0/20'],
    ['128.0.0.0/1', '128.0.0.0/1'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['203.0.113[.]128/25', '203.0.113.128/25'],
  ])('%s keeps its mask', (text, value) => {
    expect(readAs(text)).toEqual({ kind: 'cidr', value });
  });

  it('with host bits is asked about', () => {
    expect(parseObservable('203.0.113.77/24')).toEqual({
      objection: 'This is an address inside a network; the network is 203.0.113.0/24.',
      didYouMean: { kind: 'cidr', value: '203.0.113.0/24' },
    });
    expect(parseObservable('2001:db8::1/64')).toMatchObject({ didYouMean: { kind: 'cidr', value: '2001:db8::/64' } });
  });

  it('of full length is a single address', () => {
    expect(parseObservable('203.0.113.9/32')).toEqual({
      observable: { kind: 'ipv4', value: '203.0.113.9' },
      notes: ['/32 is a single address'],
    });
    expect(readAs('2001:db8::1/128')).toEqual({ kind: 'ipv6', value: '2001:db8::1' });
  });

  it('with a netmask is asked about', () => {
    expect(parseObservable('203.0.113.0/255.255.255.0')).toMatchObject({
      didYouMean: { kind: 'cidr', value: '203.0.113.0/24' },
    });
  });

  it.each([
    '0.0.0.0/0',
    '::/0',
    '203.0.113.0/33',
    '2001:db8::/129',
    '203.0.113.0/024',
    '203.0.113.0/255.0.255.0',
    '203.0.0/16',
    '0xcb.0.113.0/24',
    '203.0.113.0/24/8',
    '::ffff:203.0.113.0/120',
    '999.0.0.0/8',
  ])('is not seen in %s', (text) => {
    const parsed = parseObservable(text);

    expect(parsed).toHaveProperty('objection');
    expect(parsed).not.toHaveProperty('didYouMean.kind', 'ipv4');
  });
});
