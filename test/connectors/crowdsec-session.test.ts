import { describe, expect, it } from 'vitest';
import { crowdsecSimulator } from '#connectors/crowdsec/simulator.ts';
import { type Lapi, startLapi } from '#support/crowdsec.ts';
import { holdOf } from '#support/responder-contract.ts';

const LOG_IN = '/v1/watchers/login';
const HOLD = holdOf({ kind: 'ipv4', value: '198.51.100.7' });
const signal = new AbortController().signal;

function logIns({ simulator }: Lapi): (number | null)[] {
  return simulator
    .ledger()
    .filter(({ path }) => path === LOG_IN)
    .map(({ status }) => status);
}

describe('a session with CrowdSec', () => {
  it('is opened once for calls that come together, and kept for those after them', async () => {
    const lapi = await startLapi();

    await Promise.all(Array.from({ length: 6 }, async () => lapi.responder.list(signal)));
    await lapi.responder.contain(HOLD, signal);

    expect(logIns(lapi)).toEqual([200]);
  });

  it('is opened anew after a restart, once for all who notice', async () => {
    const lapi = await startLapi();
    await lapi.responder.contain(HOLD, signal);
    lapi.state.starts += 1;

    const readings = await Promise.all(
      Array.from({ length: 4 }, async () => lapi.responder.readBack(HOLD.target, signal)),
    );

    expect(readings.map((held) => held?.leaseId)).toEqual(Array.from({ length: 4 }, () => HOLD.leaseId));
    expect(logIns(lapi)).toEqual([200, 200]);
  });

  it('is opened anew only once for a call that is refused again', async () => {
    const lapi = await startLapi();
    await lapi.responder.list(signal);
    lapi.simulator.setFaults([{ fault: 'unauthorized', path: '/v1/alerts' }]);

    await expect(lapi.responder.list(signal)).rejects.toMatchObject({ kind: 'unauthorized', isUndone: true });

    expect(logIns(lapi)).toEqual([200, 200]);
  });

  it.each([{ CROWDSEC_PASSWORD: 'another-password' }, { CROWDSEC_MACHINE_ID: 'unknown-machine' }])(
    'is asked for once where it is refused to %j',
    async (settings) => {
      const lapi = await startLapi();

      const failure = lapi.open(settings).contain(HOLD, signal);

      await expect(failure).rejects.toMatchObject({ kind: 'unauthorized', isUndone: true });
      expect(logIns(lapi)).toEqual([401]);
    },
  );

  it('is asked for again by the next call after a log-in that failed', async () => {
    const lapi = await startLapi();
    lapi.simulator.setFaults([{ fault: 'unavailable', path: LOG_IN, times: 1 }]);
    const together = [lapi.responder.list(signal), lapi.responder.list(signal)];
    for (const call of together) await expect(call).rejects.toMatchObject({ kind: 'unreachable' });

    expect(await lapi.responder.list(signal)).toEqual([]);
    expect(logIns(lapi)).toEqual([503, 200]);
  });

  it('is not taken from others by one who is cancelled on the way', async () => {
    const asked = Promise.withResolvers<void>();
    const lapi = await startLapi('1.7.8', {
      respond: (request, world, state) => {
        if (request.path === LOG_IN) asked.resolve();
        return crowdsecSimulator.respond(request, world, state);
      },
    });
    lapi.simulator.setFaults([{ fault: 'slow', path: LOG_IN, delayMs: 200 }]);
    const impatient = new AbortController();
    const cancelled = lapi.responder.contain(HOLD, impatient.signal);
    const patient = lapi.responder.list(signal);
    await asked.promise;

    impatient.abort();

    await expect(cancelled).rejects.toMatchObject({ kind: 'unreachable', message: 'the call was cancelled' });
    expect(await patient).toEqual([]);
    expect(logIns(lapi)).toEqual([200]);
    expect(lapi.state.decisions).toEqual([]);
  });

  it('is asked for as a client with a name and a version, without which CrowdSec calls the password wrong', async () => {
    const agents: (string | undefined)[] = [];
    const lapi = await startLapi('1.7.8', {
      respond: (request, world, state) => {
        agents.push(request.headers['user-agent']);
        return crowdsecSimulator.respond(request, world, state);
      },
    });

    await lapi.responder.list(signal);

    for (const agent of agents) expect(agent?.split('/')).toHaveLength(2);
    expect(agents).toHaveLength(2);
  });

  it.each([{ token: '' }, { token: 'a\r\nx-injected: 1' }, { token: null }, { code: 200 }])(
    'is not opened by %j',
    async (json) => {
      const lapi = await startLapi('1.7.8', { respond: () => ({ status: 200, json }) });

      await expect(lapi.responder.list(signal)).rejects.toMatchObject({ kind: 'malformed_response' });

      expect(lapi.simulator.ledger()).toHaveLength(1);
    },
  );
});
