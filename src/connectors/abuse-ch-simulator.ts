import type { SimulatedAnswer, SimulatedRequest, SimulatorDefinition } from './simulator-definition.ts';
import { daysAgo } from './world.ts';

/** One key opens all services of abuse.ch; the simulated ones too. */
const KEY = 'simulated-abuse-ch-key';

/** What the simulated services of abuse.ch have in common: the key, and how they say no. */
export const ABUSE_CH = {
  key: {
    header: 'Auth-Key',
    value: KEY,
    missing: { status: 401, json: { query_status: 'unauthorized' } },
    wrong: { status: 403, json: { query_status: 'unknown_auth_key' } },
  },
  rateLimited: { status: 429, json: { query_status: 'rate_limited' } },
} satisfies Pick<SimulatorDefinition, 'key' | 'rateLimited'>;

/** An answer that says in its body how the call went; HTTP always says 200. */
export function sayStatus(status: string, rest: Readonly<Record<string, unknown>> = {}): SimulatedAnswer {
  return { status: 200, json: { query_status: status, ...rest } };
}

/** The fields of a form. */
export function formOf(request: SimulatedRequest): URLSearchParams {
  return new URLSearchParams(request.body);
}

/** A time that many days ago as abuse.ch writes it, e.g. `2019-01-19 01:33:26 UTC`. */
export function abuseChTimeOf(days: number): string {
  return daysAgo(days).replace('T', ' ').replace('Z', ' UTC');
}
