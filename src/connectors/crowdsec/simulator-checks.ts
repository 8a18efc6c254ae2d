import { z } from 'zod';
import { Refused } from './simulator-search.ts';

const NewDecision = z.object({
  duration: z.string(),
  origin: z.string(),
  scenario: z.string(),
  scope: z.string(),
  type: z.string(),
  value: z.string(),
});

const NewAlerts = z.array(
  z.object({
    capacity: z.number(),
    events: z.array(z.unknown()),
    events_count: z.number(),
    leakspeed: z.string(),
    message: z.string(),
    scenario: z.string(),
    scenario_hash: z.string(),
    scenario_version: z.string(),
    simulated: z.boolean(),
    source: z.object({ scope: z.string(), value: z.string() }),
    start_at: z.string(),
    stop_at: z.string(),
    decisions: z.array(NewDecision).nullish(),
    meta: z.array(z.object({ key: z.string(), value: z.string() })).nullish(),
  }),
);
export type NewAlert = z.output<typeof NewAlerts>[number];

/** Alerts as they come in, once their fields are there; throws Refused with the server's words for what is missing. */
export function readAlerts(body: unknown[]): readonly NewAlert[] {
  const { data, error } = NewAlerts.safeParse(body);
  if (data) return data;
  const lines = error.issues.map(({ path }) => `${path.join('.')} in body is required`);
  throw new Refused(`validation failure list:\n${lines.join('\n')}`);
}
