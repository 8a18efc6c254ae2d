/** Where the digits of keyboards that have their own begin: Arabic-Indic, and those of Persian and Urdu. */
const OWN_ZEROS = [0x0660, 0x06f0];

/** Longer texts are no codes, whatever is in them. */
const LONGEST = 20;

/**
 * Reads a code as people type it, `123456` or `123 456`, also in full-width and Arabic digits, which some keyboards write;
 * null for everything else.
 */
export function readCode(text: string): string | null {
  if (text.length > LONGEST) return null;
  const folded = text.normalize('NFKC').replaceAll(/[\u0660-\u0669\u06F0-\u06F9]/g, toAsciiDigit);
  const match = /^ *(\d{3}) ?(\d{3})\s*$/.exec(folded);
  return match ? `${match[1]}${match[2]}` : null;
}

function toAsciiDigit(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0;
  const zero = OWN_ZEROS.find((one) => codePoint >= one && codePoint < one + 10) ?? codePoint;
  return String(codePoint - zero);
}
