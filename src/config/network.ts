import ipaddr from 'ipaddr.js';

/** Why a text is not a network in CIDR notation, and what to write; null if it is. */
export function objectionToNetwork(text: string): string | null {
  const match = /^([0-9a-f:.]{1,45})(?:\/(\d{1,3}))?$/i.exec(text.trim());
  const host = match?.[1] ?? '';
  if (!ipaddr.IPv4.isValidFourPartDecimal(host) && !(host.includes(':') && ipaddr.IPv6.isValid(host))) {
    return 'is not a network; write it like 203.0.113.0/24 or 2001:db8::/32';
  }
  const bits = ipaddr.parse(host).kind() === 'ipv4' ? 32 : 128;
  if (match?.[2] === undefined) return `is a single address; write ${host}/${bits}`;
  const prefix = Number(match[2]);
  if (prefix > bits) return `has a prefix longer than ${bits}; write it like ${host}/${bits}`;
  if (prefix === 0) return 'is the whole Internet, so nothing could ever be blocked; write the networks that are yours';
  const network = networkOf(text);
  return network.startsWith(`${ipaddr.parse(host).toString()}/`)
    ? null
    : `is not where a network starts; write ${network}`;
}

/** The one spelling of a network, with its first address; the text must be one that `objectionToNetwork` knows as CIDR. */
export function networkOf(text: string): string {
  const [address, prefix] = ipaddr.parseCIDR(text.trim());
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(`${address.toString()}/${prefix}`).toString()}/${prefix}`;
}
