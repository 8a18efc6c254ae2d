import { type LeaseNote, readLeaseNote, writeLeaseNote } from '#connectors/lease-note.ts';
import { readIpv4, readIpv6, toAddressObservable } from '#domain/address.ts';
import type { Observable } from '#domain/observable.ts';
import type { Freeing, Hold } from '#domain/responder.ts';
import type { ListContent } from './schema.ts';

/**
 * A list of key and value (CDB), one on a line: https://documentation.wazuh.com/current/user-manual/ruleset/cdb-list.html
 * This first line never matches an address. Without it the last entry could not be taken off: an empty list is refused.
 */
const PLACEHOLDER = ['socbot', 'keeps the list from being empty'] as const;

/** One address on the list; `note` is null where SocBot did not put it there. */
export type ListedAddress = { readonly target: Observable; readonly note: LeaseNote | null };

/** Every single address on the list, in its canonical spelling. */
export function addressesOn(list: ListContent): ListedAddress[] {
  return list.flatMap(([key, value]) => {
    const target = targetOf(key);
    return target ? [{ target, note: readLeaseNote(value) }] : [];
  });
}

function targetOf(key: string): Observable | null {
  const address = readIpv4(key) ?? readIpv6(key);
  return address && toAddressObservable(address);
}

/** The entry for exactly this address, SocBot's own first where it is on the list in two spellings. */
export function entryFor(list: ListContent, { value }: Observable): ListedAddress | null {
  const found = addressesOn(list).filter(({ target }) => target.value === value);
  return found.find(({ note }) => note !== null) ?? found[0] ?? null;
}

/** The entry of a network that holds the address too: a key that ends in a dot stands for all that begins so. */
export function networkAround(list: ListContent, { value }: Observable): string | null {
  return list.find(([key]) => /^(?:\d{1,3}\.){1,3}$/.test(key) && value.startsWith(key))?.[0] ?? null;
}

/** The list with this address held, once. */
export function withHold(list: ListContent, hold: Hold): ListContent {
  // Wazuh leaves out every line with this word when it reads a list out.
  const value = writeLeaseNote(hold).replaceAll('TEMPLATE', 'Template');
  const others = list.filter(([key]) => key !== hold.target.value);
  return [...others, [hold.target.value, value]];
}

/** The list without what this lease holds of the address; without a lease, without the address in whatever spelling. */
export function without(list: ListContent, { target, leaseId }: Freeing): ListContent {
  return list.filter(([key, value]) => {
    const isMeant = leaseId === null || readLeaseNote(value)?.leaseId === leaseId;
    return !isMeant || targetOf(key)?.value !== target.value;
  });
}

/** The list as a file. Keys and values that hold a colon are put in quotation marks. */
export function toFile(list: ListContent): string {
  const others = list.filter(([key]) => key !== PLACEHOLDER[0]);
  return [PLACEHOLDER, ...others].map(([key, value]) => `${quote(key)}:${quote(value)}\n`).join('');
}

function quote(text: string): string {
  return text.includes(':') ? `"${text}"` : text;
}
