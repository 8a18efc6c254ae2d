const MASK = '[redacted]';

/** Shorter texts than this would be found by chance in every other line. */
const SHORTEST_SECRET = 4;
const SHORTEST_FRAGMENT = 8;

/** A bot token, also inside a URL; Telegram writes it as `<bot id>:<35 characters>`. Bounded, so that no input is slow. */
const BOT_TOKEN = /\d{6,20}(?::|%3A)[\w-]{30,200}/gi;

/** `user:password@` in a URL (RFC 3986, 3.2.1), up to the last `@` before the path. */
const USER_INFO = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"\\<>]{1,512}@/gi;

/**
 * Makes a function that takes every one of these secrets out of a text: as it is, and as JSON, URLs, forms, base64 (at
 * any offset, as in an `Authorization` header) and hex would write it. Bot tokens and the user part of URLs go as well,
 * whoever they belong to. Secrets of fewer than four characters are not looked for.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const spellings = [...new Set(secrets.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(spellingsOf))];
  spellings.sort((a, b) => b.length - a.length);
  return (text) => {
    let redacted = text;
    for (const spelling of spellings) {
      if (redacted.includes(spelling)) redacted = redacted.replaceAll(spelling, MASK);
    }
    return redacted.replaceAll(BOT_TOKEN, MASK).replaceAll(USER_INFO, `$1${MASK}@`);
  };
}

function spellingsOf(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const percent = encodeURIComponent(secret.toWellFormed());
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const hex = Buffer.from(secret).toString('hex');
  return [
    secret,
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    percent,
    form,
    percent.replaceAll(/%../g, (octet) => octet.toLowerCase()),
    hex,
    hex.toUpperCase(),
    ...base64FragmentsOf(secret),
  ];
}

/**
 * The characters of base64 that depend on the secret alone, for each of the three ways it can lie in the groups of three
 * bytes (RFC 4648, 4), so that it is found inside `base64(user:secret)` too.
 */
function base64FragmentsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const from = Math.ceil((offset * 8) / 6);
    const until = Math.floor(((offset + bytes.length) * 8) / 6);
    const fragment = encoded.slice(from, until);
    if (fragment.length < SHORTEST_FRAGMENT) return [];
    return [fragment, fragment.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
