const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** How far a moment is from now, in the largest unit that fits, such as "in 29 minutes". Both in milliseconds. */
export function relativeTextOf(momentMs: number, nowMs: number): string {
  const seconds = Math.round((momentMs - nowMs) / 1000);
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 0 ? 'in less than a minute' : 'just now';
}

/** The moment in full, in the reader's own language and time zone. */
export function fullTextOf(momentMs: number): string {
  return new Date(momentMs).toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'long' });
}

/** Hours and minutes in the reader's time zone. */
export function clockTextOf(momentMs: number): string {
  return new Date(momentMs).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

/** The day of a message as a heading: today, yesterday, or the date. */
export function dayTextOf(momentMs: number, nowMs: number): string {
  const day = new Date(momentMs).toDateString();
  if (day === new Date(nowMs).toDateString()) return 'Today';
  if (day === new Date(nowMs - 86_400_000).toDateString()) return 'Yesterday';
  return new Date(momentMs).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
}

/**
 * A date-time entity as a phone writes it, or null where the format asks for the text as it stands.
 * @see https://core.telegram.org/api/entities#date-entities
 */
export function dateTimeTextOf(momentMs: number, format: string, nowMs: number): string | null {
  if (/^r$/i.test(format)) return relativeTextOf(momentMs, nowMs);
  const options: Intl.DateTimeFormatOptions = {
    ...(/w/i.test(format) ? { weekday: 'long' } : {}),
    ...(format.includes('d') ? { day: 'numeric', month: 'short' } : {}),
    ...(format.includes('D') ? { day: 'numeric', month: 'long', year: 'numeric' } : {}),
    ...(/t/i.test(format) ? { hour: '2-digit', minute: '2-digit' } : {}),
    ...(format.includes('T') ? { second: '2-digit' } : {}),
  };
  return Object.keys(options).length === 0 ? null : new Date(momentMs).toLocaleString(undefined, options);
}

/** A span of time in the two figures that matter: "0.4 s", "12 s", "3 min 20 s", "1 h 5 min". */
export function spanTextOf(spanMs: number): string {
  const seconds = Math.max(0, spanMs) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A size in bytes as phones write it. */
export function sizeTextOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
