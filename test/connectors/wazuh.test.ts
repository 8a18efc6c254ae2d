import { describe, expect, it } from 'vitest';
import type { Simulator } from '#connectors/simulator.ts';
import { readList, reload } from '#connectors/wazuh/endpoints.ts';
import { wazuh } from '#connectors/wazuh/index.ts';
import { wazuhSimulator, type WazuhState } from '#connectors/wazuh/simulator.ts';
import { openResponder } from '#support/open-responder.ts';
import { describeResponder, holdOf } from '#support/responder-contract.ts';
import { SOURCE_FAULTS } from '#support/source-faults.ts';

describeResponder({
  connector: wazuh,
  simulator: wazuhSimulator,
  samples: [
    { kind: 'ipv4', value: '203.0.113.66' },
    { kind: 'ipv6', value: '2001:db8:bad::66' },
  ],
  tells: { until: true, lease: true },
  logsInAt: '/security/user/authenticate',
});

const TARGET = { kind: 'ipv4', value: '192.0.2.77' } as const;
const LEASE = 'tg-7000000001-42';
const signal = new AbortController().signal;
const LIST = 'socbot-blocked';
const FIRST_LINE = 'socbot:keeps the list from being empty\n';

/** Wazuh with these lines on its list, and set up in another way where it says so. */
const open = async (lines = '', setUp: Partial<WazuhState> = {}) => {
  const text = FIRST_LINE + lines;
  return openResponder(wazuh, wazuhSimulator, { files: { [LIST]: text }, loaded: { [LIST]: text }, ...setUp });
};

/** The list as it was last sent. */
function sentBy(simulator: Simulator): string | undefined {
  return simulator.ledger().findLast(({ method, path }) => method === 'PUT' && path.startsWith('/lists/'))?.body;
}

describe('Wazuh’s list', () => {
  it('keeps every other entry, whatever it is, and its own first line', async () => {
    const others = '198.51.100.:a network\n"2001:db8::1":"by hand: twice"\nadmin-host:\n';
    const { responder, simulator } = await open(others);

    await responder.contain(holdOf(TARGET, { until: '2099-01-01T00:00:00.000Z' }), signal);

    const own = `192.0.2.77:SocBot lease=${LEASE} until=20990101T000000.000Z digest=3fa1 09bc by=Ana\n`;
    expect(sentBy(simulator)).toBe(FIRST_LINE + others + own);
  });

  it('can give up its last entry, though Wazuh takes no empty list', async () => {
    const { responder, simulator } = await open();
    await responder.contain(holdOf(TARGET), signal);

    expect(await responder.release({ target: TARGET, leaseId: LEASE }, signal)).toEqual({ isDone: true });

    expect(sentBy(simulator)).toBe(FIRST_LINE);
  });

  it('loses nothing where several are held and let go at the same time', async () => {
    const { responder } = await open();
    const targets = Array.from({ length: 12 }, (_, index) => ({ kind: 'ipv4', value: `192.0.2.${index}` }) as const);

    await Promise.all(targets.map(async (target) => responder.contain(holdOf(target), signal)));
    expect(await responder.list(signal)).toHaveLength(12);

    await Promise.all(targets.map(async (target) => responder.release({ target, leaseId: LEASE }, signal)));
    expect(await responder.list(signal)).toEqual([]);
  });

  it('goes on with the next change after one has failed', async () => {
    const { responder, simulator } = await open();
    simulator.setFaults([{ fault: 'server-error', method: 'PUT', times: 1 }]);

    const outcomes = await Promise.allSettled([
      responder.contain(holdOf(TARGET), signal),
      responder.contain(holdOf({ kind: 'ipv4', value: '192.0.2.78' }), signal),
    ]);

    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await responder.list(signal)).toHaveLength(1);
  });

  it('is loaded after a change, and loaded again where the answer to the change was lost', async () => {
    const { another, simulator, calls } = await open();
    simulator.setFaults([{ fault: 'drop-before', path: '/manager/analysisd/reload', times: 1 }]);

    await expect(another().contain(holdOf(TARGET), signal)).rejects.toMatchObject({ isUndone: false });
    expect(simulator.entries()).toEqual([]);

    const hold = holdOf(TARGET);
    await another().contain(hold, signal);
    expect(simulator.entries()).toHaveLength(1);

    const writes = calls('PUT', '/lists/');
    await another().contain(hold, signal);
    expect(calls('PUT', '/lists/')).toBe(writes);
  });

  it('is loaded again where an entry was taken off and nobody knows whether that was loaded', async () => {
    const { another, simulator } = await open();
    await another().contain(holdOf(TARGET), signal);
    const release = async () => another().release({ target: TARGET, leaseId: LEASE }, signal);
    simulator.setFaults([{ fault: 'server-error', path: '/manager/analysisd/reload', times: 1 }]);

    await expect(release()).rejects.toMatchObject({ kind: 'unreachable' });
    expect(simulator.entries()).toHaveLength(1);

    expect(await release()).toEqual({ isDone: true });
    expect(simulator.entries()).toEqual([]);
  });

  it('is not rewritten where it could not be read', async () => {
    const { responder, calls } = await open('a:line:that is no pair\n');

    await expect(responder.contain(holdOf(TARGET), signal)).rejects.toMatchObject({ kind: 'refused' });
    expect(calls('PUT', '/lists/')).toBe(0);
  });

  it('shows an entry whatever its requester is called, though Wazuh hides lines with a certain word', async () => {
    const { responder } = await open();

    await responder.contain(holdOf(TARGET, { by: 'TEMPLATE: "Ana"' }), signal);

    expect(await responder.readBack(TARGET, signal)).toMatchObject({ by: 'Template   Ana ', leaseId: LEASE });
  });

  it('is not empty where it is not there: while it is overwritten, Wazuh has none for a moment', async () => {
    const { responder, simulator } = await open('', { files: {} });
    const calls = [
      responder.contain(holdOf(TARGET), signal),
      responder.release({ target: TARGET, leaseId: LEASE }, signal),
      responder.readBack(TARGET, signal),
      responder.list(signal),
    ];

    const outcomes = await Promise.allSettled(calls);

    const fault = {
      status: 'rejected',
      reason: { kind: 'unreachable', message: 'there is no list socbot-blocked now' },
    };
    expect(outcomes).toMatchObject([fault, fault, fault, fault]);
    expect(sentBy(simulator)).toBeUndefined();
  });
});

