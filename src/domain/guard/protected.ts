import { isNumericHost, type Network, readNetwork } from '#domain/address.ts';
import { toAsciiHost } from '#domain/idn.ts';
import type { Guard, Lifeline } from './guard.ts';
import { TELEGRAM } from './telegram.ts';

/** Whose something is: what to call it in a sentence, and whether SocBot itself stops without it. */
type Claim = { readonly what: string; readonly isLifeline: boolean };

/** A network that nothing may be blocked in. */
type ProtectedNetwork = Claim & { readonly network: Network };

/** A name that must go on resolving. `isWhole` says that every name beneath it is protected with it. */
export type ProtectedName = Claim & { readonly name: string; readonly isWhole: boolean };

export type Protected = { readonly networks: readonly ProtectedNetwork[]; readonly names: readonly ProtectedName[] };

const known = new WeakMap<Guard, Protected | string>();

/** What a guard protects, in a form that can be compared; a sentence instead when a part of it cannot be read. */
export function protectedBy(guard: Guard): Protected | string {
  const before = known.get(guard);
  if (before !== undefined) return before;
  const read = readProtected(guard);
  known.set(guard, read);
  return read;
}

/** The lower-case punycode spelling of a host name of ours, which may have a single label; null if it is none. */
function readName(text: string): string | null {
  const bare = text.replace(/\.$/, '');
  const host = /^[^\s/?#@:\\%]{1,253}$/.test(bare) ? toAsciiHost(bare) : null;
  const isName = host !== null && /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(host) && !isNumericHost(host);
  return isName ? host : null;
}

function readProtected(guard: Guard): Protected | string {
  const read = [
    ...guard.ownNetworks.map((text) => readAsNetwork(text, ours(`our own network ${text}`))),
    ...guard.ownDomains.map((text) => readAsName(text, { ...ours(`our own domain ${text}`), isWhole: true })),
    ...[...TELEGRAM, ...guard.lifelines].map(readLifeline),
    ...guard.hosts.flatMap(({ name, addresses }) => [
      readAsName(name, { ...ours(`our machine ${name}`), isWhole: false }),
      ...addresses.map((text) => readAsNetwork(text, ours(`our machine ${name}`))),
    ]),
  ];
  const unread = read.find((entry) => typeof entry === 'string');
  if (unread !== undefined) return `Nothing is blocked until the settings are mended: ${unread} cannot be read.`;
  return {
    networks: read.filter((entry): entry is ProtectedNetwork => typeof entry !== 'string' && 'network' in entry),
    names: read.filter((entry): entry is ProtectedName => typeof entry !== 'string' && 'isWhole' in entry),
  };
}

function ours(what: string): Claim {
  return { what, isLifeline: false };
}

function readLifeline({ name, what, value }: Lifeline): ProtectedNetwork | ProtectedName | string {
  const claim = { what: `SocBot's life-line ${name}`, isLifeline: true };
  if (what === 'network') return readAsNetwork(value, claim);
  const host = value.replace(/^\[(.*)\]$/, '$1');
  const isAddress = !host.includes('/') && readNetwork(host) !== null;
  return isAddress ? readAsNetwork(host, claim) : readAsName(host, { ...claim, isWhole: false });
}

/** What it was to be comes back where the text cannot be read. */
function readAsNetwork(text: string, claim: Claim): ProtectedNetwork | string {
  const network = readNetwork(text);
  return network ? { network, ...claim } : claim.what;
}

function readAsName(text: string, claim: Omit<ProtectedName, 'name'>): ProtectedName | string {
  const name = readName(text);
  return name === null ? claim.what : { name, ...claim };
}
