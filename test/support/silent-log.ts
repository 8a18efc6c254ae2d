import { createLog } from '#src/log.ts';

/** A log for what a test does not look at. */
export const SILENT_LOG = createLog({ level: 'silent', destination: { write: () => undefined }, secrets: [] });
