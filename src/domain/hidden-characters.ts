/**
 * Characters that a reader cannot see or that change what is seen: controls, format characters (zero-width, bidi, tags),
 * line and paragraph separators, lone surrogates, private use, unassigned, fillers, and the blank Braille pattern.
 * Unicode Standard, chapter 23; UTS 39 lists them as restricted.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/u;

const HIDDEN_IN_LINE = new RegExp(String.raw`(?![\t\n\r])${HIDDEN.source}`, 'gu');

/** Whether the text holds a character nobody sees; plain space is seen, every other kind of space is not counted here. */
export function hasHiddenCharacter(text: string): boolean {
  return HIDDEN.test(text);
}

/** Names a character the way the Unicode charts do: `<U+202E>`. Takes the first code point of the text. */
export function nameCharacter(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return `<U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** The name of the first hidden character, or null. */
export function firstHiddenCharacter(text: string): string | null {
  const match = HIDDEN.exec(text);
  return match ? nameCharacter(match[0]) : null;
}

/** The text as the eye reads it: without hidden characters, line breaks and tabs apart. */
export function withoutHidden(text: string): string {
  return text.replace(HIDDEN_IN_LINE, '');
}
