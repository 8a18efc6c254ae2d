import { describe, expect, it } from 'vitest';
import type { LapiVersion } from '#connectors/crowdsec/simulator-state.ts';
import { inForce, startLapi } from '#support/crowdsec.ts';
import { holdOf } from '#support/responder-contract.ts';

const VERSIONS: readonly LapiVersion[] = ['1.4.6', '1.6.11', '1.7.8'];
const SINCE_1_6: readonly LapiVersion[] = ['1.6.11', '1.7.8'];

const ADDRESS = { kind: 'ipv4', value: '198.51.100.7' } as const;
const NEIGHBOUR = { kind: 'ipv4', value: '198.51.100.8' } as const;
const RANGE = { kind: 'cidr', value: '198.51.100.0/24' } as const;
const signal = new AbortController().signal;
const LEASE = holdOf(ADDRESS).leaseId;
const OTHER_LEASE = 'tg-7000000001-43';

describe.each(VERSIONS)('CrowdSec %s', (version) => {
  it('is not said to hold what firewalls let through', async () => {
    const lapi = await startLapi(version);
    await lapi.post(
      { value: ADDRESS.value, simulated: true },
      { value: ADDRESS.value, type: 'captcha' },
      { value: ADDRESS.value, type: 'BAN' },
      { value: ADDRESS.value, scope: 'Planet' },
      { value: ADDRESS.value, duration: '-1h' },
      { value: 'XX', scope: 'Country' },
    );

    expect(await lapi.responder.readBack(ADDRESS, signal)).toBeNull();
    expect(await lapi.responder.list(signal)).toEqual([]);
  });

  it('lists what others hold without a lease, and where it came from', async () => {
    const lapi = await startLapi(version);
    await lapi.post(
      { value: '203.0.113.9' },
      { value: '203.0.113.10', origin: 'crowdsec', scenario: `socbot/${LEASE}` },
      { value: '203.0.113.11', origin: 'socbot', scenario: 'by a script' },
      { value: '2001:DB8:0:0:0:0:0:9' },
      { value: '192.0.2.77/24', scope: 'Range' },
    );

    const held = await lapi.responder.list(signal);

    expect(held.map(({ target, by, leaseId }) => [target.value, by, leaseId])).toEqual([
      ['192.0.2.0/24', 'cscli', null],
      ['2001:db8::9', 'cscli', null],
      ['203.0.113.11', 'socbot', null],
      ['203.0.113.10', 'crowdsec', null],
      ['203.0.113.9', 'cscli', null],
    ]);
  });

  it.each([
    [{ kind: 'ipv6', value: '2001:db8::7' }, { value: '2001:0DB8:0:0:0:0:0:7' }],
    [ADDRESS, { value: `${ADDRESS.value}/32`, scope: 'Range' }],
    [ADDRESS, { value: `::ffff:${ADDRESS.value}` }],
    [RANGE, { value: '198.51.100.77/24', scope: 'Range' }],
    [RANGE, { value: RANGE.value, scope: 'Ip' }],
  ] as const)('lets $value go in whatever spelling others hold it', async (target, posted) => {
    const lapi = await startLapi(version);
    await lapi.post(posted, posted);
    await lapi.responder.contain(holdOf(target), signal);

    expect(await lapi.responder.release({ target, leaseId: null }, signal)).toEqual({ isDone: true });

    expect(inForce(lapi)).toEqual([]);
  });

  it('holds nothing for a second lease, and says whose the first is', async () => {
    const lapi = await startLapi(version);
    await lapi.responder.contain(holdOf(ADDRESS, { leaseId: OTHER_LEASE, by: 'Ben' }), signal);

    expect(await lapi.responder.contain(holdOf(ADDRESS), signal)).toEqual({
      isDone: false,
      why: 'another block by Ben holds it',
    });
    expect(inForce(lapi)).toHaveLength(1);
  });

  it('lets one of two leases go, and reads back the other', async () => {
    const lapi = await startLapi(version);
    await lapi.responder.contain(holdOf(ADDRESS), signal);
    await lapi.post({ value: ADDRESS.value, origin: 'socbot', scenario: `socbot/${OTHER_LEASE}` });

    expect(await lapi.responder.release({ target: ADDRESS, leaseId: LEASE }, signal)).toEqual({ isDone: true });

    expect(await lapi.responder.readBack(ADDRESS, signal)).toMatchObject({ leaseId: OTHER_LEASE });
  });

  it('reads back its own beside what others hold for longer, and theirs once its own is let go', async () => {
    const lapi = await startLapi(version);
    await lapi.post({ value: ADDRESS.value, duration: '99h' });
    expect(await lapi.responder.contain(holdOf(ADDRESS), signal)).toEqual({ isDone: true });
    expect(await lapi.responder.readBack(ADDRESS, signal)).toMatchObject({ leaseId: LEASE, by: 'Ana' });

    expect(await lapi.responder.release({ target: ADDRESS, leaseId: LEASE }, signal)).toEqual({ isDone: true });

    expect(await lapi.responder.readBack(ADDRESS, signal)).toMatchObject({ leaseId: null, by: 'cscli' });
  });

  it('leaves alone what only looks like its own', async () => {
    const lapi = await startLapi(version);
    await lapi.post({ value: ADDRESS.value, origin: 'socbot', scenario: 'by a script', duration: '99h' });
    await lapi.post({ value: ADDRESS.value, origin: 'crowdsec', scenario: `socbot/${LEASE}`, duration: '99h' });

    expect(await lapi.responder.contain(holdOf(ADDRESS), signal)).toEqual({ isDone: true });
    expect(await lapi.responder.readBack(ADDRESS, signal)).toMatchObject({ leaseId: LEASE });
    await lapi.responder.release({ target: ADDRESS, leaseId: LEASE }, signal);

    expect(inForce(lapi)).toEqual([`socbot ${ADDRESS.value}`, `crowdsec ${ADDRESS.value}`]);
  });

  it('reads back what others hold within a range of its own', async () => {
    const lapi = await startLapi(version);
    await lapi.responder.contain(holdOf(RANGE), signal);
    await lapi.post({ value: ADDRESS.value });

    expect(await lapi.responder.readBack(ADDRESS, signal)).toMatchObject({ leaseId: null, by: 'cscli' });
  });

  it('lists no blocklist that was downloaded, and reads one entry of it', async () => {
    const lapi = await startLapi(version);
    await lapi.post({ value: ADDRESS.value, origin: 'CAPI' }, { value: NEIGHBOUR.value, origin: 'lists' });
    await lapi.responder.contain(holdOf(ADDRESS), signal);

    expect((await lapi.responder.list(signal)).map(({ target }) => target)).toEqual([ADDRESS]);
    expect(await lapi.responder.readBack(NEIGHBOUR, signal)).toMatchObject({ leaseId: null });
    expect(await lapi.responder.release({ target: ADDRESS, leaseId: LEASE }, signal)).toEqual({ isDone: true });
    expect(await lapi.responder.readBack(ADDRESS, signal)).toMatchObject({ leaseId: null, by: 'CAPI' });
  });
});

