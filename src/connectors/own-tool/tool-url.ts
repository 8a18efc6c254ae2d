import { readIpv4, readIpv6 } from '#domain/address.ts';

/** How a tool is reached: where, and why without encryption if it is. */
export type ToolAddress = { readonly url: string; readonly unencrypted?: string | undefined };

/**
 * Why a tool is not called at this address, and what to write; null if it is. Without encryption only on this machine, or
 * with a reason in a private network: the secret and the orders travel in the clear.
 */
export function objectionToUrl({ url: text, unencrypted }: ToolAddress): string | null {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return 'is not the address of a tool; write https:// and its host';
  if (url.username + url.password + url.search + url.hash !== '')
    return 'has more than scheme, host and path; write secrets under headers, and queries under query';
  if (url.protocol === 'https:' || isThisMachine(url.hostname)) return null;
  if (!isPrivate(url.hostname)) return 'would send the secret in the clear over the Internet; write it with https://';
  return unencrypted === undefined
    ? 'would send the secret in the clear; write it with https://, or say why not under unencrypted'
    : null;
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || rangeOf(host) === 'loopback';
}

/** An address of a private network, or a name without a dot, which only such a network resolves. */
function isPrivate(host: string): boolean {
  return ['private', 'uniqueLocal'].includes(rangeOf(host) ?? '') || /^[a-z0-9-]+$/i.test(host);
}

function rangeOf(host: string): string | undefined {
  return (readIpv4(host) ?? readIpv6(host.replaceAll(/[[\]]/g, '')))?.range();
}
