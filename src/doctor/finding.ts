import { ConnectorError } from '#connectors/errors.ts';

/** What was found of one thing that SocBot depends on: how it is, in words, and what to do about it. */
export type Finding = {
  readonly state: 'well' | 'doubtful' | 'ill';
  readonly what: string;
  readonly says: string;
  /** What to do; only where something is wrong. */
  readonly todo?: string;
};

/** How long a system may take to answer before it is called slow to death; milliseconds. */
export const PATIENCE_MS = 15_000;

/** A fault of an outside system in words, and what to do. `settings` names what an operator can change. */
export function findingOfFault(what: string, error: unknown, settings: string): Finding {
  if (!(error instanceof ConnectorError)) {
    const says = error instanceof Error ? error.message : 'it failed without a word';
    return { state: 'ill', what, says, todo: `Check ${settings}.` };
  }
  const { kind, message } = error;
  switch (kind) {
    case 'unauthorized':
      return {
        state: 'ill',
        what,
        says: `refuses us (${message})`,
        todo: `Check the key or password in ${settings}, and what it may do.`,
      };
    case 'rate_limited':
      return {
        state: 'doubtful',
        what,
        says: `answers, and has had enough for now (${message})`,
        todo: 'Wait, or get a larger quota.',
      };
    case 'unreachable':
      return {
        state: 'ill',
        what,
        says: `cannot be reached (${message})`,
        todo: `Check the address in ${settings}, names, proxies and firewalls on the way.`,
      };
    case 'malformed_response':
      return {
        state: 'ill',
        what,
        says: `answers something else (${message})`,
        todo: `Check that the address in ${settings} is the one of its interface.`,
      };
    case 'refused':
    case 'not_found':
      return { state: 'doubtful', what, says: `answers, and says no (${message})`, todo: `Check ${settings}.` };
  }
}
