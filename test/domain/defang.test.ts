import { describe, expect, it } from 'vitest';
import { defang, defangText } from '#domain/defang.ts';
import { readAs } from './observable-arbitraries.ts';

describe('defang', () => {
  it.each([
    ['203.0.113.9', '203.0.113[.]9'],
    ['203.0.113.0/24', '203.0.113[.]0/24'],
    ['2001:db8::1', '2001[:]db8::1'],
    ['2001:db8::/32', '2001[:]db8::/32'],
    ['www.evil.example', 'www.evil[.]example'],
    ['http://www.evil.example/a.php', 'hxxp://www.evil[.]example/a.php'],
    ['https://u.v@evil.example:8443/a@b.c', 'hxxps://u.v@evil[.]example:8443/a@b.c'],
    ['ftp://203.0.113.9/', 'fxp://203.0.113[.]9/'],
    ['http://[2001:db8::1]/', 'hxxp://[2001:db8::1]/'],
    ['user@evil.example', 'user[@]evil[.]example'],
    ['44d88612fea8a8f36de82e1278abb02f', '44d88612fea8a8f36de82e1278abb02f'],
  ])('shows %s as %s', (text, shown) => {
    expect(defang(readAs(text))).toBe(shown);
  });
});

describe('defangText', () => {
  it('breaks every link and address in a sentence and leaves the sentence', () => {
    expect(defangText('See HTTPS://evil.example/a, ftp://203.0.113.9 or ask user@evil.example. Done.')).toBe(
      'See hxxpS://evil[.]example/a, fxp://203.0.113[.]9 or ask user[@]evil[.]example. Done.',
    );
  });
});
