/** Reads a code as people type it, `123456` or `123 456`; null for everything else. */
export function readCode(text: string): string | null {
  const match = /^\s*(\d{3})\s?(\d{3})\s*$/.exec(text);
  return match ? `${match[1]}${match[2]}` : null;
}
