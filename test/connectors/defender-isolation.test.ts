import { describe, expect, it } from 'vitest';
import { defender } from '#connectors/defender/index.ts';
import { type DefenderState, defenderSimulator } from '#connectors/defender/simulator.ts';
import type { SimulatorDefinition } from '#connectors/simulator-definition.ts';
import { openResponder } from '#support/open-responder.ts';
import { holdOf } from '#support/responder-contract.ts';

const host = (name: string) => ({ kind: 'host', value: `${name}.campus.example` }) as const;
const READY = host('ws-0042');
const SLOW = host('slow');
const ASLEEP = host('asleep');
const TWIN = host('laptop-7');
const LEASE = 'tg-7000000001-42';
const UNDER_WAY = { kind: 'unreachable', retryAfterMs: 15_000, isUndone: false };
const signal = new AbortController().signal;

/** What a person asked of a machine in the vendor's portal. */
const BY_HAND: DefenderState['actions'][number] = {
  id: 'aaaaaaaa-0000-4000-8000-000000000001',
  type: 'Isolate',
  scope: 'Full',
  requestor: 'bob@campus.example',
  requestorComment: 'by hand',
  status: 'Succeeded',
  machineId: '1e5bc9d7e413ddd7902c2932e418702b84d0cc07',
  computerDnsName: 'WS-0042.campus.example',
  creationDateTimeUtc: '2025-12-24T14:39:38.2262283Z',
  cancellationComment: null,
  looks: 0,
};

const open = async (...actions: readonly Partial<typeof BY_HAND>[]) =>
  openResponder(defender, defenderSimulator, { actions: actions.map((one) => ({ ...BY_HAND, ...one })) });

describe('Defender, isolating a machine', () => {
  it.each([
    [TWIN, 'Defender knows 2 machines by the name laptop-7.campus.example: isolate or release it there'],
    [host('ws'), 'Defender knows no machine by the full name ws.campus.example'],
    [{ kind: 'host', value: 'ws-0042' } as const, 'Defender knows no machine by the full name ws-0042'],
  ])('guesses no machine for %j', async (target, why) => {
    const { responder, calls } = await open();

    expect(await responder.contain(holdOf(target), signal)).toEqual({ isDone: false, why });
    expect(await responder.release({ target, leaseId: null }, signal)).toEqual({ isDone: false, why });
    expect(calls('POST', '/api/')).toBe(0);
  });

  it('knows a machine in whatever case its name is written', async () => {
    const { responder } = await open();
    const target = { kind: 'host', value: 'WS-0042.Campus.Example' } as const;

    expect(await responder.contain(holdOf(target), signal)).toEqual({ isDone: true });
    expect(await responder.list(signal)).toMatchObject([{ target: READY, until: null, by: 'Ana', leaseId: LEASE }]);
  });

  it('is done only when the machine says so, and asks it once', async () => {
    const { another, calls } = await open();

    await expect(another().contain(holdOf(SLOW), signal)).rejects.toMatchObject(UNDER_WAY);
    await expect(another().readBack(SLOW, signal)).rejects.toMatchObject(UNDER_WAY);
    expect(await another().contain(holdOf(SLOW), signal)).toEqual({ isDone: true });

    expect(calls('POST', '/api/machines')).toBe(1);
    expect(await another().readBack(SLOW, signal)).toMatchObject({ leaseId: LEASE });
  });

  it('does not ask a machine that is off a second time', async () => {
    const { another, calls } = await open();

    await expect(another().contain(holdOf(ASLEEP), signal)).rejects.toMatchObject(UNDER_WAY);
    await expect(another().contain(holdOf(ASLEEP), signal)).rejects.toMatchObject(UNDER_WAY);

    expect(calls('POST', '/api/machines')).toBe(1);
  });

  it('asks once also where the answer to its asking was lost', async () => {
    const { another, simulator, calls } = await open();
    simulator.setFaults([{ fault: 'drop-after', method: 'POST', path: '/api/machines', times: 1 }]);

    await expect(another().contain(holdOf(READY), signal)).rejects.toMatchObject({ isUndone: false });
    expect(await another().contain(holdOf(READY), signal)).toEqual({ isDone: true });

    expect(calls('POST', '/api/machines')).toBe(1);
  });

  it('waits for what somebody else has asked of the machine in the same moment', async () => {
    const racing: SimulatorDefinition<DefenderState> = {
      ...defenderSimulator,
      respond: (request, world, state) => {
        if (request.path.endsWith('/isolate')) state.actions.push({ ...BY_HAND, status: 'Pending', looks: null });
        return defenderSimulator.respond(request, world, state);
      },
    };
    const { responder } = await openResponder(defender, racing);

    await expect(responder.contain(holdOf(READY), signal)).rejects.toMatchObject(UNDER_WAY);
  });

  it('is refused where the machine is busy with something that is no isolation', async () => {
    const { responder } = await open({ type: 'RunAntiVirusScan', status: 'Pending', looks: null });

    await expect(responder.contain(holdOf(READY), signal)).rejects.toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['Failed', null],
    ['TimeOut', null],
    ['Cancelled', 'not now'],
  ])('says that nothing came of it where it ended as %s, and does not ask again by itself', async (status, comment) => {
    const requestorComment = `SocBot lease=${LEASE} until=20990101T000000.000Z digest=3fa1 09bc by=Ana`;
    const { responder, calls } = await open({ status, requestorComment, cancellationComment: comment });
    const why = `Defender’s isolation of it ended as ${status}`;

    expect(await responder.contain(holdOf(READY), signal)).toEqual({ isDone: false, why });
    expect(calls('POST', '/api/machines')).toBe(0);

    expect(await responder.contain(holdOf(READY, { leaseId: 'tg-7000000001-43' }), signal)).toEqual({ isDone: true });
  });

  it('counts somebody else’s isolation, and does not call it its own', async () => {
    const { responder, calls } = await open({});

    expect(await responder.contain(holdOf(READY), signal)).toEqual({ isDone: true });
    expect(calls('POST', '/api/machines')).toBe(0);
    expect(await responder.readBack(READY, signal)).toEqual({
      system: 'defender',
      target: READY,
      until: null,
      by: 'bob@campus.example',
      leaseId: null,
    });
  });

  it('does not count an isolation in part, nor another lease’s', async () => {
    const part = await open({ scope: 'Selective' });
    expect(await part.responder.contain(holdOf(READY), signal)).toMatchObject({ isDone: false });

    const { responder } = await open();
    await responder.contain(holdOf(READY), signal);
    expect(await responder.contain(holdOf(READY, { leaseId: 'tg-7000000001-43' }), signal)).toEqual({
      isDone: false,
      why: 'another isolation by Ana holds it',
    });
  });
});

