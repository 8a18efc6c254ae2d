/** A token with its defanging undone, and what was undone. */
export type Refanged = {
  readonly text: string;
  /** True when somebody had marked the token as dangerous; such a token is an observable and no file name. */
  readonly wasDefanged: boolean;
  readonly notes: readonly string[];
};

const SCHEME = /^[[({<]?(h(?:tt|xx|tx|xt|\*\*|__|\+\+)p|f[tx]p)(s?)[\])}>]?:(?:\/\/|\\\\)/i;

type Rule = readonly [RegExp, string];

/** Order matters: an escaped dot may stand inside brackets. Every quantifier is bounded, so that reading is linear. */
const RULES: readonly Rule[] = [
  [/\\\./g, '.'],
  [/\s{0,2}[[({<]\s{0,2}(?:\.|dot|d0t|punkt)\s{0,2}[\])}>]\s{0,2}/gi, '.'],
  [/\s{0,2}[[({<]\s{0,2}(?:@|at)\s{0,2}[\])}>]\s{0,2}/gi, '@'],
  [/[[({<](:|:\/\/|:\/|\/\/|\/)[\])}>]/g, '$1'],
  [/(?<![/@])\[::\]/g, '::'],
];

/** Half-bracketed styles such as `evil[.com]`; in a path the same characters may be the real thing. */
const HOST_RULES: readonly Rule[] = [
  [/[[({<]\.([a-z0-9-]{1,63})[\])}>]/gi, '.$1'],
  [/\.[[({<]([a-z0-9-]{1,63})[\])}>]/gi, '.$1'],
  [/(?<=[\p{L}\p{N}])[[({<]([.@])(?=[\p{L}\p{N}])/gu, '$1'],
  [/(?<=[\p{L}\p{N}])([.@])[\])}>](?=[\p{L}\p{N}])/gu, '$1'],
];

/** Zero-width characters that copying through chats and documents leaves behind; invisible in every ASCII name. */
const JOINERS = /[\u00AD\u180E\u200B-\u200D\u2060\uFEFF]/g;
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
const IDEOGRAPHIC_STOPS = /[\u3002\uFF61]/g;

/** Nothing to undo but perhaps the scheme: most tokens, at a tenth of the cost. */
const PLAIN = /^[\w.:/@%?&=#~+-]*$/;

/** Undoes the usual ways to defang one token: `hxxp`, `[.]`, `(dot)`, `[@]`, full-width letters, zero-width characters. */
export function refang(text: string): Refanged {
  const narrowed = isAscii(text) ? text : mapHost(text, toNarrow);
  const joined = isAscii(narrowed) ? narrowed : mapHost(narrowed, withoutJoiners);
  const refanged = applyRules(joined);
  const wasDefanged = refanged.toLowerCase() !== joined.toLowerCase();
  const notes = [
    ...(narrowed === text ? [] : ['full-width characters replaced']),
    ...(joined === narrowed ? [] : ['invisible characters removed']),
    ...(wasDefanged ? ['was defanged'] : []),
  ];
  return { text: refanged, wasDefanged, notes };
}

function applyRules(text: string): string {
  if (PLAIN.test(text)) return text.replace(SCHEME, showScheme);
  const bare = applyAll(RULES, text).replace(SCHEME, showScheme);
  return mapHost(bare, (host) => applyAll(HOST_RULES, host));
}

function applyAll(rules: readonly Rule[], text: string): string {
  return rules.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

function showScheme(_match: string, name: string, secure: string): string {
  return `${name.toLowerCase().startsWith('h') ? 'http' : 'ftp'}${secure.toLowerCase()}://`;
}

/** Beyond the host a URL's characters are the server's business and stay as they are. */
function mapHost(text: string, change: (part: string) => string): string {
  const match = /:\/\/[^/?#]*/.exec(text);
  const end = match ? match.index + match[0].length : text.length;
  return change(text.slice(0, end)) + text.slice(end);
}

function toNarrow(text: string): string {
  return text
    .replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(IDEOGRAPHIC_STOPS, '.');
}

/** In scripts beyond ASCII a joiner can make another name (RFC 5892, CONTEXTJ): there it stays and is objected to. */
function withoutJoiners(text: string): string {
  const without = text.replace(JOINERS, '');
  return isAscii(without) ? without : text;
}

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}
