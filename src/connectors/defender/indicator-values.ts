import ipaddr from 'ipaddr.js';
import { isSameAddress } from '#connectors/addresses.ts';
import type { Observable, ObservableKind } from '#domain/observable.ts';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';

/** The vendor's types of indicator by our kinds. */
const TYPES: Partial<Record<ObservableKind, string>> = {
  ipv4: 'IpAddress',
  ipv6: 'IpAddress',
  domain: 'DomainName',
  url: 'Url',
  md5: 'FileMd5',
  sha1: 'FileSha1',
  sha256: 'FileSha256',
};

/** What an indicator is about, in the vendor's spelling. */
export type Named = { readonly type: string; readonly value: string };

/** The kinds that can be an indicator. */
export const INDICATOR_KINDS = Object.keys(TYPES) as ObservableKind[];

/**
 * How the vendor wants a target written; null for a kind that it has no indicator for. IPv6 takes all eight parts:
 * https://learn.microsoft.com/defender-endpoint/indicators-overview
 */
export function nameOf({ kind, value }: Observable): Named | null {
  const type = TYPES[kind];
  if (type === undefined) return null;
  return { type, value: kind === 'ipv6' ? ipaddr.parse(value).toNormalizedString() : value };
}

/** Whether an indicator is about exactly this target, however a person has spelt it. */
export function isAbout(named: Named, target: Observable): boolean {
  const expected = nameOf(target);
  if (expected?.type !== named.type) return false;
  if (expected.type === 'IpAddress') return isSameAddress(named.value, target.value);
  const isCaseFree = expected.type !== 'Url';
  return isCaseFree ? named.value.toLowerCase() === target.value : named.value === target.value;
}

/** The target of an indicator that somebody made; null where it is nothing that SocBot could let go by its name. */
export function targetOf({ type, value }: Named): Observable | null {
  const parsed = parseObservable(value);
  const target = isUnderstood(parsed) ? parsed.observable : parsed.didYouMean;
  return target && isAbout({ type, value }, target) ? target : null;
}

/** An OData filter for all that can be about this target: the spellings that people use, since `eq` heeds their case. */
export function filterOf(target: Observable): string {
  const { type, value } = nameOf(target) ?? { type: '', value: '' };
  const spellings = new Set([value, target.value, type === 'Url' ? value : value.toUpperCase()]);
  return filterFor(type, [...spellings]);
}

/** An OData filter for indicators of one type with one of some values. */
export function filterFor(type: string, values: readonly string[]): string {
  const equal = values.map((value) => `indicatorValue eq ${quote(value)}`);
  return `indicatorType eq ${quote(type)} and (${equal.join(' or ')})`;
}

/** A text in an OData filter: a quotation mark in it is doubled (OData 4.01, URL conventions, 5.1.1.6.1). */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * The domains whose indicators cover a target too: a domain takes its subdomains along, and with them every URL on them.
 * https://learn.microsoft.com/defender-endpoint/indicators-overview
 */
export function widerDomains({ kind, value }: Observable): string[] {
  if (kind !== 'domain' && kind !== 'url') return [];
  const host = kind === 'url' ? new URL(value).hostname : value.slice(value.indexOf('.') + 1);
  if (ipaddr.isValid(host.replaceAll(/[[\]]/g, ''))) return [];
  const labels = host.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}
