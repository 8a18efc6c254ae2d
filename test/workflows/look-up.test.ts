import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { LookUpState } from '#domain/investigation.ts';
import { concludeVerdict, type SourceProgress } from '#domain/verdict.ts';
import { faultOf } from '#support/fake-messenger.ts';
import { answer } from '#support/fake-sources.ts';
import { lookUpCardOf, shownState, startLookUp } from '#support/look-up-flow.ts';
import { addressOf, askOf, lookUpInput, pressBy } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import { lookUpState } from '#workflows/messages.ts';
import { SocPhase, SocVerdict } from '#workflows/search-attributes.ts';

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

function sourceIn(state: LookUpState, id: string): SourceProgress | undefined {
  return state.investigations[0]?.sources.find((source) => source.id === id);
}

function levelOf(state: LookUpState): string {
  return concludeVerdict(state.investigations[0]?.sources ?? []).level;
}

describe.concurrent('a look-up', () => {
  it('shows one card, with a sound in private, when all answer at once', async () => {
    const ask = askOf();
    rig.sources.script(ask.requestId, 'beta', () => answer('malicious'));

    const { ended, handle } = await startLookUp(rig, lookUpInput(ask));
    const state = await ended;

    const shown = rig.telegram.of(ask.requestId);
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ to: ask.chat.id, replyTo: ask.messageId, isSilent: false });
    expect(shown[0]).not.toHaveProperty('edit');
    expect(shown.map(shownState)).toEqual([state]);
    expect(state.phase).toBe('done');
    const { typedSearchAttributes } = await handle.describe();
    expect([typedSearchAttributes.get(SocPhase), typedSearchAttributes.get(SocVerdict)]).toEqual(['done', 'malicious']);
  });

  it('asks every source once, under the name of the request and of the person', async () => {
    const ask = askOf();

    await (
      await startLookUp(rig, lookUpInput(ask))
    ).ended;

    const calls = rig.sources.callsOf(ask.requestId);
    expect(calls.map(({ source }) => source).toSorted()).toEqual(['alpha', 'beta', 'gamma']);
    expect(calls[0]).toMatchObject({ observable: addressOf(66), by: 'ana', evenIfLost: false });
  });

  it('never lets a slow source hold the first card back, and edits that card when it answers', async () => {
    const ask = askOf();
    const slow = Promise.withResolvers<ReturnType<typeof answer>>();
    rig.sources.script(ask.requestId, 'gamma', async () => slow.promise);

    const { ended } = await startLookUp(rig, { ...lookUpInput(ask), firstCardMs: 50 });
    const first = await lookUpCardOf(rig, ask);
    slow.resolve(answer('suspicious'));
    await ended;

    expect(sourceIn(shownState(first), 'gamma')?.state).toBe('asking');
    expect(levelOf(shownState(first))).toBe('unknown');
    const last = rig.telegram.of(ask.requestId).at(-1);
    expect(last).toMatchObject({ edit: first.message, message: first.message });
    expect(last && levelOf(shownState(last))).toBe('suspicious');
  });

  it('speaks at most twice in a group: one silent card, one edit with the last word', async ({ expect: own }) => {
    const ask = askOf({ isPrivate: false });
    const [second, third] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    rig.sources.script(ask.requestId, 'beta', async () => second.promise.then(() => answer('no_hits')));
    rig.sources.script(ask.requestId, 'gamma', async () => third.promise.then(() => answer('malicious')));

    const { ended, handle } = await startLookUp(rig, { ...lookUpInput(ask), firstCardMs: 50 });
    await lookUpCardOf(rig, ask);
    second.resolve();
    await own.poll(async () => sourceIn(await handle.query(lookUpState), 'beta')?.state).toBe('answered');
    third.resolve();
    await ended;

    const shown = rig.telegram.of(ask.requestId);
    expect(shown).toHaveLength(2);
    expect(shown.map(({ isSilent }) => isSilent)).toEqual([true, true]);
    expect(shown.map((one) => levelOf(shownState(one)))).toEqual(['unknown', 'malicious']);
  });

  it.each([
    ['an alarm', 'malicious', null],
    [
      'that the rest waits for its turn',
      'no_hits',
      { kind: 'wait', slotAt: new Date(Date.now() + 3_600_000).toISOString() },
    ],
  ] as const)('does not keep %s from a group until the last source has spoken', async (_, level, gamma) => {
    const ask = askOf({ isPrivate: false });
    const [second, third] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    rig.sources.script(ask.requestId, 'beta', async () => second.promise.then(() => answer(level)));
    rig.sources.script(ask.requestId, 'gamma', async () => gamma ?? third.promise.then(() => answer('no_hits')));

    const { handle } = await startLookUp(rig, { ...lookUpInput(ask), firstCardMs: 50 });
    await lookUpCardOf(rig, ask);
    second.resolve();
    const edit = await lookUpCardOf(rig, ask, (state) => sourceIn(state, 'beta')?.state === 'answered');
    await rig.desk.press(ask.requestId, pressBy('ana', 'withdraw'));
    await handle.result();
    third.resolve();

    expect(edit.edit).toBeDefined();
    expect(shownState(edit).phase).toBe('running');
  });

  it('says when its turn at a quota comes, and finishes by itself', async () => {
    const ask = askOf();
    const inTime = () => new Date(Date.now() + 4_000).toISOString();
    rig.sources.script(ask.requestId, 'alpha', (_, times) =>
      times === 1 ? { kind: 'wait', slotAt: inTime() } : answer('malicious'),
    );

    const { ended } = await startLookUp(rig, { ...lookUpInput(ask), firstCardMs: 2_000 });
    const first = await lookUpCardOf(rig, ask);
    const state = await ended;

    expect(sourceIn(shownState(first), 'alpha')).toMatchObject({
      state: 'waiting',
      until: expect.stringMatching(/^20/),
    });
    expect(sourceIn(state, 'alpha')?.state).toBe('answered');
    expect(rig.sources.callsOf(ask.requestId).filter(({ source }) => source === 'alpha')).toHaveLength(2);
  });

  it('names a source whose answer was lost, and is degraded by it', async () => {
    const ask = askOf();
    rig.sources.script(ask.requestId, 'alpha', () => ({ kind: 'lost', askedAt: '2026-03-01T11:59:00.000Z' }));

    const state = await (await startLookUp(rig, lookUpInput(ask))).ended;

    expect(sourceIn(state, 'alpha')).toMatchObject({ state: 'silent', why: 'lost' });
    expect(levelOf(state)).toBe('unknown');
  });

  it.each(['unauthorized', 'not_found', 'refused', 'malformed_response'] as const)(
    'names a source that fails for good: %s',
    async (kind) => {
      const ask = askOf();
      rig.sources.script(ask.requestId, 'beta', () => {
        throw faultOf(`beta.${kind}`, 'said so itself');
      });

      const state = await (await startLookUp(rig, lookUpInput(ask))).ended;

      expect(sourceIn(state, 'beta')).toMatchObject({ state: 'silent', why: kind, detail: 'said so itself' });
      expect(levelOf(state)).toBe('unknown');
    },
  );

  it('tells who asked before', async () => {
    const ask = askOf();
    const sharedBy = { name: 'rob', askedAt: '2026-03-01T11:58:00.000Z' };
    rig.sources.script(ask.requestId, 'alpha', () => ({ ...answer('no_hits'), sharedBy }) as ReturnType<typeof answer>);

    const state = await (await startLookUp(rig, lookUpInput(ask))).ended;

    expect(sourceIn(state, 'alpha')).toMatchObject({ state: 'answered', sharedBy });
    expect(sourceIn(state, 'beta')).not.toHaveProperty('sharedBy');
  });

  it('keeps the answers of several observables apart', async () => {
    const ask = askOf();
    const { plans, ...rest } = lookUpInput(ask, ['alpha']);
    const two = [...plans, ...plans.map((plan) => ({ ...plan, observable: addressOf(67) }))];
    rig.sources.script(ask.requestId, 'alpha', ({ observable }) =>
      answer(observable.value === '203.0.113.67' ? 'malicious' : 'no_hits'),
    );

    const state = await (await startLookUp(rig, { ...rest, plans: two })).ended;

    expect(state.investigations.map(({ sources }) => concludeVerdict(sources).level)).toEqual(['no_hits', 'malicious']);
  });

  it('answers at once when the markings leave nobody to ask', async () => {
    const ask = askOf();

    const state = await (await startLookUp(rig, lookUpInput(ask, []))).ended;

    expect(state.phase).toBe('done');
    expect(levelOf(state)).toBe('unknown');
    expect(rig.telegram.of(ask.requestId)).toHaveLength(1);
  });

  it('can be read after its end', async () => {
    const { handle, ended } = await startLookUp(rig, lookUpInput(askOf()));
    const state = await ended;

    expect(await handle.query(lookUpState)).toEqual(state);
  });
});

describe.concurrent('a look-up whose card cannot be shown', () => {
  it('ends all the same when the chat has blocked the bot', async () => {
    const ask = { ...askOf(), chat: { id: 99, isPrivate: true } };
    rig.telegram.block(99);

    const state = await (await startLookUp(rig, lookUpInput(ask))).ended;

    expect(state.phase).toBe('done');
  });
});
