/** One line of a list for one observable's value, or null where the reader of the list has no words for it. */
export type FeedLine = (value: string) => string | null;

/** The value as it is. Not one with a space or a control character in it, which would be two entries to a reader. */
export const asItIs: FeedLine = (value) => (/^[\x21-\x7E]+$/.test(value) ? value : null);

/** Only IPv4, for readers that keep the two families apart. */
export const ipv4Only: FeedLine = (value) => (value.includes(':') ? null : asItIs(value));

/** Only IPv6. */
export const ipv6Only: FeedLine = (value) => (value.includes(':') ? asItIs(value) : null);

/** The vendor says 255; Palo Alto's own exporter takes care to stay below. */
const LONGEST_FOR_PALO_ALTO = 254;

/**
 * A URL as PAN-OS wants it: no scheme, at most 254 characters. `*` and `^` are its wildcards: a URL that holds one would
 * block more than was approved, and so would one whose port were left off.
 * https://docs.paloaltonetworks.com/advanced-url-filtering/administration/configuring-url-filtering/url-category-exceptions/guidelines-for-url-category-exceptions
 */
export const paloAltoUrl: FeedLine = (value) => {
  const url = webUrlOf(value);
  if (!url || url.port !== '') return null;
  const line = `${url.host}${url.pathname}${url.search}`;
  return line.length <= LONGEST_FOR_PALO_ALTO && !/[*^]/.test(line) ? asItIs(line) : null;
};

const LONGEST_FOR_FORTIGATE = 4000;

/**
 * A URL as FortiGate wants it, with its scheme. `*` is a wildcard, at the start or the end. Lines have at most 4 K:
 * https://community.fortinet.com/t5/FortiGate/Technical-Tip-How-to-use-an-external-resource-on-a-remote-HTTP/ta-p/225335
 */
export const fortiGateUrl: FeedLine = (value) => {
  const line = webUrlOf(value)?.href ?? null;
  return line !== null && line.length <= LONGEST_FOR_FORTIGATE && !line.includes('*') ? asItIs(line) : null;
};

/** A URL as a regular expression that matches it and nothing else, for Squid's `url_regex` (POSIX, extended). */
export const squidUrl: FeedLine = (value) => {
  const url = webUrlOf(value);
  return url && asItIs(`^${url.href.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`)}$`);
};

/** A web address as it is requested: without the name before `@` and without what follows `#`, which never leave a browser. */
function webUrlOf(value: string): URL | null {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}
