const APP_SCHEME = /^(?:tg|ton|tonsite):(?:\/\/)?/i;

/**
 * Why Telegram would not accept a link on a button or in a `text_link`; null when it would. Names without a dot, such
 * as localhost, are refused. Follows `LinkManager::check_link` in tdlib/td.
 */
export function objectionToLink(link: string): string | null {
  if (APP_SCHEME.test(link)) return null;
  const parsed = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(link) ? link : `http://${link}`);
  if (!parsed || parsed.hostname === '') return invalid(link, 'Wrong HTTP URL');
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return invalid(link, 'Unsupported URL protocol');
  if (!parsed.hostname.includes('.') && !parsed.hostname.startsWith('[')) return invalid(link, 'Wrong HTTP URL');
  return null;
}

function invalid(link: string, reason: string): string {
  return `URL '${link}' is invalid: ${reason}`;
}