describe('Defender, letting a machine back', () => {
  it('calls off an isolation that is still to come', async () => {
    const { responder, simulator } = await open();
    await expect(responder.contain(holdOf(ASLEEP), signal)).rejects.toMatchObject(UNDER_WAY);

    expect(await responder.release({ target: ASLEEP, leaseId: LEASE }, signal)).toEqual({ isDone: true });

    expect(await responder.readBack(ASLEEP, signal)).toBeNull();
    expect(simulator.ledger().filter(({ path }) => path.endsWith('/cancel'))).toHaveLength(1);
  });

  it('does not take what it called off itself for a refusal when it is asked again', async () => {
    const { responder, calls } = await open();
    await expect(responder.contain(holdOf(ASLEEP), signal)).rejects.toMatchObject(UNDER_WAY);
    await responder.release({ target: ASLEEP, leaseId: LEASE }, signal);

    await expect(responder.contain(holdOf(ASLEEP), signal)).rejects.toMatchObject(UNDER_WAY);
    expect(calls('POST', '/api/machines/')).toBe(2);
  });

  it('leaves another’s isolation alone that is still to come', async () => {
    const { responder, simulator } = await open({ status: 'Pending', looks: null });

    expect(await responder.release({ target: READY, leaseId: LEASE }, signal)).toEqual({ isDone: true });

    expect(simulator.ledger().filter(({ path }) => path.endsWith('/cancel'))).toEqual([]);
  });

  it('looks again where the isolation came just before it was called off', async () => {
    const late: SimulatorDefinition<DefenderState> = {
      ...defenderSimulator,
      respond: (request, world, state) => {
        if (request.path.endsWith('/cancel')) for (const action of state.actions) action.status = 'Succeeded';
        return defenderSimulator.respond(request, world, state);
      },
    };
    const { responder } = await openResponder(defender, late);
    await expect(responder.contain(holdOf(ASLEEP), signal)).rejects.toMatchObject(UNDER_WAY);

    await expect(responder.release({ target: ASLEEP, leaseId: LEASE }, signal)).rejects.toMatchObject(UNDER_WAY);
    expect(await responder.readBack(ASLEEP, signal)).toMatchObject({ leaseId: LEASE });
  });

  it('is done only when the machine says so, and asks it once', async () => {
    const machine = { machineId: '7b1f4967d9728e5aa3c06a9e617a22a4a5a17378', computerDnsName: SLOW.value };
    const { another, calls } = await open(machine);
    const release = async () => another().release({ target: SLOW, leaseId: null }, signal);

    await expect(release()).rejects.toMatchObject(UNDER_WAY);
    await expect(release()).rejects.toMatchObject(UNDER_WAY);
    expect(await release()).toEqual({ isDone: true });

    expect(calls('POST', '/api/machines')).toBe(1);
  });

  it('leaves somebody else’s isolation where a lease is named, and ends it where none is', async () => {
    const { responder } = await open({});

    expect(await responder.release({ target: READY, leaseId: LEASE }, signal)).toEqual({ isDone: true });
    expect(await responder.readBack(READY, signal)).toMatchObject({ leaseId: null });

    expect(await responder.release({ target: READY, leaseId: null }, signal)).toEqual({ isDone: true });
    expect(await responder.readBack(READY, signal)).toBeNull();
  });

  it('asks again where a release has failed: it is owed', async () => {
    const { responder } = await open(
      {},
      {
        id: 'aaaaaaaa-0000-4000-8000-000000000002',
        type: 'Unisolate',
        status: 'Failed',
        creationDateTimeUtc: '2025-12-25T00:00:00Z',
      },
    );

    expect(await responder.readBack(READY, signal)).toMatchObject({ target: READY });
    expect(await responder.release({ target: READY, leaseId: null }, signal)).toEqual({ isDone: true });
  });

  it('goes by when things were asked for, not by the order in which they are listed', async () => {
    const { responder } = await open(
      { id: 'aaaaaaaa-0000-4000-8000-000000000002', type: 'Unisolate', creationDateTimeUtc: '2025-12-25T00:00:00Z' },
      {},
    );

    expect(await responder.readBack(READY, signal)).toBeNull();
    expect(await responder.list(signal)).toEqual([]);
  });

  it('sees one of two machines by one name isolated', async () => {
    const { responder } = await open({ machineId: '12ee6dd8c833c8a052ea231ec1b19adaf497b625' });

    expect(await responder.readBack(TWIN, signal)).toMatchObject({ target: TWIN, leaseId: null });
  });

  it('reads no state from a status that it does not know', async () => {
    const { responder } = await open({ status: 'Postponed' });

    await expect(responder.readBack(READY, signal)).rejects.toMatchObject({ kind: 'malformed_response' });
  });
});
