import type { Hold } from '#domain/responder.ts';
import { BAN, ORIGIN } from './bans.ts';
import { REQUESTER_KEY, UNTIL_KEY } from './schema.ts';

type AlertOptions = { readonly scenario: string; readonly scope: 'Ip' | 'Range'; readonly now: number };

/**
 * One alert with one decision, for `POST /v1/alerts`; https://crowdsecurity.github.io/api_doc/lapi/ names the fields that
 * are wanted. The decision ends at `stop_at` plus its duration, so it is made anew for every attempt. The people stand in
 * `meta`, which stays on the server unless it shares context; the message may go to CrowdSec's own servers.
 */
export function alertOf({ target, until, by, digest }: Hold, { scenario, scope, now }: AlertOptions): unknown {
  const startMs = Math.floor(now / 1000) * 1000;
  const startAt = new Date(startMs).toISOString().replace('.000Z', 'Z');
  // In seconds: 1.4.6 knows no days, and no version a number without a unit.
  const duration = `${Math.ceil((Date.parse(until) - startMs) / 1000)}s`;
  return {
    scenario,
    scenario_hash: '',
    scenario_version: '',
    message: 'held off by SocBot, as approved',
    meta: [
      { key: REQUESTER_KEY, value: by },
      { key: UNTIL_KEY, value: new Date(until).toISOString() },
      { key: 'digest', value: digest },
    ],
    source: { scope, value: target.value },
    start_at: startAt,
    stop_at: startAt,
    capacity: 0,
    leakspeed: '0',
    events: [],
    events_count: 1,
    simulated: false,
    decisions: [{ origin: ORIGIN, scenario, scope, type: BAN, value: target.value, duration }],
  };
}
