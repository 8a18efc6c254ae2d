import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { isWithin, readIpv4, readIpv6, readNetwork } from '#domain/address.ts';
import type { Secret } from '#domain/secret.ts';

/** Who may fetch the lists. What is null is not asked for. */
export type FeedAccess = {
  /** Asked for as a Bearer token or as the password of Basic authentication. */
  readonly token: Secret | null;
  /** Addresses and networks; a request must come from one of them, whatever its headers say. */
  readonly allow: readonly string[] | null;
};

/**
 * Addresses and networks as a setting has them, with commas or spaces between. A network of everybody is refused: the list
 * stands in for the token.
 */
export const AllowedNetworks = z.string().transform((text, context): readonly string[] => {
  const networks = text.split(/[\s,]+/).filter((part) => part !== '');
  const isUnfit = networks.some((network) => (readNetwork(network)?.prefix ?? 0) === 0);
  if (networks.length > 0 && !isUnfit) return networks;
  context.addIssue('is not a list of networks; write the addresses that may fetch, like 192.0.2.7, 198.51.100.0/24');
  return z.NEVER;
});

/** Why a request gets nothing, as a status: 403 from a place that is not on the list, 401 without the token; else null. */
export function refusalOf(
  { token, allow }: FeedAccess,
  peer: string | undefined,
  authorization: string | undefined,
): 401 | 403 | null {
  if (allow !== null && !isOnList(allow, peer ?? '')) return 403;
  return token === null || isToken(token, authorization ?? '') ? null : 401;
}

/** The peer is the other end of the connection. A socket for both families tells an IPv4 one as `::ffff:192.0.2.7`. */
function isOnList(allow: readonly string[], peer: string): boolean {
  const text = peer.replace(/%.*$/, '');
  const v6 = readIpv6(text);
  const address = v6?.isIPv4MappedAddress() ? v6.toIPv4Address() : (v6 ?? readIpv4(text));
  if (address === null) return false;
  return allow.map(readNetwork).some((network) => network !== null && isWithin(address, network));
}

function isToken(token: Secret, authorization: string): boolean {
  const [scheme, credentials = ''] = authorization.split(' ');
  if (scheme?.toLowerCase() === 'bearer') return isSame(credentials, token.reveal());
  if (scheme?.toLowerCase() !== 'basic') return false;
  const password = Buffer.from(credentials, 'base64').toString('utf8').split(':').slice(1).join(':');
  return isSame(password, token.reveal());
}

function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
