import type { ObservableKind } from '#domain/observable.ts';
import { asItIs, type FeedLine, fortiGateUrl, ipv4Only, ipv6Only, paloAltoUrl, squidUrl } from './feed-lines.ts';

/** One list that can be fetched: where, of what, and how a line of it looks. */
export type Feed = { readonly kinds: readonly ObservableKind[]; readonly line: FeedLine };

const ADDRESSES: readonly ObservableKind[] = ['ipv4', 'ipv6', 'cidr'];

/** Where the list of addresses is: what firewalls were first told, and still are. */
export const ADDRESS_PATH = '/blocklist.txt';

/** Every list, by its path. README.md in this folder says which firewall reads which. */
export const FEEDS: ReadonlyMap<string, Feed> = new Map([
  [ADDRESS_PATH, { kinds: ADDRESSES, line: asItIs }],
  ['/ipv4.txt', { kinds: ADDRESSES, line: ipv4Only }],
  ['/ipv6.txt', { kinds: ADDRESSES, line: ipv6Only }],
  ['/domains.txt', { kinds: ['domain'], line: asItIs }],
  ['/urls.txt', { kinds: ['url'], line: asItIs }],
  ['/paloalto/urls.txt', { kinds: ['url'], line: paloAltoUrl }],
  ['/fortigate/urls.txt', { kinds: ['url'], line: fortiGateUrl }],
  ['/squid/urls.txt', { kinds: ['url'], line: squidUrl }],
  ['/hashes.txt', { kinds: ['md5', 'sha1', 'sha256'], line: asItIs }],
  ['/md5.txt', { kinds: ['md5'], line: asItIs }],
  ['/sha1.txt', { kinds: ['sha1'], line: asItIs }],
  ['/sha256.txt', { kinds: ['sha256'], line: asItIs }],
] satisfies (readonly [string, Feed])[]);

/**
 * What a list that holds nothing says. Not an empty file: pfSense takes one for a failed download and goes on blocking the
 * last entry (`parse_aliases_file` in its pfsense-utils.inc). Every reader passes over a line that starts with `#`.
 */
const NOTHING = '# nothing is blocked\n';

/** A list as it is served, and how many entries were left out since its reader has no words for them. */
export function renderFeed(
  feed: Feed,
  held: readonly { readonly kind: ObservableKind; readonly value: string }[],
): { readonly body: string; readonly leftOut: number } {
  const wanted = held.filter(({ kind }) => feed.kinds.includes(kind));
  const lines = [...new Set(wanted.map(({ value }) => feed.line(value)))].filter((line) => line !== null);
  const leftOut = wanted.filter(({ value }) => feed.line(value) === null).length;
  return { body: lines.length === 0 ? NOTHING : lines.map((line) => `${line}\n`).join(''), leftOut };
}
