import { statSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OBSERVABLE_KINDS, type ObservableKind } from '#domain/observable.ts';
import { LISTS_FILE, openWarningLists } from '#src/warning-lists/open.ts';

const lists = openWarningLists();
const listsOf = (kind: ObservableKind, value: string) => lists.find({ kind, value }).map(({ list }) => list);

describe('the warning lists that come with SocBot', () => {
  it.each([
    ['ipv4', '8.8.8.8', 'public-dns-v4'],
    ['ipv4', '104.16.132.229', 'cloudflare'],
    ['ipv6', '2606:4700::6810:84e5', 'cloudflare'],
    ['cidr', '1.1.1.0/24', 'public-dns-v4'],
    ['domain', 'bit.ly', 'url-shortener'],
    ['domain', 'www.google.com', 'tranco10k'],
    ['domain', 'login.windows.net', 'microsoft-office365'],
    ['domain', 'windows.net', 'microsoft-office365'],
    ['domain', 'duckdns.org', 'dynamic-dns'],
    ['url', 'https://bit.ly/3xyz', 'url-shortener'],
    ['url', 'http://8.8.8.8/', 'public-dns-v4'],
    ['md5', 'd41d8cd98f00b204e9800998ecf8427e', 'empty-hashes'],
    ['sha1', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', 'empty-hashes'],
    ['sha256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'empty-hashes'],
  ] as const)('know %s %s from the list %s', (kind, value, list) => {
    expect(listsOf(kind, value)).toContain(list);
  });

  it.each([
    ['domain', 'evil.example'],
    ['domain', 'some-new-name-of-nobody.com'],
    ['domain', 'some-new-name-of-nobody.co.uk'],
    ['ipv4', '192.0.2.1'],
    ['sha256', '0'.repeat(64)],
  ] as const)('have nothing on %s %s', (kind, value) => {
    expect(listsOf(kind, value)).toEqual([]);
  });

  it('have a day, and take a few megabytes', () => {
    expect(lists.date).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(statSync(LISTS_FILE).size).toBeLessThan(5 * 2 ** 20);
  });

  it('answer to whatever text without throwing', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.webUrl(), fc.ipV6(), fc.domain());
    fc.assert(
      fc.property(fc.constantFrom(...OBSERVABLE_KINDS), text, (kind, value) => {
        expect(Array.isArray(lists.find({ kind, value }))).toBe(true);
      }),
    );
  });
});
