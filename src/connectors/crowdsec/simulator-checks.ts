/** A decision and an alert as they come in, once their fields are there. */
export type SentDecision = Readonly<Record<'duration' | 'origin' | 'scenario' | 'scope' | 'type' | 'value', string>>;
export type SentAlert = Readonly<Record<string, unknown>> & {
  readonly decisions?: readonly SentDecision[];
  readonly simulated: boolean;
  readonly stop_at: string;
};

const OF_ALERT = [
  'capacity',
  'events',
  'events_count',
  'leakspeed',
  'message',
  'scenario',
  'scenario_hash',
  'scenario_version',
  'simulated',
  'source',
  'start_at',
  'stop_at',
];
const OF_DECISION = ['duration', 'origin', 'scenario', 'scope', 'type', 'value'];

/** What is missing in an alert, in the server's words. */
export function objectionToAlert(alert: SentAlert, at: number): string[] {
  const missing = OF_ALERT.filter((name) => alert[name] === undefined).map((name) => `${at}.${name}`);
  const inDecisions = (alert.decisions ?? []).flatMap((decision, index) =>
    OF_DECISION.filter((name) => decision[name as keyof SentDecision] === undefined).map(
      (name) => `${at}.decisions.${index}.${name}`,
    ),
  );
  return [...missing, ...inDecisions].map((name) => `${name} in body is required`);
}

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A duration in milliseconds; null for one that the server does not read. Days are known from 1.6 on. */
export function durationMsOf(text: string, knowsDays: boolean): number | null {
  const form = knowsDays ? /^-?(?:[\d.]+(?:ms|[dhms]))+$/ : /^-?(?:[\d.]+(?:ms|[hms]))+$/;
  if (!form.test(text)) return null;
  const parts = [...text.matchAll(/([\d.]+)(ms|[dhms])/g)];
  const sum = parts.reduce((ms, [, number, unit]) => ms + Number(number) * (UNITS[unit ?? ''] ?? 0), 0);
  return text.startsWith('-') ? -sum : sum;
}
