import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConnectorError } from '#connectors/errors.ts';
import type { PiholeClient } from '#connectors/pihole/client.ts';
import { createSessions } from '#connectors/pihole/sessions.ts';
import { Secret } from '#domain/secret.ts';
import { NAME, type PiholeRig, scripted, startPihole } from '#support/pihole-rig.ts';
import { holdOf } from '#support/responder-contract.ts';

const signal = new AbortController().signal;
const LOG_IN = 'POST /api/auth';
const LOG_OUT = 'DELETE /api/auth';

describe('the sessions of a Pi-hole', () => {
  let rig: PiholeRig;
  beforeAll(async () => {
    rig = await startPihole();
  });
  beforeEach(() => rig.simulator.reset());
  afterAll(() => rig.simulator.close());

  const countOf = (call: string): number => rig.calls().filter((one) => one === call).length;

  it('are given back, whatever was done in them', async () => {
    const responder = rig.open();
    await responder.contain(holdOf(NAME), signal);
    await responder.readBack(NAME, signal);
    await responder.list(signal);
    await responder.release({ target: NAME, leaseId: null }, signal);

    expect(countOf(LOG_IN)).toBe(4);
    expect(rig.state().sessions).toEqual([]);
  });

  it('are given back where the work fails', async () => {
    rig.simulator.setFaults([{ fault: 'server-error', path: '/api/domains' }]);

    await expect(rig.open().contain(holdOf(NAME), signal)).rejects.toMatchObject({ kind: 'unreachable' });

    expect(rig.state().sessions).toEqual([]);
  });

  it('are shared by what is done at the same time, and given back once', async () => {
    const responder = rig.open();

    await Promise.all(Array.from({ length: 20 }, () => responder.readBack(NAME, signal)));

    expect(countOf(LOG_IN)).toBe(1);
    expect(countOf(LOG_OUT)).toBe(1);
    expect(rig.state().sessions).toEqual([]);
  });

  it('are made anew, once, when one was ended from outside', async () => {
    rig.simulator.setFaults([{ fault: 'unauthorized', path: '/api/dns/', times: 1 }]);

    expect(await rig.open().contain(holdOf(NAME), signal)).toEqual({ isDone: true });

    expect(countOf(LOG_IN)).toBe(2);
    expect(rig.state().sessions).toEqual([]);
  });

  it('are not made again and again', async () => {
    rig.simulator.setFaults([{ fault: 'unauthorized', path: '/api/dns/' }]);

    await expect(rig.open().contain(holdOf(NAME), signal)).rejects.toMatchObject({ kind: 'unauthorized' });

    expect(countOf(LOG_IN)).toBe(2);
    expect(rig.state().sessions).toEqual([]);
  });

  it('are asked for once with a wrong password', async () => {
    const responder = rig.open({ PIHOLE_PASSWORD: 'another-password' });

    await expect(responder.list(signal)).rejects.toMatchObject({ kind: 'unauthorized', isUndone: true });

    expect(countOf(LOG_IN)).toBe(1);
  });

  it('can be had again after a login has failed', async () => {
    const responder = rig.open();
    rig.simulator.setFaults([{ fault: 'server-error', path: '/api/auth', times: 1 }]);
    await expect(responder.list(signal)).rejects.toMatchObject({ kind: 'unreachable' });

    expect(await responder.list(signal)).toEqual([]);
  });

  it('are waited for where there were too many logins in a second', async () => {
    rig.state().loginsPerSecond = 0;

    await expect(rig.open().list(signal)).rejects.toMatchObject({
      kind: 'rate_limited',
      retryAfterMs: 2000,
      message: 'POST /api/auth: more logins than Pi-hole takes in a second',
    });
  });

  it('are waited for longer where all seats are taken', async () => {
    const taken = Array.from({ length: 16 }, (_, index) => ({ sid: `taken-${index}`, usedAt: Date.now() }));
    rig.state().sessions = taken;

    await expect(rig.open().list(signal)).rejects.toMatchObject({
      kind: 'rate_limited',
      retryAfterMs: 60_000,
      message: 'POST /api/auth: all sessions that Pi-hole allows are in use',
    });
    expect(rig.state().sessions).toEqual(taken);
  });

  it('are done without on a Pi-hole that has no password', async () => {
    rig.state().password = null;

    expect(await rig.open().contain(holdOf(NAME), signal)).toEqual({ isDone: true });

    expect(countOf(LOG_OUT)).toBe(0);
  });

  it('that cannot be given back leave done what was done', async () => {
    rig.simulator.setFaults([{ fault: 'server-error', method: 'DELETE', path: '/api/auth' }]);

    expect(await rig.open().contain(holdOf(NAME), signal)).toEqual({ isDone: true });
  });

  it.each(['hint', 'message'])('never show the password, also where Pi-hole repeats it in its %s', async (where) => {
    const body = { error: { key: 'bad_request', message: 'x', hint: null, [where]: '{"password":"hunter2-hunter2"' } };
    const failure: unknown = await scripted({ [LOG_IN]: [400, body] }, 'hunter2-hunter2')
      .list(signal)
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({ kind: 'refused', message: 'HTTP 400, bad_request' });
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain('hunter2');
  });

  it.each([
    [401, { session: { valid: false, totp: false, sid: null, validity: -1, message: 'password incorrect' } }],
    [401, { error: { key: 'unauthorized', message: 'Unauthorized', hint: null } }],
    [403, { error: { key: 'forbidden', message: 'Forbidden', hint: null } }],
  ])('are refused with %s and %j alike', async (status, body) => {
    await expect(scripted({ [LOG_IN]: [status, body] }).list(signal)).rejects.toMatchObject({ kind: 'unauthorized' });
    await expect(scripted({ 'GET /api/domains': [status, body] }).list(signal)).rejects.toMatchObject({
      kind: 'unauthorized',
    });
  });

  it.each([
    { session: { valid: false, sid: 'c2lk' } },
    { session: { valid: true } },
    { session: { valid: true, sid: '' } },
    { session: { valid: true, sid: 'a\r\nx-injected: 1' } },
  ])('are not opened by %j', async (body) => {
    await expect(scripted({ [LOG_IN]: [200, body] }).list(signal)).rejects.toMatchObject({
      kind: 'malformed_response',
    });
  });

  it('that are over are joined by nobody, also while others still work in them', async () => {
    const sids = ['old', 'new'];
    const connect = (sid: string | null) =>
      ({
        sid,
        logIn: async () => ({ valid: true, sid: sids.shift() }),
        logOut: async () => true,
      }) as unknown as PiholeClient;
    const within = createSessions(connect, new Secret('a-password'));
    const isOver = new ConnectorError({ kind: 'unauthorized', connector: 'pihole', message: 'HTTP 401' });
    const others = Promise.withResolvers<string>();
    const slow = within(async () => others.promise, signal);

    const sid = await within(async (client) => {
      if (sidOf(client) === 'old') throw isOver;
      return sidOf(client);
    }, signal);

    others.resolve('done');
    expect([sid, await slow]).toEqual(['new', 'done']);
  });
});

function sidOf(client: PiholeClient): unknown {
  return 'sid' in client ? client.sid : undefined;
}
