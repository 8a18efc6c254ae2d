import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startApproved, startContainment, stateOf, untilOf } from '#support/containment-flow.ts';
import { faultOf } from '#support/fake-messenger.ts';
import { leaseEnded, unblockPlan } from '#support/lease-flow.ts';
import { addressOf, askOf, blockPlan, PEOPLE } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';

const { ana, rob } = PEOPLE;
const MINUTE_MS = 60_000;
const UNKNOWN = { isDone: false, isUnknown: true, why: 'no answer came' } as const;

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

/** The short messages with a sound that a request's own requester was sent, as phases. */
function noticesOf(requestId: string): string[] {
  const shown = rig.telegram.of(requestId).filter(({ to }) => to === ana.telegramId);
  return shown.flatMap((one) =>
    one.card.kind === 'containment' && one.card.reader === 'notice' ? [stateOf(one).phase] : [],
  );
}

describe.concurrent('a request whose hold lives on', () => {
  it('lives until it is lifted by itself, and says so on every card without a sound', async () => {
    const flow = await startApproved(rig, blockPlan(addressOf(1), { durationMs: 2_500 }));
    const before = (await flow.handle.describe()).status.name;

    const state = await flow.ended;

    expect([before, flow.state.phase, state.phase]).toEqual(['RUNNING', 'done', 'lifted']);
    expect(state.steps[0]?.lifted).toMatchObject({ order: null });
    expect((['ana', 'rob', 'ria'] as const).map((who) => flow.phasesIn(PEOPLE[who].telegramId).at(-1))).toEqual([
      'lifted',
      'lifted',
      'lifted',
    ]);
    expect(noticesOf(flow.requestId)).toEqual(['done']);
  });

  it('hears that another request made it longer, and follows it to that end', async () => {
    const target = addressOf(2);
    const first = await startApproved(rig, blockPlan(target, { durationMs: 60 * MINUTE_MS }));
    const second = await startApproved(rig, blockPlan(target, { durationMs: 120 * MINUTE_MS }));
    const until = untilOf(second.state);

    const longer = await first.sees('rob', ({ steps: [step] }) => {
      const { outcome } = step ?? {};
      return outcome?.outcome === 'done' && outcome.until === until;
    });
    await startApproved(rig, unblockPlan(target));
    const ends = await Promise.all([first.ended, second.ended]);

    expect(stateOf(longer)).toMatchObject({ phase: 'done', steps: [{ outcome: { isExtended: true } }] });
    expect(ends.map(({ phase }) => phase)).toEqual(['lifted', 'lifted']);
  });

  it('is told aloud when somebody else has it let go, and not when it was the requester', async () => {
    const [target, own] = [addressOf(3), addressOf(4)];
    const [block, blockOfOwn] = await Promise.all([target, own].map(async (one) => startApproved(rig, blockPlan(one))));

    await startApproved(rig, unblockPlan(target), { ask: { ...askOf(), by: PEOPLE.ria } });
    await startApproved(rig, unblockPlan(own));
    const lifted = await block?.ended;
    await blockOfOwn?.ended;

    expect(lifted?.steps[0]?.lifted?.order).toEqual({ requester: 'ria', approvers: 'rob' });
    expect(noticesOf(block?.requestId ?? '')).toEqual(['done', 'lifted']);
    expect(noticesOf(blockOfOwn?.requestId ?? '')).toEqual(['done']);
  });

  it('ends with the hold also where more joined than anybody counts', async () => {
    const target = addressOf(5);
    const flows = await Promise.all(Array.from({ length: 13 }, async () => startApproved(rig, blockPlan(target))));

    await startApproved(rig, unblockPlan(target));
    const ends = await Promise.all(flows.map(async (flow) => flow.ended));

    expect(new Set(ends.map(({ phase }) => phase))).toEqual(new Set(['lifted']));
  });
});

