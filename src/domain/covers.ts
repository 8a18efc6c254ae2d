import { isWithin, type Network, readNetwork } from './address.ts';
import { type Observable, observableKey } from './observable.ts';

/** The first of some observables that meets a target: the same, one inside of the other, a name above it or below it. */
export function coveredBy(target: Observable, some: readonly Observable[]): Observable | undefined {
  return some.find((one) => meets(one, target));
}

/** The first network that holds all of an address or a network, and more; names have none. */
export function widerThan<Entry extends { readonly target: Observable }>(
  target: Observable,
  some: readonly Entry[],
): Entry | undefined {
  const inner = target.kind === 'url' ? null : networkOf(target);
  return some.find((one) => {
    const outer = one.target.kind === 'cidr' ? networkOf(one.target) : null;
    return inner !== null && outer !== null && outer.prefix < inner.prefix && isInside(inner, outer);
  });
}

function meets(one: Observable, other: Observable): boolean {
  if (observableKey(one) === observableKey(other)) return true;
  if (one.kind === 'url' && other.kind === 'url') return false;
  const networks = [networkOf(one), networkOf(other)] as const;
  if (networks[0] && networks[1]) return isInside(networks[0], networks[1]) || isInside(networks[1], networks[0]);
  const names = [nameOf(one), nameOf(other)] as const;
  if (names[0] === null || names[1] === null) return false;
  return isUnder(names[0], names[1]) || isUnder(names[1], names[0]);
}

function networkOf({ kind, value }: Observable): Network | null {
  if (kind === 'url') return readNetwork(URL.parse(value)?.hostname.replace(/^\[|\]$/g, '') ?? '');
  return ['ipv4', 'ipv6', 'cidr'].includes(kind) ? readNetwork(value) : null;
}

function isInside(inner: Network, outer: Network): boolean {
  return inner.prefix >= outer.prefix && isWithin(inner.start, outer);
}

function nameOf({ kind, value }: Observable): string | null {
  if (kind === 'domain') return value;
  return kind === 'url' ? (URL.parse(value)?.hostname ?? null) : null;
}

function isUnder(name: string, parent: string): boolean {
  return name === parent || name.endsWith(`.${parent}`);
}
