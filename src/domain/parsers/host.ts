import type { Observable } from '#domain/observable.ts';

/** Labels as RFC 952 and RFC 1123 have them, and the underscore that Windows allows; in all at most 253 characters. */
const NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/**
 * Reads the name of a machine of ours, as its inventory writes it, in any case: `WS-114`, `srv-mail.corp.example`. Null for
 * anything else, and for a bare number or address, which is no name.
 */
export function parseHost(text: string): Observable | null {
  const value = text.trim().toLowerCase();
  return NAME.test(value) && !/^[\d.]+$/.test(value) ? { kind: 'host', value } : null;
}
