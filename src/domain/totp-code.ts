/** Where the digits of keyboards that have their own begin: Arabic-Indic, and those of Persian and Urdu. */
const OWN_ZEROS = [0x0660, 0x06f0];

/** Longer texts are no codes, whatever is in them. */
const LONGEST = 20;

/**
 * Reads a code as people type it: `123456`, `123 456`, `30-0224.`, `code: 300224`, also in full-width and Arabic digits,
 * which some keyboards write. Rather once too often than never: what is read as a code does not stay in the chat. Null for
 * everything else.
 */
export function readCode(text: string): string | null {
  if (text.length > LONGEST) return null;
  const folded = text.normalize('NFKC').replaceAll(/[\u0660-\u0669\u06F0-\u06F9]/g, toAsciiDigit);
  const [digits = ''] = /^(?:\p{L}{2,12}[\s:]+)?\P{L}*$/u.exec(folded) ?? [];
  const groups = digits.match(/\d+/g) ?? [];
  const isCode = /^(?:\d{6}|\d{2,4} \d{2,4}|\d\d \d\d \d\d)$/.test(groups.join(' '));
  return isCode && groups.join('').length === 6 ? groups.join('') : null;
}

function toAsciiDigit(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0;
  const zero = OWN_ZEROS.find((one) => codePoint >= one && codePoint < one + 10) ?? codePoint;
  return String(codePoint - zero);
}
