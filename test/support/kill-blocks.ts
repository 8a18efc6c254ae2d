import { vi } from 'vitest';
import { approveOn, hasButton, says } from './journey-phone.ts';
import { PATIENCE, readActs, type Scene, type Step } from './kill-scene.ts';

/** The steps of a block at which a kill may come. */
export const BLOCK_STEPS: readonly Step[] = [
  {
    name: 'waiting for its approval',
    bring: async (scene) => void (await bringToGate(scene)),
  },
  {
    name: 'done, its card edited',
    async bring(scene) {
      await approve(scene, await bringToGate(scene));
      await scene.asker.waitFor(scene.target, says('Ben approved'));
    },
  },
  {
    name: 'put in the list, its card not edited yet',
    async bring(scene) {
      const { stack, asker } = scene;
      const card = await bringToGate(scene);
      await stack.people.setFault({ method: 'editMessageText', kind: 'status', chat: asker.chat, retryAfter: 1 });
      await approve(scene, card);
      await vi.waitFor(async () => {
        if ((await readActs(scene)).length === 0) throw new Error('not in the list yet');
      }, PATIENCE);
    },
  },
  {
    name: 'accepted, and nothing else',
    isHeldByWorker: true,
    async bring({ asker, target }) {
      await asker.waitForAcceptance(await asker.say(`/block ${target.value} 1h`));
    },
  },
];

/** Asks for a block and waits until it can be approved; gives the approver's card. */
export async function bringToGate({ asker, approver, target }: Scene, duration = '1h') {
  await asker.say(`/block ${target.value} ${duration}`);
  return approver.waitFor(target, hasButton('Approve'));
}

/** Approves, and gives the answer to the press that decides. */
export async function approve({ approver, target }: Scene, card: Awaited<ReturnType<typeof bringToGate>>) {
  return approveOn(approver, target, card);
}
