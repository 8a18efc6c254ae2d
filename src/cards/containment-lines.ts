import type { FormattedString } from '@grammyjs/parse-mode';
import type { ContainmentState } from '#domain/containment-state.ts';
import { ALLOW_LIST, type ContainmentPlan, systemsOf, targetsOf } from '#domain/containment.ts';
import type { Impact } from '#domain/impact.ts';
import type { Choice } from '#domain/plan-change.ts';
import { systemInWords } from './system-titles.ts';
import { clock, lasting, line, list, outside, target, when } from './text.ts';

/** More targets than this are counted. */
const MOST_TARGETS = 8;
/** More machines than this are counted. */
const MOST_MACHINES = 4;

/** Every target of several; one stands in the headline. */
export function targetLines({ plan }: Pick<ContainmentState, 'plan'>): FormattedString[] {
  const targets = targetsOf(plan);
  if (targets.length === 1) return [];
  const rest = targets.length - MOST_TARGETS;
  return [
    ...targets.slice(0, MOST_TARGETS).map((one) => line(`• ${one.kind} `, target(one, 60))),
    ...(rest > 0 ? [line(`… and ${rest} more`)] : []),
  ];
}

/** What will happen, where, and for how long: what the digest stands for. */
export function effectLine(plan: ContainmentPlan, isOver = false): FormattedString {
  const { action, durationMs } = plan;
  const systems = systemsOf(plan).filter((system) => action !== 'allow' || system !== ALLOW_LIST);
  const where = list(systems.map(systemInWords));
  const it = targetsOf(plan).length > 1 ? 'them' : 'it';
  const time = lasting(durationMs ?? 0);
  const end = isOver ? '' : ', lifts itself';
  switch (action) {
    case 'block':
      return line(`${time} on ${where}${end}`);
    case 'isolate':
      return line(`Cut off for ${time} by ${where}${end}`);
    case 'unblock':
      return line(`Take ${it} off ${where}`);
    case 'release':
      return line(`Connect ${it} again: ${where}`);
    case 'allow':
      return where === ''
        ? line(`Keep ${it} off all lists for ${time}`)
        : line(`Take ${it} off ${where}, keep ${it} off for ${time}`);
  }
}

/** What was asked, where less of it is proposed. */
export function narrowedLine({ asked }: Pick<ContainmentState, 'asked'>, choice: Choice): FormattedString | null {
  return choice === 0 ? null : line('Asked for: ', effectLine(asked, true));
}

/** Why it is wanted: the requester's words, else the verdict it came from. */
export function whyLine({ reason, basis, phase }: ContainmentState): FormattedString | null {
  if ((phase === 'lifted' || phase === 'overdue') && !reason) return null;
  if (reason) return line('Reason: ', outside(reason, 200));
  return basis ? line('Why: ', outside(basis, 120)) : line('Reason: none given');
}

/** More is at stake than usual: why, and what that asks for. Of a narrower scope the approvals begin anew. */
export function stakesLines(
  { stakes, approvedBy, choice }: Pick<ContainmentState, 'stakes' | 'approvedBy' | 'choice'>,
  shown: Choice = choice,
): FormattedString[] {
  const { rule, why } = stakes;
  const names = list(approvedBy);
  const needs = [
    ...(rule.approvals > 1 ? [`${rule.approvals} people`] : []),
    ...(rule.code ? ['a code from the authenticator'] : []),
  ];
  return [
    ...why.slice(0, 4).map((reason) => line('⚠ ', outside(reason, 160))),
    ...(needs.length > 0 ? [line(`Takes ${list(needs)}`)] : []),
    ...(approvedBy.length > 0
      ? [
          shown === choice
            ? line(`Approved so far: ${names} (${approvedBy.length} of ${rule.approvals})`)
            : line(`${names} approved more than this, and would have to approve again`),
        ]
      : []),
  ];
}

