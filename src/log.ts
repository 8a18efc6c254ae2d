import { pino, type Logger } from 'pino';
import { refOf, updateIdOf } from '#domain/ids.ts';
import { type LineSink, openLogFile, openStandardOutput } from './log/destinations.ts';
import { toLoggable } from './log/loggable.ts';
import { createRedactor } from './log/redact.ts';

/** A logger: one JSON object a line. `child({ request })` names the request in every line that follows. */
export type Log = Logger;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogOptions = {
  readonly level: LogLevel;
  /** A file (made with mode 0600, added to), the standard output, or anything with a `write`. */
  readonly destination: { readonly file: string } | 'stdout' | LineSink;
  /** Values that must never be written, in no spelling. */
  readonly secrets: readonly string[];
};

/** Longer lines are left out, with a note of their length. */
const LONGEST_LINE = 64 * 1024;

/**
 * Creates the log. No call of it ever throws, and what it wrote to a file is there after `kill -9`.
 * Throws only here, if a file cannot be opened.
 */
export function createLog(options: LogOptions): Log {
  const redact = createRedactor(options.secrets);
  return pino(
    {
      level: options.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => toLoggable(withRef(fields), redact) as Record<string, unknown>,
      },
      // `toLoggable` has read the error already; pino's own reading would add to it.
      serializers: { err: (error: unknown) => error },
      hooks: {
        streamWrite: (line) => finishLine(line, redact),
        logMethod(args, method) {
          try {
            method.apply(this, args);
          } catch {
            // A value that cannot even be looked at costs its line, never the request that is being worked on.
          }
        },
      },
    },
    openDestination(options.destination),
  );
}

/** People speak of a request by the four characters on its card. */
function withRef(fields: Record<string, unknown>): Record<string, unknown> {
  const { request } = fields;
  return typeof request === 'string' && updateIdOf(request) !== null ? { ...fields, ref: refOf(request) } : fields;
}

/** The last word on a line: whatever way a secret took into it, here it goes. The result is always one line of JSON. */
function finishLine(line: string, redact: (text: string) => string): string {
  const redacted = redact(line);
  if (redacted.length > LONGEST_LINE) return noteOf(line, `a line of ${line.length} characters was left out`);
  if (redacted === line || isJson(redacted)) return redacted;
  return noteOf(line, 'a line was left out: it held a secret outside its texts');
}

function noteOf(line: string, msg: string): string {
  const time = /"time":"([^"]{1,40})"/.exec(line.slice(0, 200))?.[1];
  return `${JSON.stringify({ level: 'warn', time, pid: process.pid, msg })}\n`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function openDestination(destination: LogOptions['destination']): LineSink {
  if (destination === 'stdout') return openStandardOutput();
  return 'write' in destination ? destination : openLogFile(destination.file);
}
