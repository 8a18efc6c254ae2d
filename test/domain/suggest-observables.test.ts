import { describe, expect, it } from 'vitest';
import { suggestObservables } from '#domain/suggest-observables.ts';

function valuesIn(text: string): string[] {
  return suggestObservables(text).found.map((observable) => observable.value);
}

describe('suggestObservables', () => {
  it('finds every kind in a pasted report, in order and once', () => {
    const { found, notes, truncated } = suggestObservables(`
      Beacon to hxxps://c2[.]evil[.]example/gate.php (203.0.113.9, 2001:db8::9), network 198.51.100.0/24.
      Mail from <user[at]evil[dot]example>; again 203.0.113[.]9.
      MD5: 44d88612fea8a8f36de82e1278abb02f, SHA1=3395856ce81f2b7382dee72602f798b642f14140`);

    expect(found).toEqual([
      { kind: 'url', value: 'https://c2.evil.example/gate.php' },
      { kind: 'ipv4', value: '203.0.113.9' },
      { kind: 'ipv6', value: '2001:db8::9' },
      { kind: 'cidr', value: '198.51.100.0/24' },
      { kind: 'email', value: 'user@evil.example' },
      { kind: 'md5', value: '44d88612fea8a8f36de82e1278abb02f' },
      { kind: 'sha1', value: '3395856ce81f2b7382dee72602f798b642f14140' },
    ]);
    expect({ notes, truncated }).toEqual({ notes: [], truncated: false });
  });

  it.each(['203.0.113.66->198.51.100.23', '203.0.113.66 => 198.51.100.23', '203.0.113.66→198.51.100.23'])(
    'finds both ends of %s',
    (text) => {
      expect(valuesIn(text)).toEqual(['203.0.113.66', '198.51.100.23']);
    },
  );

  it.each([
    ['(http://evil.example/a).', 'http://evil.example/a'],
    ['<http://evil.example/a>', 'http://evil.example/a'],
    ['"http://evil.example/a"', 'http://evil.example/a'],
    ['[click](http://evil.example/a)', 'http://evil.example/a'],
    ['http://evil.example/a_(b).', 'http://evil.example/a_(b)'],
    ['http://evil.example/a,b?c=d;e', 'http://evil.example/a,b?c=d;e'],
    ['url=http://evil.example/?u=http://good.example/', 'http://evil.example/?u=http://good.example/'],
    ['hXXp://203.0.113.9/x', 'http://203.0.113.9/x'],
    ['http://evil.example/?q=YWJjZA==', 'http://evil.example/?q=YWJjZA=='],
    ['(http://evil.example/~a_).', 'http://evil.example/~a_'],
    ['**http://evil.example/a**', 'http://evil.example/a'],
    ['__http://evil.example/a*__.', 'http://evil.example/a*'],
    ['http://[2001:db8::1]:8080/x', 'http://[2001:db8::1]:8080/x'],
    ['ftp://evil.example/x!', 'ftp://evil.example/x'],
    ['evil[.]example/path[.]php', 'http://evil.example/path.php'],
    ['evil<.>example', 'evil.example'],
    ['evil [dot] example', 'evil.example'],
    ['user [at] evil [dot] example', 'user@evil.example'],
    ['2001:db8[::]1', '2001:db8::1'],
    ['[203.0.113.9]', '203.0.113.9'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['203.0.113.9:443', '203.0.113.9'],
    ['src_ip:203.0.113.9:443;', '203.0.113.9'],
    ['ip=203.0.113.9', '203.0.113.9'],
    ["host='evil.example'", 'evil.example'],
    ['|evil.example|', 'evil.example'],
    ['*.evil.example', 'evil.example'],
    ['evil\uFEFF.example', 'evil.example'],
    ['EVIL.example.', 'evil.example'],
    ['192.0.2.0/24,', '192.0.2.0/24'],
  ])('finds in %j exactly %s', (text, value) => {
    expect(valuesIn(`see ${text} there`)).toEqual([value]);
  });

  it('separates what commas and semicolons separate', () => {
    expect(valuesIn('203.0.113.1,203.0.113.2;http://a.example/x,http://b.example/y')).toEqual([
      '203.0.113.1',
      '203.0.113.2',
      'http://a.example/x',
      'http://b.example/y',
    ]);
  });

  it.each([
    ['раураl.example', 'раураl[.]example: The name mixes Cyrillic and Latin letters.'],
    ['999.1.1.1', '999.1.1[.]1: 999 is more than 255: this is no IPv4 address.'],
    ['203.0.113.4/24', '203.0.113[.]4/24: This is an address inside a network; the network is 203.0.113.0/24.'],
    ['invoice.zip', 'invoice[.]zip: This can be a file name or a domain.'],
    ['请封禁203.0.113.9。', '请封禁203.0.113[.]9: stands next to other letters, send it alone'],
    ['evil\u202E.example', 'evil<U+202E>.example: It holds a character that cannot be seen, <U+202E>.'],
    [
      'a'.repeat(128),
      `${'a'.repeat(29)}…${'a'.repeat(18)}: A hash has 32 (MD5), 40 (SHA-1) or 64 (SHA-256) digits; this one has 128.`,
    ],
  ])('offers nothing of %j and says why', (text, note) => {
    expect(suggestObservables(`see ${text} there`)).toEqual({ found: [], notes: [note], truncated: false });
  });

  it('says what it read differently from how it was written', () => {
    expect(
      suggestObservables('http://münchen.example/x 203.0.113.9:443 evil.example/a http://evil.example/b看').notes,
    ).toEqual([
      'hxxp://xn--mnchen-3ya[.]example/x: punycode for a name with Latin letters',
      '203.0.113[.]9: the port was left out',
      'hxxp://evil[.]example/a: no scheme was written, http is assumed',
      'hxxp://evil[.]example/b%E7%9C%8B: holds letters beyond ASCII, check where it ends',
    ]);
  });

  it('is silent about ordinary words, dates, versions and sentences in any script', () => {
    const prose =
      'Hello, e.g. node.js v1.2.3 on 24.11.2026 at 3.14: and/or (see A.B.). Привет.Как дела? 你好。再见 C:\\a.txt :-)';

    expect(suggestObservables(prose)).toEqual({ found: [], notes: [], truncated: false });
  });
});

describe('a giant paste', () => {
  it('is read to 64 Ki units and never to the middle of a word', () => {
    const text = `${' '.repeat(65_536 - 'evil.example'.length)}evil.example.org`;

    expect(suggestObservables(text)).toEqual({ found: [], notes: [], truncated: true });
  });

  it.each(['a.', '(', '[.]', 'http://', '@', ':', '\\.', 'xn--'])('of %j in one word offers nothing', (piece) => {
    const { found, notes } = suggestObservables(piece.repeat(Math.floor(65_536 / piece.length)));

    expect(found).toEqual([]);
    expect(notes.length).toBeLessThanOrEqual(1);
  });

  it('of addresses gives them all, and at most ten notes and a count', () => {
    const addresses = [...Array(4000).keys()].map((index) => `10.0.${index >> 8}.${index & 255}`);
    const notAddresses = [...Array(50).keys()].map((index) => `999.0.0.${index}`);

    expect(valuesIn(addresses.join('\n'))).toEqual(addresses);
    expect(suggestObservables(notAddresses.join('\n')).notes).toHaveLength(11);
    expect(suggestObservables(notAddresses.join('\n')).notes.at(-1)).toBe('and 40 more');
  });
});
