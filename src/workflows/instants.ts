/** An instant so many milliseconds from now, on the workflow's clock; ISO 8601. */
export function inTime(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

/** Milliseconds until an instant; zero once it has passed. */
export function msUntil(instant: string): number {
  return Math.max(Date.parse(instant) - Date.now(), 0);
}
