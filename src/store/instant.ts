const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/** Reads an ISO 8601 time in UTC as milliseconds since 1970; throws RangeError on anything else. */
export function parseInstant(text: string): number {
  const ms = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new RangeError(`Not a time in UTC: ${JSON.stringify(text).slice(0, 40)}`);
  return ms;
}

/** Milliseconds since 1970 as the one spelling that the store compares as text. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** Any accepted spelling of a time as the stored one. */
export function toStoredInstant(text: string): string {
  return toInstant(parseInstant(text));
}