/** What it would hit, as far as anybody could tell. */
export function impactLines({ impact, stakes }: ContainmentState): FormattedString[] {
  const { held, unread, findings } = impact;
  const told = findings.filter(({ tier, why }) => tier === 'tell' || !stakes.why.includes(why));
  return [
    ...told.slice(0, 3).map(({ why }) => line('ℹ️ ', outside(why, 160))),
    ...hitLines(impact),
    ...held
      .slice(0, 4)
      .map(({ system, until, by }) =>
        line(
          `Held already on ${systemInWords(system)}`,
          ...(until ? [' until ', clock(until)] : []),
          ...(by === null ? [] : [' for ', outside(by, 40)]),
        ),
      ),
    ...(unread.length > 0 ? [line(`⚠ Could not read what is held on ${list(unread.map(systemInWords))}`)] : []),
  ];
}

/** Whom of ours it would hit: the machines it cuts off, and those that used the target. */
export function hitLines({ hosts, seenOn }: Pick<Impact, 'hosts' | 'seenOn'>): FormattedString[] {
  const rest = hosts.length - MOST_MACHINES;
  return [
    ...hosts
      .slice(0, MOST_MACHINES)
      .map(({ name, owner, tier }) =>
        line(outside(name, 60), ` · ${tier} · `, ...(owner === null ? ['owner not known'] : [outside(owner, 40)])),
      ),
    ...(rest > 0 ? [line(`… and ${rest} more machines`)] : []),
    ...(seenOn === null ? [] : [seenLine(seenOn)]),
  ];
}

function seenLine(hosts: readonly string[]): FormattedString {
  if (hosts.length === 0) return line('No machine of ours used it in 24 h, as far as the logs tell');
  const names = hosts.slice(0, 3).map((host) => outside(host, 30));
  const count = hosts.length === 1 ? 'Used by 1 machine' : `Used by ${hosts.length} machines`;
  const commas = names.flatMap((name, at) => (at === 0 ? [name] : [', ', name]));
  return line(`${count} of ours (24 h): `, ...commas, hosts.length > names.length ? ' …' : '');
}

/** A stretch of time in which presses were lost, and what to do about it. */
export function gapLine({ gap }: ContainmentState): FormattedString | null {
  if (!gap) return null;
  return line(
    '🔄 I was offline ',
    clock(gap.from),
    ' to ',
    clock(gap.to),
    '. A press in that time was lost: please press again.',
  );
}

/** Everything is stopped: by whom, and why. */
export function freezeLine({ freeze }: ContainmentState): FormattedString | null {
  if (!freeze) return null;
  return line(
    `🧊 Frozen by ${freeze.by}`,
    ...(freeze.reason ? [': ', outside(freeze.reason, 120)] : []),
    '. Nothing is approved.',
  );
}

/** Approvers whom Telegram does not let us write to. */
export function reachLine({ unreachable }: ContainmentState): FormattedString | null {
  if (unreachable.length === 0) return null;
  return line(`⚠ Telegram does not let me write to ${list(unreachable)}: ask them to open this chat and press Start`);
}

/** Who decided, and when. */
export function decidedLine({ decision, stakes }: ContainmentState): FormattedString | null {
  if (decision?.kind !== 'approved') return null;
  const last = decision.by.at(-1);
  const names = list(decision.by.map((one) => one.by));
  const how = decision.isAlone ? `🚨 Emergency: ${names} approved alone` : `Approved by ${names}`;
  return line(how, ...(last ? [' ', clock(last.at)] : []), stakes.rule.code || decision.isAlone ? ' · 🔑' : '');
}

/** How it ended without the act. */
export function endLine({ decision }: ContainmentState): FormattedString | null {
  if (decision?.kind === 'expired')
    return line('Nobody answered in time. Nothing was done. Ask again if it is still wanted.');
  if (decision?.kind !== 'denied' && decision?.kind !== 'withdrawn') return null;
  const [one] = decision.by;
  const why = decision.kind === 'denied' && decision.why !== '' ? ` (${decision.why})` : '';
  return line(`${decision.kind === 'denied' ? 'Denied' : 'Withdrawn'} by ${one.by}${why} `, clock(one.at));
}

/** When an approval that nobody answers expires. */
export function expiryLine({ expiresAt }: ContainmentState): FormattedString {
  return line('Expires ', when(expiresAt));
}
