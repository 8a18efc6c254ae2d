import { describe, expect, it } from 'vitest';
import { defender } from '#connectors/defender/index.ts';
import { defenderSimulator } from '#connectors/defender/simulator.ts';
import { answerWith } from '#support/fixed-answer.ts';
import { openResponder } from '#support/open-responder.ts';
import { describeResponder, holdOf } from '#support/responder-contract.ts';
import { SOURCE_FAULTS } from '#support/source-faults.ts';

describeResponder({
  connector: defender,
  simulator: defenderSimulator,
  samples: [
    { kind: 'ipv4', value: '203.0.113.66' },
    { kind: 'ipv6', value: '2001:db8:bad::66' },
    { kind: 'domain', value: 'update-cdn.example' },
    { kind: 'url', value: "https://secure-login-bank.example/sign'in?a=b%20c" },
    { kind: 'md5', value: '0f'.repeat(16) },
    { kind: 'sha1', value: '0f'.repeat(20) },
    { kind: 'sha256', value: '0f'.repeat(32) },
    { kind: 'host', value: 'ws-0042.campus.example' },
  ],
  tells: { until: true, lease: true },
  logsInAt: '/campus.example/',
});

const TARGET = { kind: 'domain', value: 'a.update-cdn.example' } as const;
const signal = new AbortController().signal;
const FOREIGN = {
  id: '7',
  indicatorValue: TARGET.value,
  indicatorType: 'DomainName',
  action: 'Block',
  title: 'by hand',
  description: 'by hand',
  expirationTime: null,
  rbacGroupNames: [],
  source: 'bob@campus.example',
};

/** Defender with these indicators in it. */
const open = async (...indicators: readonly (typeof FOREIGN | Record<string, unknown>)[]) =>
  openResponder(defender, defenderSimulator, {
    indicators: indicators.map((one, index) => ({ ...FOREIGN, id: String(index + 7), ...one })),
  });

