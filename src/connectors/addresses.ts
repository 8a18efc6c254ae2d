import ipaddr from 'ipaddr.js';

/** Whether two texts are one IP address, however they are written. Text that is no address is nobody's. */
export function isSameAddress(a: string, b: string): boolean {
  if (!ipaddr.isValid(a) || !ipaddr.isValid(b)) return false;
  return ipaddr.parse(a).toNormalizedString() === ipaddr.parse(b).toNormalizedString();
}

/** Whether the range from `first` to `last`, both included, holds the whole of an address or a network like `192.0.2.0/24`. */
export function isInRange(target: string, first: string, last: string): boolean {
  if (!ipaddr.isValid(first) || !ipaddr.isValid(last)) return false;
  const bounds = boundsOf(target);
  if (!bounds) return false;
  const [low, high] = [ipaddr.parse(first), ipaddr.parse(last)];
  if (low.kind() !== bounds[0].kind() || high.kind() !== low.kind()) return false;
  return numberOf(low) <= numberOf(bounds[0]) && numberOf(bounds[1]) <= numberOf(high);
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function boundsOf(target: string): [first: Address, last: Address] | null {
  if (ipaddr.isValid(target)) return [ipaddr.parse(target), ipaddr.parse(target)];
  if (!ipaddr.isValidCIDR(target)) return null;
  if (ipaddr.parseCIDR(target)[0].kind() === 'ipv4') {
    return [ipaddr.IPv4.networkAddressFromCIDR(target), ipaddr.IPv4.broadcastAddressFromCIDR(target)];
  }
  return [ipaddr.IPv6.networkAddressFromCIDR(target), ipaddr.IPv6.broadcastAddressFromCIDR(target)];
}

function numberOf(address: Address): bigint {
  return address.toByteArray().reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}
