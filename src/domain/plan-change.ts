import { type ContainmentPlan, systemsOf, targetsOf } from './containment.ts';
import { parseDuration } from './duration.ts';

/**
 * A narrower scope of what was asked, as a small number that fits a button: which of the shorter times, which one system
 * alone. Never wider, never another target. 0 is what was asked.
 */
export type Choice = number;

export const AS_ASKED: Choice = 0;

/** The times an approver can choose, where they are shorter than what was asked. */
const DURATIONS = ['1h', '4h', '24h'].map((text) => parseDuration(text) ?? 0);
const RADIX = DURATIONS.length + 1;

/** What was asked, narrowed by a choice; null where the plan leaves no room for it. */
export function changedPlan(asked: ContainmentPlan, choice: Choice): ContainmentPlan | null {
  if (!Number.isSafeInteger(choice) || choice < 0) return null;
  const { time, place } = partsOf(choice);
  const durationMs = time === 0 ? asked.durationMs : (DURATIONS[time - 1] ?? null);
  const isShorter = asked.durationMs !== null && durationMs !== null && durationMs < asked.durationMs;
  if (time !== 0 && !isShorter) return null;
  if (place === 0) return { ...asked, durationMs };
  const system = systemsAlone(asked)[place - 1];
  if (system === undefined) return null;
  return { ...asked, durationMs, steps: asked.steps.filter((step) => step.system === system) };
}

/** What an approver may narrow a choice to, in the order of the buttons. */
export function narrowerThan(
  asked: ContainmentPlan,
  choice: Choice,
): readonly { readonly choice: Choice; readonly durationMs?: number; readonly system?: string }[] {
  const { time, place } = partsOf(choice);
  const nowMs = (time === 0 ? asked.durationMs : DURATIONS[time - 1]) ?? 0;
  const times = DURATIONS.flatMap((durationMs, at) =>
    durationMs < nowMs ? [{ choice: at + 1 + place * RADIX, durationMs }] : [],
  );
  const places =
    place === 0 ? systemsAlone(asked).map((system, at) => ({ choice: time + (at + 1) * RADIX, system })) : [];
  return [...times, ...places];
}

function partsOf(choice: Choice): { readonly time: number; readonly place: number } {
  return { time: choice % RADIX, place: Math.floor(choice / RADIX) };
}

/** The systems that can carry it out alone: each takes every target. An allowance is one thing everywhere. */
function systemsAlone(asked: ContainmentPlan): readonly string[] {
  const systems = systemsOf(asked);
  if (asked.action === 'allow' || systems.length === 1) return [];
  const count = targetsOf(asked).length;
  return systems.filter((id) => asked.steps.filter(({ system }) => system === id).length === count);
}