describe.concurrent('a request that cannot tell what happened', () => {
  it('keeps what is not known until its time, lets it go then, and says so', async () => {
    const target = addressOf(11);
    rig.wall.fail('contain', target, (act) => {
      act();
      return UNKNOWN;
    });

    const flow = await startApproved(rig, blockPlan(target, { durationMs: 2_000 }));
    const state = await flow.ended;
    const [held, freed] = rig.wall.actsOn(target);

    expect(flow.state).toMatchObject({ phase: 'not_done', steps: [{ outcome: { outcome: 'unknown' } }] });
    expect(freed?.at).toSatisfy((at: string) => at >= (held?.lease.order.until ?? ''));
    expect(state).toMatchObject({ phase: 'lifted', steps: [{ lifted: { order: null } }] });
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'release']);
  });

  it('is not called lifted when it failed and was only taken back', async () => {
    const target = addressOf(12);
    rig.wall.fail('contain', target, (act) => {
      act();
      throw faultOf('wall.malformed_response', 'half an answer');
    });

    const flow = await startApproved(rig, blockPlan(target));
    const state = await flow.ended;

    expect(state).toMatchObject({ phase: 'not_done', steps: [{ outcome: { outcome: 'failed' }, lifted: {} }] });
    expect(flow.phasesIn(rob.telegramId)).not.toContain('lifted');
    expect(rig.wall.holds(target)).toBeNull();
  });

  it.each([
    ['failed', 13, () => ({ isDone: true }) as const],
    ['is not known', 14, () => UNKNOWN],
  ])('ends with the hold that it was to make longer, when that %s', async (_, last, fault) => {
    const target = addressOf(last);
    const first = await startApproved(rig, blockPlan(target, { durationMs: 60 * MINUTE_MS }));
    rig.wall.fail('contain', target, fault);

    const second = await startApproved(rig, blockPlan(target, { durationMs: 120 * MINUTE_MS }));
    await startApproved(rig, unblockPlan(target));
    const ends = await Promise.all([first.ended, second.ended]);

    expect(second.state.phase).toBe('not_done');
    expect(ends[0]?.phase).toBe('lifted');
    expect(ends[1]?.steps[0]?.lifted?.order).not.toBeNull();
  });

  it('ends when what was held was lost and could not be held anew', async () => {
    const target = addressOf(15);
    const first = await startApproved(rig, blockPlan(target));
    rig.wall.lose(target);
    rig.wall.fail('contain', target, () => ({ isDone: false, why: 'the wall is full' }));

    const second = await startApproved(rig, blockPlan(target));
    const ends = await Promise.all([first.ended, second.ended]);
    await leaseEnded(rig, target);

    expect(ends.map(({ phase }) => phase)).toEqual(['lifted', 'not_done']);
  });

  it('to let go ends when the system does not let go, and leaves the hold to its lease', async () => {
    const target = addressOf(16);
    const block = await startApproved(rig, blockPlan(target));
    rig.wall.fail('release', target, () => ({ isDone: true }));

    const flow = await startApproved(rig, unblockPlan(target));
    const state = await flow.ended;

    expect(state).toMatchObject({ phase: 'not_done', steps: [{ outcome: { outcome: 'drifted' } }] });
    expect((await block.handle.describe()).status.name).toBe('RUNNING');
  });

  it('waits for nobody where another’s entry holds the target already', async () => {
    const target = addressOf(17);
    rig.wall.put(target, null);
    rig.wall.fail('contain', target, () => ({ isDone: true, isForeign: true }));

    const { state, ended } = await startApproved(rig, blockPlan(target));
    await ended;

    expect(state).toMatchObject({ phase: 'done', steps: [{ outcome: { isForeign: true, until: null } }] });
    expect(rig.wall.askedTo(target)).toEqual(['contain']);
    expect(rig.wall.holds(target)).not.toBeNull();
  });

  it('waits for nobody where everything was a rehearsal', async () => {
    const target = addressOf(18);
    rig.wall.fail('contain', target, () => ({ isDone: true, isRehearsal: true }));

    const { state, ended } = await startApproved(rig, blockPlan(target));
    await ended;

    expect(state).toMatchObject({ phase: 'done', steps: [{ outcome: { outcome: 'rehearsed' } }] });
    await leaseEnded(rig, target);
  });
});

describe('a request that nobody let live', () => {
  it('gives the lease nothing to do once it has been denied', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(21)));
    await flow.deny('rob');
    await flow.ended;

    await expect(leaseEnded(rig, addressOf(21))).rejects.toThrow(/not found/);
  });
});
