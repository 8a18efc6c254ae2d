import { type ContainmentPlan, isRestriction, targetsOf } from '#domain/containment.ts';
import { coveredBy } from '#domain/covers.ts';
import { defang } from '#domain/defang.ts';
import { renderDuration } from '#domain/duration.ts';
import { objectionToAllowance } from '#domain/guard/allowance.ts';
import { isWithheld, objectionToExposure } from '#domain/marking.ts';
import { observableKey } from '#domain/observable.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { Stakes } from '#domain/stakes.ts';
import { readAllowed } from '#store/allowed.ts';
import { readFreeze } from '#store/freeze.ts';
import type { BotDeps } from '../deps.ts';
import { approversFor } from './approvers.ts';
import type { ContainmentWish } from './containment-plan.ts';

const MOST_TARGETS = 20;

/** What is being asked, by whom, and what it takes. */
export type Asked = {
  readonly wish: ContainmentWish;
  readonly plan: ContainmentPlan;
  readonly stakes: Stakes;
  readonly person: Person;
};

/** Why something cannot be asked, as a sentence; null where it can. The activity that acts checks all of it again. */
export async function objectionToWish(asked: Asked, deps: BotDeps): Promise<string | null> {
  return (
    objectionToPlace(asked, deps) ??
    objectionToRule(asked, deps) ??
    (isRestriction(asked.plan.action) ? await objectionToRestriction(asked, deps) : null) ??
    (asked.plan.action === 'allow' ? objectionToAllowances(asked.plan) : null)
  );
}

function objectionToPlace({ wish, plan }: Asked, { responders, settings }: BotDeps): string | null {
  const { action, targets, markings } = wish;
  if (isWithheld(markings, settings.telegramMaxTlp)) {
    return `TLP:${markings.tlp} must not be shown in Telegram, and nobody approves what they cannot see.`;
  }
  if (responders.length === 0) return 'No system that enforces is switched on: set BLOCK_FEED_LISTEN.';
  if (targets.length > MOST_TARGETS) return `These are ${targets.length} targets; one request takes ${MOST_TARGETS}.`;
  const taken = new Set(targetsOf(plan).map(observableKey));
  const idle = targets.find((target) => !taken.has(observableKey(target)));
  if (!idle) return null;
  return action === 'isolate' || action === 'release'
    ? 'No system that isolates machines is switched on: set up Microsoft Defender, or a tool of your own.'
    : `No system that is switched on takes the kind ${idle.kind}.`;
}

function objectionToRule({ plan, stakes, person, wish }: Asked, deps: BotDeps): string | null {
  const { rule, why } = stakes;
  if (!hasRole(person, rule.ask)) return `Asking for this needs the role ${rule.ask}; yours is ${person.role}.`;
  if (plan.durationMs !== null && plan.durationMs > rule.longestMs) {
    return `${[...why, ''].join(' ')}It may last ${renderDuration(rule.longestMs)} at most. Ask for less; it can be extended.`;
  }
  if (rule.reason && wish.reason === undefined) {
    return `${[...why, ''].join(' ')}It needs a reason: write it behind the target.`;
  }
  const others = approversFor(person, rule.approve, deps).length;
  const isAlone = rule.emergency && hasRole(person, rule.approve) && wish.reason !== undefined;
  if (others >= rule.approvals || isAlone) return null;
  if (others === 0) return 'There is nobody but you who could approve it.';
  return `${[...why, ''].join(' ')}It takes ${rule.approvals} people to approve, and besides you there ${others === 1 ? 'is' : 'are'} ${others}.`;
}

function objectionToAllowances(plan: ContainmentPlan): string | null {
  return targetsOf(plan).reduce<string | null>((found, target) => found ?? objectionToAllowance(target), null);
}

async function objectionToRestriction({ plan, wish }: Asked, deps: BotDeps): Promise<string | null> {
  const forbidden = objectionToExposure(wish.markings, 'containment');
  if (forbidden) return `${forbidden}: only PAP:GREEN and PAP:CLEAR allow a block.`;
  const targets = targetsOf(plan);
  const never = targets.flatMap((target) =>
    deps
      .judge(target)
      .filter(({ tier }) => tier === 'never')
      .map(({ why }) => (targets.length === 1 ? why : `${defang(target)}: ${why}`)),
  );
  if (never[0] !== undefined) return never[0];
  const frozen = await readFreeze(deps.marks);
  if (frozen) return `Everything is frozen by ${frozen.by}${frozen.reason ? ` (${frozen.reason})` : ''}.`;
  const allowed = await readAllowed(deps.leases);
  const kept = targets.find((target) => coveredBy(target, allowed));
  return kept ? `${defang(kept)} is on the allow list. Take it off there first: /blocked shows it.` : null;
}