describe('Defender, logging in', () => {
  it('takes one token for calls at the same time', async () => {
    const { responder, calls } = await open();

    await Promise.all([responder.list(signal), responder.readBack(TARGET, signal), responder.list(signal)]);

    expect(calls('POST', '/campus.example/')).toBe(1);
  });

  it('takes a new token once where the old one is refused, and then gives up', async () => {
    const { responder, simulator, calls } = await open();
    await responder.readBack(TARGET, signal);

    simulator.setFaults([{ fault: 'unauthorized', path: '/api/', times: 1 }]);
    expect(await responder.readBack(TARGET, signal)).toBeNull();
    expect(calls('POST', '/campus.example/')).toBe(2);

    simulator.setFaults([{ fault: 'unauthorized', path: '/api/' }]);
    await expect(responder.readBack(TARGET, signal)).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(calls('POST', '/campus.example/')).toBe(3);
  });

  it.each([
    { DEFENDER_CLIENT_SECRET: 'another-secret' },
    { DEFENDER_CLIENT_ID: '00000000-0000-4000-8000-000000000000' },
  ])('is not let in with %j', async (settings) => {
    const { another } = await open();

    await expect(another(settings).list(signal)).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});

describe('Defender behind its login', () => {
  const faults = SOURCE_FAULTS.filter(({ fault, isWaitedFor }) => fault !== 'other-observable' && !isWaitedFor);
  const verbs = ['contain', 'release', 'readBack', 'list'] as const;
  const host = { kind: 'host', value: 'ws-0042.campus.example' } as const;
  const cases = verbs.flatMap((verb) =>
    [TARGET, host].flatMap((target) => faults.map((row) => ({ verb, target, ...row }))),
  );

  it.each(cases)(
    'turns $fault into $kind when it is to $verb a $target.kind',
    async ({ verb, target, fault, kind }) => {
      const { responder, simulator } = await open();
      await responder.contain(holdOf(target), signal);
      simulator.setFaults([{ fault, path: '/api/' }]);

      const calls = {
        contain: async () => responder.contain(holdOf(target, { until: '2099-01-01T00:00:00.000Z' }), signal),
        release: async () => responder.release({ target, leaseId: null }, signal),
        readBack: async () => responder.readBack(target, signal),
        list: async () => responder.list(signal),
      };

      await expect(calls[verb]()).rejects.toMatchObject({ kind, connector: 'defender' });
    },
  );

  it('takes a list that does not end for no list', async () => {
    const answer = {
      access_token: 't',
      expires_in: '3599',
      value: [FOREIGN],
      '@odata.nextLink': 'https://next.example',
    };
    const settings = defender.settings.parse(defenderSimulator.settings('https://defender.example'));

    const read = defender.create(settings, answerWith(answer)).readBack(TARGET, signal);

    await expect(read).rejects.toMatchObject({ kind: 'malformed_response', message: expect.stringContaining('end') });
  });

  it('reads a list to its end', async () => {
    const many = Array.from({ length: 2500 }, (_, index) => ({ indicatorValue: `n${index}.update-cdn.example` }));
    const { responder } = await open(...many);

    expect(await responder.list(signal)).toHaveLength(2500);
  });
});

describe('Defender’s indicators', () => {
  it('says in the indicator whose it is, until when, and what was approved', async () => {
    const { responder, simulator } = await open();

    await responder.contain(holdOf(TARGET, { until: '2099-01-01T00:00:00.000Z' }), signal);

    const sent = JSON.parse(
      simulator.ledger().find(({ method, path }) => method === 'POST' && path.startsWith('/api'))?.body ?? '',
    );
    expect(sent).toEqual({
      indicatorValue: 'a.update-cdn.example',
      indicatorType: 'DomainName',
      action: 'Block',
      title: 'SocBot tg-7000000001-42',
      description: 'SocBot lease=tg-7000000001-42 until=20990101T000000.000Z digest=3fa1 09bc by=Ana',
      expirationTime: '2099-01-01T00:00:00.000Z',
      severity: 'Medium',
      generateAlert: true,
    });
  });

  it('blocks files without putting them into quarantine, which taking the indicator away would not undo', async () => {
    const { responder, simulator } = await open();

    await responder.contain(holdOf({ kind: 'sha256', value: '0f'.repeat(32) }), signal);

    expect(simulator.entries()).toMatchObject([{ text: `Block ${'0f'.repeat(32)}` }]);
  });

  it('writes an IPv6 address in its eight parts, and knows it in any spelling', async () => {
    const target = { kind: 'ipv6', value: '2001:db8::66' } as const;
    const { responder, simulator } = await open();
    await responder.contain(holdOf(target), signal);
    expect(simulator.entries()).toMatchObject([{ text: 'Block 2001:db8:0:0:0:0:0:66' }]);

    const byHand = await open({ indicatorValue: '2001:db8::66', indicatorType: 'IpAddress' });
    expect(await byHand.responder.readBack(target, signal)).toMatchObject({ target, leaseId: null });
  });

  it('submits nothing where its own indicator is as it should be', async () => {
    const { responder, calls } = await open();
    const hold = holdOf(TARGET);
    await responder.contain(hold, signal);

    expect(await responder.contain(hold, signal)).toEqual({ isDone: true });

    expect(calls('POST', '/api/indicators')).toBe(1);
  });

  it('holds once after the answer to its submission was lost', async () => {
    const { another, simulator } = await open();
    simulator.setFaults([{ fault: 'drop-after', method: 'POST', path: '/api/indicators', times: 1 }]);

    const lost = another().contain(holdOf(TARGET), signal);
    await expect(lost).rejects.toMatchObject({ kind: 'unreachable', isUndone: false });
    expect(await another().contain(holdOf(TARGET), signal)).toEqual({ isDone: true });

    expect(simulator.entries()).toHaveLength(1);
  });

  it.each([
    ['blocks for ever', {}, null],
    ['blocks and remediates', { action: 'BlockAndRemediate' }, null],
    ['blocks in its older words', { action: 'AlertAndBlock' }, null],
    ['blocks for longer', { expirationTime: '2099-01-01T00:00:00Z' }, null],
    ['ends too soon', { expirationTime: new Date(Date.now() + 60_000).toISOString() }, /only until/],
    ['allows it', { action: 'Allowed' }, /says Allowed/],
    ['can be clicked away', { action: 'Warn' }, /says Warn/],
    ['only watches', { action: 'Audit' }, /says Audit/],
    ['blocks for some', { rbacGroupNames: ['Servers'] }, /some device groups/],
    ['says something hostile', { action: '\u202Ekcolb' }, /says something else/],
  ])('leaves somebody else’s that %s as it is', async (_, more, why) => {
    const { responder, simulator, calls } = await open(more);
    const before = simulator.entries();

    const answer = await responder.contain(holdOf(TARGET), signal);

    expect(answer).toEqual(why ? { isDone: false, why: expect.stringMatching(why) } : { isDone: true });
    expect(simulator.entries()).toEqual(before);
    expect(calls('POST', '/api/')).toBe(0);
  });

  it('leaves another lease’s as it is, and names who holds it', async () => {
    const { responder } = await open();
    await responder.contain(holdOf(TARGET), signal);

    const answer = await responder.contain(holdOf(TARGET, { leaseId: 'tg-7000000001-43', by: 'Bob' }), signal);

    expect(answer).toEqual({ isDone: false, why: 'another block by Ana holds it' });
    expect(await responder.readBack(TARGET, signal)).toMatchObject({ leaseId: 'tg-7000000001-42' });
  });

  it('tells what somebody else blocks, and lets it go only where no lease is named', async () => {
    const { responder } = await open({}, { indicatorValue: 'other.example', action: 'Allowed' });
    const held = { system: 'defender', target: TARGET, until: null, by: 'bob@campus.example', leaseId: null };
    expect(await responder.list(signal)).toEqual([held]);

    await responder.release({ target: TARGET, leaseId: 'tg-7000000001-42' }, signal);
    expect(await responder.readBack(TARGET, signal)).toEqual(held);

    expect(await responder.release({ target: TARGET, leaseId: null }, signal)).toEqual({ isDone: true });
    expect(await responder.readBack(TARGET, signal)).toBeNull();
  });

  it.each([
    [TARGET, 'update-cdn.example'],
    [{ kind: 'url', value: 'https://a.update-cdn.example/x' }, 'a.update-cdn.example'],
  ] as const)('says that %j is not free while a wider indicator covers it', async (target, indicatorValue) => {
    const { responder } = await open({ indicatorValue });
    await responder.contain(holdOf(target), signal);

    expect(await responder.release({ target, leaseId: null }, signal)).toEqual({
      isDone: false,
      why: `an indicator for ${indicatorValue} still covers it`,
    });
  });

  it('ends a lease whatever else covers its target', async () => {
    const { responder } = await open({ indicatorValue: 'update-cdn.example' });
    await responder.contain(holdOf(TARGET), signal);

    expect(await responder.release({ target: TARGET, leaseId: 'tg-7000000001-42' }, signal)).toEqual({ isDone: true });
  });

  it('throws out an answer about something else', async () => {
    const answer = { access_token: 't', expires_in: 3599, value: [{ ...FOREIGN, indicatorValue: 'other.example' }] };
    const settings = defender.settings.parse(defenderSimulator.settings('https://defender.example'));
    const responder = defender.create(settings, answerWith(answer));

    await expect(responder.readBack(TARGET, signal)).rejects.toMatchObject({ kind: 'malformed_response' });
    await expect(responder.contain(holdOf(TARGET), signal)).rejects.toMatchObject({ kind: 'malformed_response' });
  });

  it.each([{ id: '' }, { action: null }, { expirationTime: 'soon' }, { indicatorType: 7 }, { rbacGroupNames: 'all' }])(
    'reads no block from %j',
    async (broken) => {
      const answer = { access_token: 't', expires_in: 3599, value: [{ ...FOREIGN, ...broken }] };
      const settings = defender.settings.parse(defenderSimulator.settings('https://defender.example'));

      const read = defender.create(settings, answerWith(answer)).readBack(TARGET, signal);

      await expect(read).rejects.toMatchObject({ kind: 'malformed_response' });
    },
  );

  it('refuses a kind that it does not take', async () => {
    const { responder } = await open();

    await expect(responder.readBack({ kind: 'cidr', value: '192.0.2.0/24' }, signal)).rejects.toMatchObject({
      kind: 'refused',
    });
  });
});
