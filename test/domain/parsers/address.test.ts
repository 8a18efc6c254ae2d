import { describe, expect, it } from 'vitest';
import { parseObservable } from '#domain/parse-observable.ts';
import { readAs } from '../observable-arbitraries.ts';

describe('an IPv4 address', () => {
  it.each([
    ['0xCB.0x0.0x71.0x9', '203.0.113.9'],
    ['0xcb007109', '203.0.113.9'],
    ['3405803785', '203.0.113.9'],
    ['203.0.28937', '203.0.113.9'],
    ['203.28937', '203.0.113.9'],
    ['203.0.113.0x9', '203.0.113.9'],
  ])('spelled %s is asked about', (text, value) => {
    expect(parseObservable(text)).toEqual({
      objection: `This is an odd spelling of an address; programs read it as ${value}.`,
      didYouMean: { kind: 'ipv4', value },
    });
  });

  it('with leading zeros that only octal can mean is that address, to be confirmed', () => {
    expect(parseObservable('0300.0250.1.1')).toEqual({
      objection: 'Leading zeros make it octal: programs read it as 192.168.1.1.',
      didYouMean: { kind: 'ipv4', value: '192.168.1.1' },
    });
  });

  it('with leading zeros is two addresses when octal and decimal differ', () => {
    expect(parseObservable('010.0.0.1')).toEqual({
      objection: 'Leading zeros make it two addresses: 10.0.0.1, or 8.0.0.1 read as octal. Write the one you mean.',
    });
    expect(parseObservable('203.0.113.010')).toEqual({
      objection:
        'Leading zeros make it two addresses: 203.0.113.10, or 203.0.113.8 read as octal. Write the one you mean.',
    });
  });

  it('with leading zeros that change nothing is asked about', () => {
    expect(parseObservable('192.0.02.01')).toMatchObject({ didYouMean: { kind: 'ipv4', value: '192.0.2.1' } });
  });

  it.each([
    '999.1.1.1',
    '203.0.113.256',
    '1.2.3.4.5',
    '203.0.113.',
    '203..0.113.9',
    '1e3.0.0.1',
    '0x.1.1.1',
    '٢٠٣.0.113.9',
  ])('is not seen in %s', (text) => {
    expect(parseObservable(text)).toHaveProperty('objection');
    expect(parseObservable(text)).not.toMatchObject({ didYouMean: { value: expect.stringMatching(/^99\./) } });
  });

  it('loses its trailing dot with a note', () => {
    expect(parseObservable('203.0.113.9.')).toEqual({
      observable: { kind: 'ipv4', value: '203.0.113.9' },
      notes: ['trailing dot removed'],
    });
  });
});

describe('an IPv6 address', () => {
  it.each([
    ['2001:db8::0001', '2001:db8::1'],
    ['2001:0DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:db8::192.0.2.1', '2001:db8::c000:201'],
  ])('%s is %s by RFC 5952', (text, value) => {
    expect(readAs(text)).toEqual({ kind: 'ipv6', value });
  });

  it.each(['::ffff:203.0.113.9', '::FFFF:cb00:7109', '0:0:0:0:0:ffff:203.0.113.9', '[::ffff:203.0.113.9]'])(
    '%s is the IPv4 address it maps',
    (text) => {
      expect(parseObservable(text)).toEqual({
        observable: { kind: 'ipv4', value: '203.0.113.9' },
        notes: ['This is IPv4-mapped IPv6 of 203.0.113.9.'],
      });
    },
  );

  it.each(['64:ff9b::203.0.113.9', '64:ff9b::cb00:7109', '::203.0.113.9', '::ffff:0:203.0.113.9'])(
    '%s is asked about, because an IPv4 address is inside',
    (text) => {
      expect(parseObservable(text)).toMatchObject({
        objection: expect.stringContaining('203.0.113.9'),
        didYouMean: { kind: 'ipv4', value: '203.0.113.9' },
      });
    },
  );

  it('has no zone', () => {
    expect(parseObservable('fe80::1%eth0')).toMatchObject({ didYouMean: { kind: 'ipv6', value: 'fe80::1' } });
  });

  it('tells of the tunnel inside', () => {
    expect(parseObservable('2002:cb00:7109::1')).toMatchObject({ notes: [expect.stringContaining('6to4')] });
    expect(parseObservable('2001:0:cb00:7109::1')).toMatchObject({ notes: [expect.stringContaining('Teredo')] });
  });

  it.each([
    '2001:db8::1::2',
    '2001:db8:1',
    '1:2:3:4:5:6:7:8:9',
    '2001:db8::12345',
    ':::',
    '::ffff:203.0.113.256',
    '::ffff:0203.0.113.9',
  ])('is not seen in %s', (text) => {
    expect(parseObservable(text)).toHaveProperty('objection');
  });
});
