import type { Ask } from '#domain/ask.ts';
import {
  type ContainmentPlan,
  digestOf,
  isRestriction,
  subjectHashOf,
  systemsOf,
  targetsOf,
} from '#domain/containment.ts';
import { defang } from '#domain/defang.ts';
import { renderDuration } from '#domain/duration.ts';
import { refOf } from '#domain/ids.ts';
import { isWithheld } from '#domain/marking.ts';
import { hasRole, type Person } from '#domain/person.ts';
import { stakesOf } from '#domain/stakes.ts';
import { readFreeze } from '#store/freeze.ts';
import { readRecent } from '#store/recent-holds.ts';
import type { BotDeps } from '../deps.ts';
import { showNote } from './answer.ts';
import { approversFor, readersOf } from './approvers.ts';
import { type ContainmentWish, planOf } from './containment-plan.ts';
import { type Asked, objectionToWish } from './objection-to-wish.ts';
import { recordAsk } from './record-ask.ts';

/** A command that waited longer than this somewhere asks whether it is still wanted. */
const STALE_AFTER_MS = 10 * 60_000;

/** Asks for a containment, or says at once why it cannot be. The activity that acts checks all of it again. */
export async function requestContainment(
  { ask, person }: { readonly ask: Ask; readonly person: Person },
  wish: ContainmentWish,
  deps: BotDeps,
): Promise<void> {
  const { settings } = deps;
  const plan = planOf(wish, deps.responders, settings);
  const findings = isRestriction(plan.action) ? targetsOf(plan).flatMap((target) => deps.judge(target)) : [];
  const stakes = stakesOf(
    plan,
    { findings, recent: await readRecent({ requester: person.name, now: deps.now() }, deps.leases) },
    settings,
  );
  const asked: Asked = { wish, plan, stakes, person };
  const objection = await objectionToWish(asked, deps);
  if (objection !== null) return refuse(ask, wish, objection, deps);
  const open = await deps.desk.findWaiting(subjectHashOf(plan));
  if (open !== null && open !== ask.requestId) return joinOpen(ask, plan, open, deps);
  const { rule } = stakes;
  await deps.desk.startContainment(
    {
      ask,
      plan,
      reason: wish.reason ?? null,
      basis: wish.basis ?? null,
      stakes,
      impact: { findings: findings.filter(({ tier }) => tier !== 'never'), hosts: hostsIn(plan, deps), seenOn: null },
      approvers: approversFor(person, rule.approve, deps),
      escalateTo: readersOf(deps.access.people.filter((one) => hasRole(one, rule.escalateTo))),
      mayActAlone: rule.emergency && hasRole(person, rule.approve) && wish.reason !== undefined,
      freeze: await readFreeze(deps.marks),
      isStale: Date.parse(deps.now()) - Date.parse(ask.askedAt) > STALE_AFTER_MS,
    },
    { ask, title: titleOf(plan), plan },
  );
  const about = { action: plan.action, target: valuesOf(plan), digest: digestOf(plan) };
  await recordAsk(ask, { ...about, outcome: 'asked', detail: detailOf(asked) }, deps);
}

async function refuse(ask: Ask, wish: ContainmentWish, objection: string, deps: BotDeps): Promise<void> {
  const { action, targets, markings } = wish;
  const target = targets.map(({ value }) => value).join(' ');
  const quoted = isWithheld(markings, deps.settings.telegramMaxTlp) ? {} : { quoted: target };
  await recordAsk(ask, { action, outcome: 'refused', target, detail: objection }, deps);
  const card = { kind: 'note', tone: 'error', title: `Not asked: ${action}`, objection, lines: [] } as const;
  return showNote(ask, { ...card, ...quoted }, deps);
}

/** The same wish waits already: a second card would only ask the same people the same thing. */
async function joinOpen(ask: Ask, plan: ContainmentPlan, open: string, deps: BotDeps): Promise<void> {
  const ref = refOf(open);
  await recordAsk(
    ask,
    { action: plan.action, outcome: 'refused', target: valuesOf(plan), detail: `waits as #${ref}` },
    deps,
  );
  const lines = [
    `#${ref} is about the same and waits for a decision already, perhaps for another time. Nothing more was asked.`,
  ];
  return showNote(ask, { kind: 'note', tone: 'ok', title: 'Asked already', lines, example: `/status ${ref}` }, deps);
}

/** What is asked besides the targets, and what it takes, in one line of the audit. */
function detailOf({ wish, plan, stakes }: Asked): string {
  const { rule, tier } = stakes;
  return [
    `${plan.durationMs === null ? 'for good' : renderDuration(plan.durationMs)} on ${systemsOf(plan).join(', ')}`,
    `${tier}: ${rule.approvals} to approve${rule.code ? ' with a code' : ''}`,
    ...(wish.reason === undefined ? [] : [`reason: ${wish.reason}`]),
    ...(wish.basis === undefined ? [] : [`evidence: ${wish.basis}`]),
  ].join('; ');
}

function hostsIn(plan: ContainmentPlan, { hosts }: BotDeps) {
  return targetsOf(plan).flatMap(({ kind, value }) => {
    if (kind !== 'host') return [];
    const known = hosts.find(({ name }) => name === value);
    return [{ name: value, owner: known?.owner ?? null, tier: known?.tier ?? 'not written down' }];
  });
}

function titleOf(plan: ContainmentPlan): string {
  const [first, ...more] = targetsOf(plan);
  const what = first && more.length === 0 ? defang(first) : `${more.length + 1} targets`;
  return `${plan.action.charAt(0).toUpperCase()}${plan.action.slice(1)} ${what}`;
}

function valuesOf(plan: ContainmentPlan): string {
  return targetsOf(plan)
    .map(({ value }) => value)
    .join(' ');
}
