const MOST_ENTRIES = 50;
const DEEPEST = 6;
const LONGEST_TEXT = 4000;
const LONGEST_MESSAGE = 1000;
const MOST_FRAMES = 20;

/** What is worth knowing of an error besides its message. Payloads, requests and answers are never among it. */
const ERROR_FIELDS = [
  'kind',
  'code',
  'connector',
  'method',
  'error_code',
  'description',
  'status',
  'retryAfterMs',
] as const;

/**
 * Turns any value into plain, bounded data for one log line: no cycles, at most six levels deep, texts cut after
 * redaction (a cut could otherwise leave half a secret behind), bytes only counted. Never throws.
 */
export function toLoggable(value: unknown, redact: (text: string) => string, depth: number = 0): unknown {
  try {
    return convert(value, redact, depth);
  } catch {
    return '[unreadable]';
  }
}

function convert(value: unknown, redact: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return cut(redact(value), LONGEST_TEXT);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return isPlain(value) ? value : undefined;
  if (depth >= DEEPEST) return '[deeper]';
  if (value instanceof Error) return errorFields(value, redact, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES).map((entry) => toLoggable(entry, redact, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') return toLoggable(value.toJSON(), redact, depth + 1);
  const fields = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(
    fields
      .slice(0, MOST_ENTRIES)
      .map(([key, field]) => [cut(redact(String(key)), 100), toLoggable(field, redact, depth + 1)]),
  );
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}

function errorFields(error: Error, redact: (text: string) => string, depth: number): Record<string, unknown> {
  const known = error as unknown as Record<string, unknown>;
  const fields: Record<string, unknown> = { type: error.name, message: cut(redact(error.message), LONGEST_MESSAGE) };
  for (const name of ERROR_FIELDS) {
    if (known[name] !== undefined) fields[name] = toLoggable(known[name], redact, depth + 1);
  }
  fields['stack'] = cut(redact(framesOf(error)), LONGEST_TEXT);
  const inner = known['cause'] ?? known['error'] ?? known['errors'];
  if (inner !== undefined) fields['cause'] = toLoggable(inner, redact, depth + 1);
  return fields;
}

/** The frames of a stack without the message that it starts with: that is logged already, and may be long. */
function framesOf(error: Error): string {
  const frames = (error.stack ?? '').match(/^ {4}at [^\n]{1,400}/gm) ?? [];
  return frames
    .slice(0, MOST_FRAMES)
    .map((frame) => frame.trim())
    .join('\n');
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}… (${text.length} characters)`;
}
