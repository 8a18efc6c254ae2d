/** An instant (ISO 8601, UTC) to the minute, in words that need no clock of the reader's: `2026-11-24 17:16 UTC`. */
export function utcMinute(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
