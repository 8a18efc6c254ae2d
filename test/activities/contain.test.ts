import { describe, expect, it } from 'vitest';
import { ConnectorError } from '#connectors/errors.ts';
import { digestOf, type Order } from '#domain/containment.ts';
import type { Responder } from '#domain/responder.ts';
import { startContainRig } from '#support/contain-rig.ts';
import { actOf, APPROVED, approvalBy, BLOCK, NOW, UNBLOCK } from '#support/sealed-orders.ts';
import { addressOf, blockPlan, PEOPLE } from '#support/soc-requests.ts';

const buildWall = async (responder: Partial<Responder> = {}) => startContainRig({ responder });

describe('an act on a system', () => {
  it('never reaches it for a lease that neither this request began nor anybody holds', async () => {
    const { contain, reached } = await buildWall();

    expect(await contain(actOf({}, 'fresh-lease'))).toEqual({
      isDone: false,
      why: 'this is not what was approved: another lease',
    });

    expect(reached).toEqual([]);
  });

  it('may keep the later end of the lease that it joins', async () => {
    const until = '2026-03-02T12:00:00.000Z';
    const { contain, store } = await buildWall();
    const lease = { system: 'wall', target: 'ipv4:203.0.113.9', leaseId: 'tg-1-0' };
    await store.leases.begin({ ...lease, until, by: 'ana', digest: '', place: 0, attempt: 'a', now: NOW });

    expect(await contain(actOf({ until }, 'tg-1-0'))).toEqual({ isDone: true });
  });

  it('reaches it when everything is as it was approved, and is on record', async () => {
    const { contain, reached, acts } = await buildWall();

    expect(await contain(actOf())).toEqual({ isDone: true });

    expect(reached).toEqual(['contain']);
    expect(await acts()).toMatchObject([
      {
        at: NOW,
        who: 'ana',
        request: 'tg-1-1',
        action: 'wall.contain',
        target: '203.0.113.9',
        digest: digestOf(blockPlan(addressOf(9))),
        outcome: 'done',
        detail: 'approved by rob (22); lease tg-1-1',
      },
    ]);
  });

  const otherPlan = blockPlan(addressOf(10));
  it.each<[string, Partial<Order>, string]>([
    ['another target than was approved', { plan: otherPlan, digest: actOf().order.digest }, 'the digest differs'],
    [
      'a longer time than was approved',
      { plan: blockPlan(addressOf(9), { durationMs: 1e10 }), digest: actOf().order.digest },
      'the digest differs',
    ],
    ['an empty digest', { digest: '' }, 'the digest differs'],
    [
      'another system than was approved',
      { plan: blockPlan(addressOf(9), { steps: [{ system: 'moat', target: addressOf(9) }] }) },
      'another step',
    ],
    ['a target that is no step of the plan', { plan: blockPlan(addressOf(10)) }, 'another step'],
    ['an approved unblock', { plan: UNBLOCK }, 'another act'],
    ['nobody’s approval', { approvals: [] }, 'nobody else has approved it'],
    [
      'the requester’s own approval',
      { approvals: [APPROVED, approvalBy('ana', BLOCK)] },
      'nobody else has approved it',
    ],
    [
      'the approval of somebody who may only look',
      { approvals: [approvalBy('vic', BLOCK)] },
      'vic may not approve this any more',
    ],
    [
      'an approval without the bot’s seal',
      { approvals: [{ ...APPROVED, seal: '0'.repeat(32) }] },
      'bears no seal that fits',
    ],
    ['an approval with an empty seal', { approvals: [{ ...APPROVED, seal: '' }] }, 'bears no seal that fits'],
    [
      'a denial that is passed off as an approval',
      { approvals: [approvalBy('rob', BLOCK, { verb: 'deny' })] },
      'bears no seal that fits',
    ],
    [
      'an approval of another request',
      { approvals: [approvalBy('rob', BLOCK, { requestId: 'tg-1-2' })] },
      'bears no seal that fits',
    ],
    ['an approval of another plan', { approvals: [approvalBy('rob', UNBLOCK)] }, 'bears no seal that fits'],
    ['an approval under another name', { approvals: [{ ...APPROVED, by: PEOPLE.ria }] }, 'bears no seal that fits'],
    ['an order under another requester’s name', { requester: 'ria' }, 'bears no seal that fits'],
    [
      'an approval that was given long before, under a new date',
      { approvals: [{ ...APPROVED, at: '2026-03-01T12:00:01.000Z' }] },
      'bears no seal that fits',
    ],
    [
      'an approval that was given long before, with a new window',
      {
        approvals: [approvalBy('rob', BLOCK, { at: '2026-03-01T11:00:00.000Z' })],
        notAfter: '2099-01-01T00:00:00.000Z',
      },
      'approved too long ago',
    ],
    ['a longer end than was approved', { until: '2099-01-01T00:00:00.000Z' }, 'a later end'],
    [
      'an approval from the account that asked, under another name',
      { approvals: [approvalBy('rob', BLOCK, { by: { ...PEOPLE.ana, name: 'ana silva', role: 'responder' } })] },
      'nobody else has approved it',
    ],
    ['no end', { until: null }, 'no end'],
    ['an end that no calendar has', { until: '9999-99-99' }, 'no end'],
    ['an end that has gone by', { until: NOW }, 'its time was up before it could begin'],
    ['an approval whose window has gone by', { notAfter: '2026-03-01T11:59:59.999Z' }, 'approved too long ago'],
    [
      'what is marked not to be acted on',
      { plan: blockPlan(addressOf(9), { markings: { tlp: 'AMBER', pap: 'AMBER' } }) },
      'PAP:AMBER forbids it',
    ],
  ])('never reaches it for %s', async (_, rest, why) => {
    const { contain, reached, acts } = await buildWall();

    expect(await contain(actOf(rest))).toEqual({ isDone: false, why: expect.stringContaining(why) });

    expect(reached).toEqual([]);
    expect(await acts()).toMatchObject([
      { action: 'wall.contain', outcome: 'refused', detail: expect.stringContaining(why) },
    ]);
  });

  it('reaches it at the last moment of its window', async () => {
    const { contain } = await buildWall();

    expect(await contain(actOf({ notAfter: NOW }))).toEqual({ isDone: true });
  });

  it('is one record, however often it is repeated', async () => {
    const { contain, reached, acts } = await buildWall();

    await contain(actOf());
    await contain(actOf());

    expect(reached).toEqual(['contain']);
    expect(await acts()).toHaveLength(1);
  });

  it('is a record of its own when the same lease is made longer', async () => {
    const { contain, acts } = await buildWall();

    await contain(actOf());
    await contain(actOf({ until: '2026-03-01T14:00:00.000Z' }));

    expect(await acts()).toHaveLength(2);
  });

  it('passes on the system’s own no', async () => {
    const { contain, acts } = await buildWall({ contain: async () => ({ isDone: false, why: 'the wall is full' }) });

    expect(await contain(actOf())).toEqual({ isDone: false, why: 'the wall is full' });

    expect(await acts()).toMatchObject([{ outcome: 'refused', detail: 'the wall is full' }]);
  });

  it('fails in words that Temporal understands, and claims nothing', async () => {
    const { contain, acts } = await buildWall({
      contain: async () => {
        throw new ConnectorError({ connector: 'wall', kind: 'unreachable', message: 'no answer' });
      },
    });

    await expect(contain(actOf())).rejects.toMatchObject({ type: 'wall.unreachable', nonRetryable: false });

    expect(await acts()).toMatchObject([{ outcome: 'no answer', detail: 'no answer' }]);
  });

  it.each([
    ['an address of our own', addressOf(65), '203.0.113.64/26'],
    ['a private address', { kind: 'ipv4', value: '10.0.0.1' }, 'private'],
    ['a name of ours', { kind: 'domain', value: 'www.campus.example' }, 'campus'],
    ['an e-mail address', { kind: 'email', value: 'a@evil.example' }, ''],
  ] as const)('never reaches it for %s', async (_, target, why) => {
    const { contain, reached } = await buildWall();
    const plan = blockPlan(target);
    const act = { ...actOf({ plan, approvals: [approvalBy('rob', plan)] }), target };

    expect(await contain(act)).toEqual({ isDone: false, why: expect.stringContaining(why) });
    expect(reached).toEqual([]);
  });
});

