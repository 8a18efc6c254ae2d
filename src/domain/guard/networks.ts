import ipaddr from 'ipaddr.js';
import { isWithin, type Network, overlaps } from '#domain/address.ts';
import type { GuardFinding } from './guard.ts';
import type { Protected } from './protected.ts';
import { objectionToRange } from './ranges.ts';

/** Shorter prefixes hit more strangers than anyone can oversee. */
const WIDEST = { ipv4: 24, ipv6: 48 };

/** What speaks against blocking an address or a network, all of it "never". A single address has the full prefix. */
export function judgeNetwork(network: Network, kept: Protected, allowDocumentation: boolean): readonly GuardFinding[] {
  const objections = [
    objectionToWidth(network),
    ...kept.networks.filter((one) => overlaps(one.network, network)).map((one) => relate(network, one)),
    objectionToRange(network.start, allowDocumentation) ?? objectionToRange(lastOf(network), allowDocumentation),
  ];
  return [...new Set(objections)].flatMap((why) => (why === null ? [] : [{ tier: 'never' as const, why }]));
}

/** Why a network is too wide for one decision; null where it is not. */
export function objectionToWidth({ start, prefix }: Network): string | null {
  const widest = WIDEST[start.kind()];
  return prefix < widest ? `It is wider than /${widest}.` : null;
}

function relate(target: Network, { network, what }: Protected['networks'][number]): string {
  const isInside = target.prefix >= network.prefix && isWithin(target.start, network);
  return isInside ? `It belongs to ${what}.` : `It would take ${what} along.`;
}

/** Special ranges are wider than what may be blocked, or begin where it begins or end where it ends. */
function lastOf({ start, prefix }: Network): ipaddr.IPv4 | ipaddr.IPv6 {
  const family = start.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return family.broadcastAddressFromCIDR(`${start.toString()}/${prefix}`);
}
