import { isWithin, type Network, readNetwork, toAddressObservable } from '#domain/address.ts';
import type { Observable } from '#domain/observable.ts';

/** One line of a table of pf. The entry that is the most specific for an address decides about it (pf.conf(5), TABLES). */
export type TableEntry = {
  /** As the firewall writes it: it finds the entry by this text alone when it is to delete it. */
  readonly text: string;
  readonly network: Network;
  /** Written with `!`: what lies in it does not match the table. */
  readonly isExcluded: boolean;
};

/** Reads a line of a table; null if it is neither an address nor a network. */
export function parseTableEntry(text: string): TableEntry | null {
  const isExcluded = text.startsWith('!');
  const network = readNetwork(isExcluded ? text.slice(1).trim() : text);
  return network && { text, network, isExcluded };
}

/** The address or network of an entry. */
export function targetOf({ network }: TableEntry): Observable {
  const { start, prefix } = network;
  if (prefix === bitsOf(network)) return toAddressObservable(start);
  return { kind: 'cidr', value: `${start.toString()}/${prefix}` };
}

/** The entry that names exactly this network, excluded or not. */
export function entryOf(table: readonly TableEntry[], network: Network): TableEntry | undefined {
  return table.find((entry) => holds(entry.network, network) && entry.network.prefix === network.prefix);
}

/** The entry that decides about the whole of a network: the most specific one around it. */
export function decidingEntry(table: readonly TableEntry[], network: Network): TableEntry | undefined {
  const around = table.filter((entry) => holds(entry.network, network));
  return around.toSorted((a, b) => b.network.prefix - a.network.prefix)[0];
}

/** What is excluded from a network, itself included: an entry that leaves part of it open. */
export function exclusionIn(table: readonly TableEntry[], network: Network): TableEntry | undefined {
  return table.find((entry) => entry.isExcluded && holds(network, entry.network));
}

function holds(outer: Network, inner: Network): boolean {
  return outer.prefix <= inner.prefix && isWithin(inner.start, outer);
}

function bitsOf({ start }: Network): number {
  return start.kind() === 'ipv4' ? 32 : 128;
}