describe('Wazuh, whose entry it is', () => {
  it.each([
    [TARGET, '192.0.2.77:by hand\n'],
    [{ kind: 'ipv6', value: '2001:db8::77' } as const, '"2001:0db8:0:0::77":by hand\n'],
  ])('leaves somebody else’s of %j as it is, and counts it', async (target, line) => {
    const { responder, calls } = await open(line);
    const held = { system: 'wazuh', target, until: null, by: null, leaseId: null };

    expect(await responder.contain(holdOf(target), signal)).toEqual({ isDone: true });
    await responder.release({ target, leaseId: LEASE }, signal);

    expect(calls('PUT', '/lists/')).toBe(0);
    expect(await responder.list(signal)).toEqual([held]);
    await responder.release({ target, leaseId: null }, signal);
    expect(await responder.readBack(target, signal)).toBeNull();
  });

  it('leaves another lease’s as it is while it lasts, and names who holds it', async () => {
    const { responder } = await open();
    await responder.contain(holdOf(TARGET), signal);

    const answer = await responder.contain(holdOf(TARGET, { leaseId: 'tg-7000000001-43', by: 'Bob' }), signal);

    expect(answer).toEqual({ isDone: false, why: 'another block by Ana holds it' });
  });

  it('takes the place of another lease’s that has outlived its end', async () => {
    const { responder } = await open(
      '192.0.2.77:SocBot lease=tg-1-1 until=20200101T000000.000Z digest=3fa1 09bc by=Bob\n',
    );

    expect(await responder.contain(holdOf(TARGET), signal)).toEqual({ isDone: true });
    expect(await responder.list(signal)).toMatchObject([{ target: TARGET, leaseId: LEASE }]);
  });

  it('says that an address is not free while its whole network is on the list', async () => {
    const { responder } = await open('192.0.2.:by hand\n');
    await responder.contain(holdOf(TARGET), signal);

    expect(await responder.release({ target: TARGET, leaseId: null }, signal)).toEqual({
      isDone: false,
      why: 'the entry 192.0.2. for its whole network still covers it',
    });
    expect(await responder.readBack(TARGET, signal)).toBeNull();
  });

  it('takes no number for an address, and no address for one that begins like it', async () => {
    const { responder } = await open('3221225985:by hand\n192.0.2.7:by hand\n');

    await responder.release({ target: { kind: 'ipv4', value: '192.0.2.1' }, leaseId: null }, signal);

    expect(await responder.readBack(TARGET, signal)).toBeNull();
    expect(await responder.list(signal)).toMatchObject([{ target: { value: '192.0.2.7' } }]);
  });
});

