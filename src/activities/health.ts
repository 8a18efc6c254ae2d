import type { Client } from '@temporalio/client';
import type { StatusCard } from '#domain/card.ts';
import { ALLOW_LIST } from '#domain/containment.ts';
import type { FreezeRecord } from '#domain/freeze.ts';
import type { SourceProfile } from '#domain/source.ts';
import { utcMinute } from '#domain/utc-minute.ts';
import { readFreeze } from '#store/freeze.ts';
import { MARKS } from '#store/mark-names.ts';
import type { Store } from '#store/open-store.ts';
import { readPollers } from '#temporal/pollers.ts';
import { TASK_QUEUE } from '#workflows/messages.ts';
import type { RunningResponder } from './contain.ts';

export type HealthDeps = {
  readonly client: Client;
  readonly store: Store;
  readonly sources: readonly SourceProfile[];
  /** The systems that enforce and are on. */
  readonly responders: readonly Pick<RunningResponder, 'profile'>[];
  readonly now: () => string;
};

type Line = StatusCard['lines'][number];

/** A poll takes up to half a minute; three of them missed mean that nobody listens. */
const POLL_IS_OLD_MS = 90_000;
const CONFLICT_IS_FRESH_MS = 10 * 60_000;
const ANSWER_WITHIN_MS = 5_000;

/** How SocBot and what it leans on are doing, looked at now. */
export async function readHealth(deps: HealthDeps): Promise<StatusCard> {
  const frozen = await readFreeze(deps.store.marks);
  const lines = [
    ...(frozen ? [freezeLine(frozen)] : []),
    await engineLine(deps),
    await telegramLine(deps),
    { state: 'ok', what: 'Store', detail: 'answers' } as const,
    ...(await Promise.all(deps.sources.map((source) => sourceLine(source, deps)))),
    ...(await systemLines(deps)),
  ];
  return { kind: 'status', lines, at: deps.now() };
}

function freezeLine({ by, at, reason }: FreezeRecord): Line {
  const why = reason === null ? '' : `: ${reason}`;
  return { state: 'degraded', what: 'Frozen', detail: `by ${by} since ${utcMinute(at)}${why}` };
}

async function engineLine({ client, now }: HealthDeps): Promise<Line> {
  const workers = (await readPollers(client, TASK_QUEUE, { now: now(), timeoutMs: ANSWER_WITHIN_MS })).length;
  return {
    state: workers > 0 ? 'ok' : 'down',
    what: 'Temporal',
    detail: `answers, ${workers} worker${workers === 1 ? '' : 's'}`,
  };
}

async function telegramLine({ store, now }: HealthDeps): Promise<Line> {
  const [poll, conflict] = await Promise.all([store.marks.get(MARKS.lastPoll), store.marks.get(MARKS.secondPoller)]);
  const ageMs = (at: string) => Date.parse(now()) - Date.parse(at);
  if (conflict && ageMs(conflict.at) < CONFLICT_IS_FRESH_MS) {
    const detail = `a second poller uses our token, last seen ${utcMinute(conflict.at)}`;
    return { state: 'degraded', what: 'Telegram', detail };
  }
  if (!poll) return { state: 'down', what: 'Telegram', detail: 'not polled yet' };
  const isOld = ageMs(poll.at) > POLL_IS_OLD_MS;
  return {
    state: isOld ? 'down' : 'ok',
    what: 'Telegram',
    detail: `last poll ${Math.round(ageMs(poll.at) / 1000)} s ago`,
  };
}

/** The systems that enforce; one that was switched off while it holds something lets nothing go. */
async function systemLines({ responders, store }: HealthDeps): Promise<Line[]> {
  const on = responders.map(({ profile }) => profile).filter(({ id }) => id !== ALLOW_LIST);
  const known = new Set(responders.map(({ profile }) => profile.id));
  const holds = Map.groupBy(await store.leases.list(), ({ system }) => system);
  const off = [...holds].filter(([system]) => system !== ALLOW_LIST && !known.has(system));
  return [
    ...on.map(({ title, isDryRun }): Line => ({ state: 'unknown', what: title, detail: isDryRun ? 'dry run' : 'on' })),
    ...off.map(([system, leases]): Line => {
      const detail = `switched off, and holds ${leases.length} that nothing lets go: switch it on`;
      return { state: 'degraded', what: system, detail };
    }),
  ];
}

async function sourceLine({ id, title, quota }: SourceProfile, { store, now }: HealthDeps): Promise<Line> {
  if (!quota) return { state: 'unknown', what: title, detail: 'on' };
  const used = await store.lookups.usage({ source: id, now: now() });
  const isUsedUp = used.day >= quota.perDay;
  const detail = `${used.minute}/${quota.perMinute} this minute, ${used.day}/${quota.perDay} today`;
  return { state: isUsedUp ? 'degraded' : 'unknown', what: title, detail };
}
