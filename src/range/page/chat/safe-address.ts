const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tg:']);

/** An address that may be opened: one of the schemes that phones open, never a script. Null for anything else. */
export function safeAddressOf(text: string | null | undefined): string | null {
  if (!text) return null;
  const address = URL.parse(text);
  return address && SCHEMES.has(address.protocol) ? address.href : null;
}

/** The address behind a link that a phone found in plain text, where the scheme is often left out. */
export function foundAddressOf(text: string): string | null {
  return safeAddressOf(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
}
