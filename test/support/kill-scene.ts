import type { Observable } from '#domain/observable.ts';
import { createPhone, type Phone } from './journey-phone.ts';
import type { Stack } from './stack.ts';

/** One request on its way when something is killed: who asked, who may approve, what it is about. */
export type Scene = {
  readonly stack: Stack;
  readonly target: Observable & { readonly kind: 'ipv4' };
  readonly asker: Phone;
  readonly approver: Phone;
  /** Whether the worker is among the victims: what it has under way then gets no answer. */
  readonly isWorkerHit: boolean;
};

/** How far a request has come when the kill comes. */
export type Step = {
  readonly name: string;
  /** Whether it is held there by a worker that does nothing. */
  readonly isHeldByWorker?: boolean;
  /** Brings a request to this step and holds it there. */
  bring(scene: Scene): Promise<void>;
};

/** For `vi.waitFor`: generous, since only a broken build makes it wait; milliseconds. */
export const PATIENCE = { timeout: 60_000, interval: 20 } as const;

export const APPROVER = { id: 1002, name: 'Ben', role: 'responder' } as const;

/** Where a scene plays: every pair of a victim and a step has an address of its own, every step an asker of its own. */
export function createScene(
  stack: Stack,
  place: { network: string; victimAt: number; stepAt: number; isWorkerHit: boolean },
): Scene {
  const { network, victimAt, stepAt, isWorkerHit } = place;
  return {
    stack,
    target: { kind: 'ipv4', value: `${network}.${100 + victimAt * 10 + stepAt}` },
    asker: createPhone(stack.people, askerOf(network, stepAt).id),
    approver: createPhone(stack.people, APPROVER.id),
    isWorkerHit,
  };
}

/** The analyst who asks at a step. */
export function askerOf(network: string, stepAt: number) {
  const kind = network.startsWith('198') ? 'looker' : 'blocker';
  return { id: (kind === 'looker' ? 2000 : 3000) + stepAt, name: `${kind}${stepAt}`, role: 'analyst' as const };
}

/** What became of the target's block in the list: every act that took effect, the oldest first. */
export async function readActs({ stack, target }: Scene): Promise<readonly string[]> {
  const effects = await stack.store.blockList.listEffects(`ipv4:${target.value}`);
  return effects.map(({ act }) => act);
}
