import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LATER_TOAST } from '#cards/toast.ts';
import type { Press } from '#range/telegram/phone.ts';
import { hasButton, isFinal, lookTwice, says, sayYes } from '#support/journey-phone.ts';
import { approve, BLOCK_STEPS, bringToGate } from '#support/kill-blocks.ts';
import { LOOK_UP_STEPS } from '#support/kill-look-ups.ts';
import { APPROVER, askerOf, createScene, PATIENCE, readActs, type Scene } from '#support/kill-scene.ts';
import { waitUntilSilent } from '#support/stack-rest.ts';
import { type Stack, startStack } from '#support/stack.ts';

const VICTIMS = ['everything', 'the worker', 'the Temporal server', 'the bot'] as const;
type Victim = (typeof VICTIMS)[number];

const LOOK_UPS = '198.51.100';
const BLOCKS = '203.0.113';
const APPROVED = BLOCK_STEPS.length;
const ENDING = APPROVED + 1;
const QUEUED = LOOK_UP_STEPS.length;
/** Long enough to be brought to a worker that is then frozen, on a machine that does something else as well. */
const ENDS_AFTER = '12s';

/** Requests at every step, then the kill: done once per victim, one victim after the other, in one stack. */
describe('killed without warning', () => {
  let stack: Stack;
  let laterPress: Press;

  const sceneOf = (network: string, victim: Victim, stepAt: number): Scene =>
    createScene(stack, {
      network,
      victimAt: VICTIMS.indexOf(victim),
      stepAt,
      isWorkerHit: victim === 'everything' || victim === 'the worker',
    });

  async function bringAll(victim: Victim, isHeldByWorker: boolean): Promise<void> {
    const bring = async (network: string, steps: typeof BLOCK_STEPS) =>
      Promise.all(
        steps.map(async (step, at) => {
          if ((step.isHeldByWorker ?? false) === isHeldByWorker) await step.bring(sceneOf(network, victim, at));
        }),
      );
    await Promise.all([bring(LOOK_UPS, LOOK_UP_STEPS), bring(BLOCKS, BLOCK_STEPS)]);
  }

  /** A decision that has reached the bot and no worker. Its answer is not waited for. */
  async function pressAndLeave(victim: Victim, card: Awaited<ReturnType<typeof bringToGate>>): Promise<void> {
    await sayYes(sceneOf(BLOCKS, victim, APPROVED).approver, card, 0);
    await vi.waitFor(async () => {
      const polls = await stack.people.calls({ method: 'getUpdates' });
      if (polls.at(-1)?.ok !== true) throw new Error('the press still waits in Telegram');
    }, PATIENCE);
  }

  /** As far as a thumb can go before it decides. */
  async function bringToSecondLook(scene: Scene) {
    return lookTwice(scene.approver, scene.target, await bringToGate(scene));
  }

  async function kill(victim: Victim): Promise<void> {
    if (victim === 'everything') await stack.killAll();
    if (victim === 'the worker') await stack.worker.kill();
    if (victim === 'the Temporal server') await stack.temporal.kill();
    if (victim === 'the bot') await stack.bot.kill();
  }

  async function restart(victim: Victim): Promise<void> {
    stack.vendors.get('virustotal')?.setFaults([]);
    await stack.people.clearFaults();
    if (victim === 'everything') await stack.startAll();
    if (victim === 'the worker') await stack.worker.start();
    if (victim === 'the Temporal server') await stack.temporal.start();
    if (victim === 'the bot') await stack.bot.start();
    if (victim === 'the Temporal server' || victim === 'the bot') stack.worker.thaw();
  }

  async function strike(victim: Victim): Promise<void> {
    const approved = sceneOf(BLOCKS, victim, APPROVED);
    const [card] = await Promise.all([bringToSecondLook(approved), bringAll(victim, false)]);
    const ending = sceneOf(BLOCKS, victim, ENDING);
    if (victim === 'everything') await approve(ending, await bringToGate(ending, ENDS_AFTER));
    if (victim === 'everything') await ending.asker.waitFor(ending.target, says('Ben approved'));
    await waitUntilSilent(stack.client);
    stack.worker.freeze();
    await bringAll(victim, true);
    if (victim !== 'the worker') await pressAndLeave(victim, card);

    await kill(victim);

    const queued = sceneOf(LOOK_UPS, victim, QUEUED);
    await queued.asker.say(`/ioc ${queued.target.value}`);
    if (victim === 'the worker') laterPress = await sayYes(approved.approver, card);
    if (victim === 'everything') await outlast(ending);
    await restart(victim);
  }

  /** Waits until a block's time is up, with nobody there to lift it. */
  async function outlast(ending: Scene): Promise<void> {
    const block = await stack.store.blockList.get(`ipv4:${ending.target.value}`);
    await delay(Math.max(Date.parse(block?.until ?? '') - Date.now(), 0) + 50);
    expect(await readActs(ending)).toEqual(['added']);
  }

  beforeAll(async () => {
    const lookers = Array.from({ length: QUEUED + 1 }, (_, at) => askerOf(LOOK_UPS, at));
    const blockers = Array.from({ length: ENDING + 1 }, (_, at) => askerOf(BLOCKS, at));
    stack = await startStack({ actors: [APPROVER, ...lookers, ...blockers], settings: 'lookUps: { firstCard: 10s }' });
    for (const victim of VICTIMS) await strike(victim);
    // The bot, killed last, may still be on its way up.
    await vi.waitFor(async () => stack.readFeed(), PATIENCE);
  }, 180_000);

  afterAll(() => stack.close());

  describe.each(VICTIMS)('%s', (victim) => {
    const lookUps = [...LOOK_UP_STEPS.map(({ name }) => name), 'asked while it was down'];
    it.each(lookUps)('a look-up, %s, is answered once and costs one call', { timeout: 60_000 }, async (name) => {
      const { asker, target } = sceneOf(LOOK_UPS, victim, lookUps.indexOf(name));

      await asker.waitFor(target, isFinal);

      // Whoever waited long gets a short message with a sound as well; it has no buttons.
      expect((await asker.messagesAbout(target)).filter(hasButton('More'))).toHaveLength(1);
      expect(stack.countCalls('virustotal', target)).toBe(1);
      expect(stack.countCalls('abuseipdb', target)).toBe(1);
    });

    const blocks = [...BLOCK_STEPS.map(({ name }) => name), 'approved by a press that nobody had taken'];
    it.each(blocks)('a block, %s, is carried out once, and by leave', { timeout: 60_000 }, async (name) => {
      const scene = sceneOf(BLOCKS, victim, blocks.indexOf(name));
      const { asker, approver, target } = scene;

      if (name === 'waiting for its approval' || name === 'accepted, and nothing else') {
        const card = await approver.waitFor(target, hasButton('Approve'));
        expect(await readActs(scene)).toEqual([]);
        expect(await stack.readFeed()).not.toContain(target.value);
        await approve(scene, card);
      }
      await Promise.all(['Ben approved.', 'verified'].map(async (words) => asker.waitFor(target, says(words))));

      expect(await readActs(scene)).toEqual(['added']);
      expect((await stack.readFeed()).filter((line) => line === target.value)).toHaveLength(1);
      expect((await asker.messagesAbout(target)).map(({ text }) => text)).toEqual([
        expect.stringContaining('verified'),
        expect.stringContaining('Ben approved.'),
      ]);
    });
  });

  it('lifts a block whose time ended while nothing ran', async () => {
    const scene = sceneOf(BLOCKS, 'everything', ENDING);

    await scene.asker.waitFor(scene.target, says('Lifted itself'));

    expect(await readActs(scene)).toEqual(['added', 'removed']);
    expect(await stack.readFeed()).not.toContain(scene.target.value);
  });

  it('tells a person that a press was stored while no worker could answer', () => {
    expect(laterPress).toMatchObject({ answered: true, text: LATER_TOAST.text });
  });

  it('keeps an audit whose chain holds', async () => {
    expect(await stack.store.audit.verify()).toMatchObject({ kind: 'intact' });
  });
});