describe('a release', () => {
  it('is carried out also where the system cannot be read', async () => {
    const { release, reached } = await buildWall({
      readBack: async () => {
        throw new Error('it does not answer');
      },
    });

    expect(await release(actOf({ plan: UNBLOCK }))).toEqual({ isDone: true });

    expect(reached).toEqual(['release']);
  });

  it('needs no leave when a lease ends its own block: not the digest, not the window, not the guard', async () => {
    const { release, reached } = await buildWall();
    const past = {
      digest: 'of an older version',
      notAfter: '2026-02-01T12:00:00.000Z',
      plan: blockPlan(addressOf(65)),
    };

    expect(await release(actOf(past))).toEqual({ isDone: true });

    expect(reached).toEqual(['release']);
  });

  it('by order reaches the system when it was approved', async () => {
    const { release, reached } = await buildWall();

    expect(await release(actOf({ plan: UNBLOCK }))).toEqual({ isDone: true });

    expect(reached).toEqual(['release']);
  });

  it('by order is allowed for what may not be blocked', async () => {
    const { release } = await buildWall();
    const plan = blockPlan(addressOf(65), {
      action: 'unblock',
      durationMs: null,
      markings: { tlp: 'RED', pap: 'RED' },
    });

    expect(await release({ ...actOf({ plan }), target: addressOf(65) })).toEqual({ isDone: true });
  });

  it.each<[string, Partial<Order>, string]>([
    ['nobody’s approval', { plan: UNBLOCK, approvals: [] }, 'nobody else has approved it'],
    [
      'the requester’s own approval',
      { plan: UNBLOCK, approvals: [approvalBy('ana', UNBLOCK)] },
      'nobody else has approved it',
    ],
    ['an approval whose window has gone by', { notAfter: '2026-03-01T11:00:00.000Z' }, 'approved too long ago'],
    ['another digest', { digest: 'beef beef' }, 'the digest differs'],
  ])('by order never reaches the system for %s', async (_, rest, why) => {
    const { release, reached } = await buildWall();

    expect(await release(actOf({ plan: UNBLOCK, ...rest }))).toEqual({
      isDone: false,
      why: expect.stringContaining(why),
    });

    expect(reached).toEqual([]);
  });
});

describe('a read-back', () => {
  it('gives what the system holds, and fails when it cannot be read', async () => {
    const held = { system: 'wall', target: addressOf(9), until: null, by: 'ana', leaseId: 'tg-1-1' };
    const { readBack } = await buildWall({ readBack: async () => held });
    const broken = await buildWall({
      readBack: async () => {
        throw new ConnectorError({ connector: 'wall', kind: 'malformed_response', message: 'no list' });
      },
    });

    expect(await readBack(addressOf(9))).toEqual(held);
    await expect(broken.readBack(addressOf(9))).rejects.toMatchObject({ type: 'wall.malformed_response' });
  });
});
