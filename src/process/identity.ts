import { hostname } from 'node:os';

/** The parts of SocBot that take work from Temporal: `worker` decides and acts, `sender` speaks to Telegram. */
export type Part = 'worker' | 'sender';

/** How the Temporal UI names a process. */
export function identityOf(part: Part): string {
  return `${identityPrefixOf(part, hostname())}${process.pid}`;
}

/** What the identities of a part start with on one machine, or in one container. */
export function identityPrefixOf(part: Part, host: string): string {
  return `socbot-${part}@${host}#`;
}