describe('words of others', () => {
  it.each(['<b>bold</b>', '\u202Eelpmaxe', 'x'.repeat(41), ''])(
    'are not repeated where an origin is %j',
    async (origin) => {
      const lapi = await startLapi();
      await lapi.post({ value: RANGE.value, scope: 'Range', origin });

      expect(await lapi.responder.release({ target: ADDRESS, leaseId: null }, signal)).toEqual({
        isDone: false,
        why: 'a block of 198.51.100.0/24 by somebody still holds it',
      });
      expect(await lapi.responder.readBack(RANGE, signal)).toMatchObject({ by: null });
    },
  );
});

describe('what an allowlist of CrowdSec names', () => {
  it.each(SINCE_1_6)('is not held by %s, which itself would not look', async (version) => {
    const lapi = await startLapi(version);
    lapi.state.allowlist = [ADDRESS.value, '2001:db8::/32'];

    for (const [target, entry] of [
      [ADDRESS, ADDRESS.value],
      [RANGE, ADDRESS.value],
      [{ kind: 'ipv6', value: '2001:db8::7' }, '2001:db8::/32'],
    ] as const) {
      expect(await lapi.responder.contain(holdOf(target), signal)).toEqual({
        isDone: false,
        why: `an allowlist of CrowdSec’s keeps it off: ${entry} from office (simulated)`,
      });
    }
    expect(inForce(lapi)).toEqual([]);
    expect(await lapi.responder.contain(holdOf(NEIGHBOUR), signal)).toEqual({ isDone: true });
  });

  it('is not known where the question meets a page that is not found', async () => {
    const lapi = await startLapi();
    lapi.simulator.setFaults([{ fault: 'html-not-found', path: '/v1/allowlists' }]);

    const failure = lapi.responder.contain(holdOf(ADDRESS), signal);
    await expect(failure).rejects.toMatchObject({ kind: 'malformed_response' });
    expect(inForce(lapi)).toEqual([]);
  });

  it('is nothing to 1.4.6, which has none', async () => {
    const lapi = await startLapi('1.4.6');
    lapi.state.allowlist = [ADDRESS.value];

    expect(await lapi.responder.contain(holdOf(ADDRESS), signal)).toEqual({ isDone: true });
  });
});

describe('an old scope in lower case', () => {
  it('is in force for nobody in 1.4.6, and so not held', async () => {
    const lapi = await startLapi('1.4.6');
    await lapi.post({ value: ADDRESS.value, scope: 'ip' });

    expect(await lapi.responder.readBack(ADDRESS, signal)).toBeNull();
    expect(await lapi.ask('/v1/decisions/stream?startup=true')).toEqual({ new: null, deleted: null });
  });

  it.each(SINCE_1_6)('is made the right one by %s', async (version) => {
    const lapi = await startLapi(version);
    await lapi.post({ value: ADDRESS.value, scope: 'ip' });

    expect(await lapi.responder.readBack(ADDRESS, signal)).toMatchObject({ target: ADDRESS });
  });
});