describe('Wazuh, before it is told anything', () => {
  const rule = (list: unknown, more: Record<string, unknown> = {}) => [
    { id: 100900, status: 'enabled', details: { list }, ...more },
  ];
  const lookup = { name: 'etc/lists/socbot-blocked', field: 'srcip', lookup: 'address_match_key' };
  const response = { command: 'firewall-drop', rules_id: '5712, 100900', timeout: 600, location: 'ALL_AGENTS' };

  it.each<[Partial<WazuhState>, RegExp]>([
    [{ rules: [] }, /no rule 100900/],
    [{ rules: rule(lookup, { status: 'disabled' }) }, /no rule 100900/],
    [{ rules: rule(undefined) }, /does not look addresses up/],
    [{ rules: rule({ ...lookup, name: 'etc/lists/other' }) }, /does not look addresses up/],
    [{ rules: rule({ ...lookup, lookup: 'not_address_match_key' }) }, /does not look addresses up/],
    [{ activeResponses: [] }, /no active response/],
    [{ activeResponses: [{ ...response, rules_id: '10090, 1009001' }] }, /no active response/],
    [{ activeResponses: [response, { ...response, timeout: 0 }] }, /never be undone/],
  ])('is refused where it would do nothing, or for ever: %j', async (setUp, why) => {
    const { responder, calls } = await open('', setUp);

    expect(await responder.contain(holdOf(TARGET), signal)).toEqual({
      isDone: false,
      why: expect.stringMatching(why),
    });
    expect(calls('PUT', '/')).toBe(0);
  });

  it('may have other rules, lists and responses too', async () => {
    const { responder } = await open('', {
      rules: rule([{ name: 'etc/lists/other', lookup: 'match_key' }, lookup]),
      activeResponses: [{ command: 'other', level: 12, timeout: 0, location: 'AS_ONLY' }, response],
    });

    expect(await responder.contain(holdOf(TARGET), signal)).toEqual({ isDone: true });
  });
});

describe('Wazuh behind its login', () => {
  const faults = SOURCE_FAULTS.filter(({ fault, isWaitedFor }) => fault !== 'other-observable' && !isWaitedFor);
  const paths = ['/lists/', '/manager/analysisd/reload', '/manager/configuration', '/rules'];
  const cases = paths.flatMap((path) => faults.map((row) => ({ path, ...row })));

  it.each(cases)('turns $fault at $path into $kind', async ({ path, fault, kind }) => {
    const { responder, simulator } = await open();
    await responder.list(signal);
    simulator.setFaults([{ fault, path }]);

    await expect(responder.contain(holdOf(TARGET), signal)).rejects.toMatchObject({ kind, connector: 'wazuh' });
  });

  it('takes a new token once where the old one is refused, and then gives up', async () => {
    const { responder, simulator, calls } = await open();
    await responder.list(signal);

    simulator.setFaults([{ fault: 'unauthorized', path: '/lists/', times: 1 }]);
    expect(await responder.list(signal)).toEqual([]);
    expect(calls('POST', '/security/')).toBe(2);

    simulator.setFaults([{ fault: 'unauthorized', path: '/lists/' }]);
    await expect(responder.list(signal)).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(calls('POST', '/security/')).toBe(3);
  });

  it.each([{ WAZUH_USER: 'nobody' }, { WAZUH_PASSWORD: 'wrong' }])('is not let in with %j', async (settings) => {
    const { another } = await open();

    await expect(another(settings).list(signal)).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  it.each([
    [{ error: 1, data: { affected_items: [], failed_items: [{ error: { code: 1802 } }] } }, null],
    [{ error: 1, data: { affected_items: [], failed_items: [{ error: { code: 4000 } }] } }, 'unauthorized'],
    [{ error: 2, data: { affected_items: [{}], failed_items: [{ error: { code: 1803 } }] } }, 'refused'],
    [{ error: 0, data: { affected_items: [{}], failed_items: [{ error: { code: 1803 } }] } }, 'refused'],
    [{ error: 1, data: { affected_items: [{}], failed_items: [] } }, 'refused'],
    [{ error: 0, data: { affected_items: [], failed_items: [] } }, 'malformed_response'],
    [{ error: 0, data: { affected_items: [{ '192.0.2.77': 7 }], failed_items: [] } }, 'malformed_response'],
    [{ data: { affected_items: [{}], failed_items: [] } }, 'malformed_response'],
  ])('looks for what HTTP 200 does not say: %j', async (answer, kind) => {
    const read = readList.read({ status: 200, headers: {}, json: answer, text: JSON.stringify(answer) });

    expect(read.fault?.kind).toBe(kind ?? 'not_found');
  });

  it('says what it takes where Wazuh is too old to reload lists', () => {
    const json = { title: 'Not Found', detail: '404: Not Found' };
    const reading = reload.read({ status: 404, headers: {}, json, text: JSON.stringify(json) });

    expect(reading.fault).toMatchObject({ kind: 'refused', message: expect.stringContaining('4.13') });
  });

  it('takes a reload that did not get through for none, though Wazuh says 200 and no error', () => {
    const items = [{ name: 'worker-1', msg: 'Failed to send the ruleset reload request.' }];
    const json = { data: { affected_items: items, failed_items: [] }, error: 0 };

    const reading = reload.read({ status: 200, headers: {}, json, text: JSON.stringify(json) });

    expect(reading.fault?.kind).toBe('unreachable');
  });

  it('refuses a kind that it does not take', async () => {
    const { responder } = await open();
    const target = { kind: 'domain', value: 'update-cdn.example' } as const;

    await expect(responder.contain(holdOf(target), signal)).rejects.toMatchObject({ kind: 'refused' });
    await expect(responder.readBack(target, signal)).rejects.toMatchObject({ kind: 'refused' });
  });
});
