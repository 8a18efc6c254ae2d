import { describe, expect, it } from 'vitest';
import { parseObservable } from '#domain/parse-observable.ts';
import { readAs } from '../observable-arbitraries.ts';

describe('a URL', () => {
  it.each([
    ['http://evil.example', 'http://evil.example/'],
    ['https://evil.example:443/a b'.replace(' ', '%20'), 'https://evil.example/a%20b'],
    ['ftp://evil.example/x', 'ftp://evil.example/x'],
    ['http://203.0.113.9:8080/x', 'http://203.0.113.9:8080/x'],
    ['http://[2001:DB8::1]:8080/x', 'http://[2001:db8::1]:8080/x'],
    ['http://evil.example./a', 'http://evil.example/a'],
    ['http://münchen.example/ä', 'http://xn--mnchen-3ya.example/%C3%A4'],
    ['http://evil.example?x=1', 'http://evil.example/?x=1'],
    ['http://invoice.zip/', 'http://invoice.zip/'],
    ['http://evil.example/?next=http://good.example/@', 'http://evil.example/?next=http://good.example/@'],
  ])('%s is read', (text, value) => {
    expect(readAs(text)).toEqual({ kind: 'url', value });
  });

  it('says whose host it is when a user name pretends to be one', () => {
    expect(parseObservable('http://good.example@evil.example/')).toEqual({
      observable: { kind: 'url', value: 'http://good.example@evil.example/' },
      notes: ['what stands before @ is a user name: the host is evil[.]example'],
    });
  });

  it.each([
    ['http://0x7f.1/', 'http://127.0.0.1/'],
    ['http://2130706433/a', 'http://127.0.0.1/a'],
    ['http://bаnk.example/', 'http://xn--bnk-6cd.example/'],
  ])('%s is asked about, because its host is', (text, value) => {
    expect(parseObservable(text)).toMatchObject({ objection: expect.any(String), didYouMean: { kind: 'url', value } });
  });

  it.each([
    ['http://[::ffff:203.0.113.9]/', 'http://[::ffff:cb00:7109]/', 'This is IPv4-mapped IPv6 of 203.0.113.9.'],
    ['http://[64:ff9b::203.0.113.9]/', 'http://[64:ff9b::cb00:7109]/', 'This is NAT64 of 203.0.113.9.'],
  ])('%s stays as it is and tells of the address inside', (text, value, note) => {
    expect(parseObservable(text)).toEqual({ observable: { kind: 'url', value }, notes: [note] });
  });

  it.each([
    'javascript:alert(1)',
    'javascript://evil.example/%0aalert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'tcp://evil.example:80',
    'http://',
    'http:///a',
    'http:evil.example',
    'http://evil.example:99999/',
    'http://evil.example:80x/',
    'http://localhost/',
    'http://good.example\\@evil.example/',
    'http://ev%69l.example/',
    'http://[2001:db8::1',
    'http://[fe80::1%25eth0]/x y',
    'http://999.1.1.1/',
    'http://1.2.3.4.5/',
    'http://-evil.example/',
    'http://evil..example/',
    'http://evil.example\t/a',
    `http://evil.example/${'é'.repeat(1000)}`,
  ])('%j is not one', (text) => {
    expect(parseObservable(text)).toHaveProperty('objection');
    expect(parseObservable(text)).not.toHaveProperty('didYouMean');
  });
});
