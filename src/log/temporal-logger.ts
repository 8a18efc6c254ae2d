import type { Logger, LogLevel, LogMetadata } from '@temporalio/common';
import type { Log } from '../log.ts';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** What the SDK warns of at each start of a worker that speaks only, as the bot's does. */
const AS_MEANT = /^No (?:workflows|activities|Nexus services) registered, not polling/i;

/**
 * Lets Temporal's SDK write to SocBot's log, for `Runtime.install({ logger })`. The workflow id becomes `request`, so
 * that what the SDK says of a request is found beside what SocBot says; the SDK's own time stamp gives way to the log's.
 */
export function toTemporalLogger(log: Log): Logger {
  const write = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
    const { workflowId, ...fields } = meta;
    log[AS_MEANT.test(message) ? 'debug' : LEVELS[level]](
      typeof workflowId === 'string' ? { request: workflowId, ...fields } : fields,
      '%s',
      message,
    );
  };
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
}
