import type { Order } from '#domain/containment.ts';
import type { Gap, StepNews } from './messages.ts';

// Whoever reaches the engine can send a workflow anything. What is no message of SocBot's is dropped where it comes in,
// since an error there would stop the workflow for good; whether it is a true one is judged where it would act.

type Fields = Readonly<Record<string, unknown>>;

function isObject(heard: unknown): heard is Fields {
  return typeof heard === 'object' && heard !== null && !Array.isArray(heard);
}

function areTexts(...some: readonly unknown[]): boolean {
  return some.every((one) => typeof one === 'string');
}

function isTarget(heard: unknown): boolean {
  return isObject(heard) && areTexts(heard['kind'], heard['value']);
}

/** Whether something has the shape of an order. */
export function isOrder(heard: unknown): heard is Order {
  if (!isObject(heard) || !isObject(heard['plan'])) return false;
  const { plan, approvals, until } = heard;
  const { steps, action } = plan;
  const areSteps = Array.isArray(steps) && steps.every((step) => isObject(step) && isTarget(step['target']));
  const isEnd = until === null || (typeof until === 'string' && Number.isFinite(Date.parse(until)));
  return areSteps && isEnd && Array.isArray(approvals) && areTexts(action, heard['requestId'], heard['notAfter']);
}

/** Whether something has the shape of a time without contact. */
export function isGap(heard: unknown): heard is Gap {
  return isObject(heard) && areTexts(heard['from'], heard['to']);
}

/** Whether something has the shape of a lease's word about a step. */
export function isStepNews(heard: unknown): heard is StepNews {
  return isObject(heard) && areTexts(heard['system'], heard['kind']) && isTarget(heard['target']);
}

/** Whether something names a person and a chat of theirs. */
export function isReader(heard: unknown): heard is { readonly name: string; readonly telegramId: number } {
  return isObject(heard) && areTexts(heard['name']) && typeof heard['telegramId'] === 'number';
}
