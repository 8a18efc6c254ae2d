/** Where a URL begins inside other text, defanged or not. */
const SCHEME_START = /(?:h(?:tt|xx|tx|xt|\*\*|__)ps?|f[tx]p)[\])}>]?[[({<]?:/gi;

/** `a->b`, `a=>b` and `a→b`, as alerts write who talks to whom. */
const ARROW = /[-=]>|[→⇒➔➜]/g;

/** Space, quotes and table bars. A zero-width no-break space breaks nothing: the eye sees one word there. */
const WORD_BREAK = /(?:[^\S\uFEFF]|["`|<>“”„«»‹›「」【】《》、])+/u;

/** `<.>` and ` [dot] ` belong to the words around them. */
const BRACKETED_SIGN = /[ \t]{0,2}[[({<][ \t]{0,2}(\.|dot|@|at|:)[ \t]{0,2}[\])}>][ \t]{0,2}/gi;

const OPENERS: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
const LEADING = /^[([{'*_~.,;:!?=…·•-]+/u;
const TRAILING = /['*_~.,;:!?=…。·]$/u;
/** A URL may end in these itself: `=` ends Base64, and `*`, `_` and `~` are emphasis only where they stand before it too. */
const OWN_TO_URLS = /[=*_~]/;

/** Cuts pasted text into the words that may be observables, without the punctuation around them; each once, in order. */
export function toTokens(text: string): string[] {
  const joined = text.replace(ARROW, ' ').replace(BRACKETED_SIGN, '[$1]');
  const tokens = new Set(joined.split(WORD_BREAK).flatMap(splitWord).map(trimPunctuation));
  tokens.delete('');
  return [...tokens];
}

/** A URL may hold commas and equals signs; between URLs, and in everything else, they separate. */
function splitWord(word: string): string[] {
  const starts = Array.from(word.matchAll(SCHEME_START), (match) => match.index);
  const [first] = starts;
  if (first === undefined) return word.split(/[,;=']/);
  const cuts = starts.filter((start) => start === first || /[,;([{']/.test(word.charAt(start - 1)));
  const before = word.slice(0, first);
  const emphasis = /[*_~]{0,3}$/.exec(before)?.[0] ?? '';
  const urls = cuts.map((start, index) => word.slice(start, cuts[index + 1] ?? word.length));
  return [...before.split(/[,;=']/), ...urls.map((url, index) => (index === 0 ? emphasis + url : url))];
}

/** Takes off what prose leaves at the ends, but no bracket whose partner is inside. Counts once, so it stays linear. */
function trimPunctuation(token: string): string {
  const start = /^\[[0-9a-f.]*:[0-9a-f:.]*\]/i.test(token) ? 0 : (LEADING.exec(token)?.[0].length ?? 0);
  const text = token.slice(start);
  const emphasis = token.slice(0, start);
  const isUrl = text.search(SCHEME_START) === 0;
  const surplus: Record<string, number> = {};
  for (const sign of text.match(/[()[\]{}]/g) ?? []) surplus[sign] = (surplus[sign] ?? 0) + 1;
  let end = text.length;
  for (; end > 0; end -= 1) {
    const sign = text.charAt(end - 1);
    const opener = OPENERS[sign];
    if (opener === undefined && !TRAILING.test(sign)) break;
    if (isUrl && OWN_TO_URLS.test(sign) && !emphasis.includes(sign)) break;
    if (opener !== undefined && (surplus[sign] ?? 0) <= (surplus[opener] ?? 0)) break;
    surplus[sign] = (surplus[sign] ?? 0) - 1;
  }
  return text.slice(0, end);
}
