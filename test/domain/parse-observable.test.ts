import { describe, expect, it } from 'vitest';
import { LONGEST_TOKEN, parseObservable } from '#domain/parse-observable.ts';
import { readAs } from './observable-arbitraries.ts';

describe('parseObservable', () => {
  it.each([
    ['203.0.113.9', 'ipv4', '203.0.113.9'],
    ['2001:DB8:0:0:0:0:0:1', 'ipv6', '2001:db8::1'],
    ['203.0.113.0/24', 'cidr', '203.0.113.0/24'],
    ['WWW.Evil.Example', 'domain', 'www.evil.example'],
    ['HTTP://Evil.Example:80/Path/../A?q#F', 'url', 'http://evil.example/A?q#F'],
    ['User@Evil.Example', 'email', 'User@evil.example'],
    ['44D88612FEA8A8F36DE82E1278ABB02F', 'md5', '44d88612fea8a8f36de82e1278abb02f'],
    ['3395856ce81f2b7382dee72602f798b642f14140', 'sha1', '3395856ce81f2b7382dee72602f798b642f14140'],
  ])('reads %s as %s', (text, kind, value) => {
    expect(parseObservable(text)).toEqual({ observable: { kind, value }, notes: [] });
  });

  it('ignores space around the token, and nothing else', () => {
    expect(readAs('\n 203.0.113.9 \u00A0')).toEqual({ kind: 'ipv4', value: '203.0.113.9' });
    expect(parseObservable('203.0.113.9,')).toHaveProperty('objection');
  });

  it.each([
    ['', 'Nothing to read here.'],
    [' \t', 'Nothing to read here.'],
    ['evil.example 203.0.113.9', 'These are several words: send one observable at a time.'],
    ['evil.exam\u202Eple', 'It holds a character that cannot be seen, <U+202E>.'],
    ['evil\u0000.example', 'It holds a character that cannot be seen, <U+0000>.'],
    ['evil\u{E0041}.example', 'It holds a character that cannot be seen, <U+E0041>.'],
    ['\uD800.example', 'It holds a character that cannot be seen, <U+D800>.'],
  ])('objects to %j', (text, objection) => {
    expect(parseObservable(text)).toEqual({ objection });
  });

  it('reads as much as a Telegram message holds and no more', () => {
    const url = `http://evil.example/${'a'.repeat(LONGEST_TOKEN)}`;

    expect(parseObservable(url.slice(0, LONGEST_TOKEN))).toHaveProperty('observable');
    expect(parseObservable(url.slice(0, LONGEST_TOKEN + 1))).toHaveProperty('objection');
  });

  it('asks whether the host is meant when a port stands behind it', () => {
    const objection = 'A port is no part of an address or a domain.';

    expect(parseObservable('203.0.113.9:443')).toEqual({ objection, didYouMean: readAs('203.0.113.9') });
    expect(parseObservable('evil.example:8080')).toEqual({ objection, didYouMean: readAs('evil.example') });
    expect(parseObservable('[2001:db8::1]:443')).toEqual({ objection, didYouMean: readAs('2001:db8::1') });
  });

  it('asks whether http is meant when a path stands behind a host', () => {
    expect(parseObservable('evil[.]example/a')).toEqual({
      objection: 'A URL begins with http:// or https://.',
      didYouMean: { kind: 'url', value: 'http://evil.example/a' },
    });
    expect(parseObservable('and/or')).toEqual({ objection: 'A single word is not a domain name.' });
  });
});
