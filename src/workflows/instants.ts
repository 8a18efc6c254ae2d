/** An instant so many milliseconds from now, on the workflow's clock; ISO 8601. */
export function inTime(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

/** Milliseconds until an instant; zero once it has passed, and where there is none. */
export function msUntil(instant: string | null | undefined): number {
  return instant ? Math.max(Date.parse(instant) - Date.now(), 0) : 0;
}
