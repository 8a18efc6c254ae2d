import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DnsRecord } from '#connectors/dns-rpz/message.ts';
import { type DnsRpzSimulator, serveDnsRpzSimulator } from '#connectors/dns-rpz/simulator.ts';
import type { Observable } from '#domain/observable.ts';
import type { Responder } from '#domain/responder.ts';
import { dnsNoteOf, openDnsRpz, policyOf, SIMULATED_ZONE } from '#support/dns-rpz.ts';
import { holdOf } from '#support/responder-contract.ts';

const evil: Observable = { kind: 'domain', value: 'evil.example' };
const below: Observable = { kind: 'domain', value: 'www.evil.example' };
const signal = new AbortController().signal;

describe('a policy zone', () => {
  let simulator: DnsRpzSimulator;
  let responder: Responder;
  beforeAll(async () => {
    simulator = await serveDnsRpzSimulator();
    responder = openDnsRpz(simulator.settings);
  });
  beforeEach(() => simulator.reset());
  afterAll(async () => simulator.close());

  const put = (...records: readonly DnsRecord[]) => simulator.edit((there) => [...there, ...records]);
  const take = (owner: string) =>
    simulator.edit((there) => there.filter(({ name }) => name !== `${owner}.${SIMULATED_ZONE}`));
  const owners = () => simulator.zone().records.map(({ name }) => name.slice(0, -SIMULATED_ZONE.length - 1));

  it('holds the name, every name below it, and says beside them whose entry it is', async () => {
    await responder.contain(holdOf(evil), signal);

    expect(owners().toSorted()).toEqual(['*.evil.example', 'evil.example', 'evil.example._socbot']);
  });

  it('does not change when the same is asked again', async () => {
    const hold = holdOf(evil);
    await responder.contain(hold, signal);
    const { serial } = simulator.zone();

    await responder.contain(hold, signal);

    expect(simulator.zone().serial).toBe(serial);
    expect(simulator.ledger().filter((call) => call === 'UPDATE')).toHaveLength(1);
  });

  it('does not give the entry of one lease to another', async () => {
    await responder.contain(holdOf(evil), signal);

    const answer = await responder.contain(holdOf(evil, { leaseId: 'tg-7000000001-43', by: 'Eve' }), signal);

    expect(answer).toEqual({ isDone: false, why: 'another block by Ana holds it' });
    expect(await responder.readBack(evil, signal)).toMatchObject({ leaseId: 'tg-7000000001-42', by: 'Ana' });
  });

  it('says so when another lease is let go than the one that holds', async () => {
    await responder.contain(holdOf(evil), signal);

    const answer = await responder.release({ target: evil, leaseId: 'tg-7000000001-43' }, signal);

    expect(answer).toEqual({ isDone: false, why: 'another block by Ana holds it' });
  });

  it.each([
    ['the name alone', [policyOf('evil.example')]],
    ['the names below it alone', [policyOf('*.evil.example')]],
    ['no data', [policyOf('evil.example', '*')]],
    ['a page of warning', [policyOf('evil.example', 'warning.example')]],
    ['an address', [{ ...policyOf('evil.example'), type: 1, data: Buffer.of(192, 0, 2, 1) }]],
  ])(
    'knows an entry that a person made (%s), leaves it to a lease, and lifts it when a person says so',
    async (_, entry) => {
      put(...entry);
      const answer = { isDone: false, why: 'an entry that SocBot did not make holds it' };

      expect(await responder.readBack(evil, signal)).toEqual({
        system: 'dns-rpz',
        target: evil,
        until: null,
        by: null,
        leaseId: null,
      });
      expect(await responder.list(signal)).toHaveLength(1);
      expect(await responder.contain(holdOf(evil), signal)).toEqual(answer);
      expect(await responder.release({ target: evil, leaseId: 'tg-7000000001-42' }, signal)).toEqual(answer);
      expect(simulator.zone().records).toEqual(entry);

      expect(await responder.release({ target: evil, leaseId: null }, signal)).toEqual({ isDone: true });
      expect(simulator.zone().records).toEqual([]);
    },
  );

  it.each(['rpz-passthru', 'rpz-tcp-only'])('holds nothing where a person lets a name pass (%s)', async (target) => {
    put(policyOf('evil.example', target));

    expect(await responder.readBack(evil, signal)).toBeNull();
    expect(await responder.contain(holdOf(evil), signal)).toMatchObject({ isDone: false });
    expect(await responder.release({ target: evil, leaseId: null }, signal)).toEqual({ isDone: true });
    expect(owners()).toEqual(['evil.example']);
  });

  it.each(['evil.example', '*.evil.example'])(
    'does not say that a lease holds what is half gone (%s)',
    async (half) => {
      const hold = holdOf(evil);
      await responder.contain(hold, signal);
      take(half);

      expect(await responder.readBack(evil, signal)).toMatchObject({ target: evil, leaseId: null, until: null });

      expect(await responder.contain(hold, signal)).toEqual({ isDone: true });
      expect(await responder.readBack(evil, signal)).toMatchObject({ leaseId: hold.leaseId });
    },
  );

  it('is not held once both names are gone, whatever the note says, and another lease may hold it', async () => {
    await responder.contain(holdOf(evil), signal);
    take('evil.example');
    take('*.evil.example');

    expect(await responder.readBack(evil, signal)).toBeNull();
    expect(await responder.list(signal)).toEqual([]);
    expect(await responder.contain(holdOf(evil, { leaseId: 'tg-1-2' }), signal)).toEqual({ isDone: true });
    expect(await responder.readBack(evil, signal)).toMatchObject({ leaseId: 'tg-1-2' });
  });

  it('keeps the note of a lease when another one is let go, though nothing holds', async () => {
    await responder.contain(holdOf(evil), signal);
    take('evil.example');
    take('*.evil.example');

    expect(await responder.release({ target: evil, leaseId: 'tg-1-2' }, signal)).toEqual({ isDone: true });
    expect(owners()).toEqual(['evil.example._socbot']);
  });

  it('leaves an entry of ours alone that a person has turned into another', async () => {
    const hold = holdOf(evil);
    await responder.contain(hold, signal);
    take('evil.example');
    put(policyOf('evil.example', 'warning.example'));
    const before = simulator.zone();

    expect(await responder.contain(hold, signal)).toMatchObject({ isDone: false });
    expect(await responder.release({ target: evil, leaseId: hold.leaseId }, signal)).toMatchObject({ isDone: false });
    expect(simulator.zone()).toBe(before);
  });

  it('never takes a name below a held one for held itself, and says what still covers it', async () => {
    await responder.contain(holdOf(evil), signal);

    expect(await responder.readBack(below, signal)).toBeNull();
    expect(await responder.release({ target: below, leaseId: null }, signal)).toEqual({
      isDone: false,
      why: 'the wider entry *.evil.example still holds it',
    });
  });

  it('knows that the nearest entry counts', async () => {
    put(policyOf('*.example'), policyOf('*.evil.example', 'rpz-passthru'));

    expect(await responder.release({ target: below, leaseId: null }, signal)).toEqual({ isDone: true });
  });

  it('does not read notes and triggers of other kinds as names', async () => {
    put(
      policyOf('32.7.2.0.192.rpz-ip'),
      policyOf('ns.evil.example.rpz-nsdname'),
      policyOf('*'),
      policyOf('a\\046b.example'),
    );

    expect(await responder.list(signal)).toEqual([]);
  });

  it('lists a name that is too long for a note of ours', async () => {
    const long = `${'a'.repeat(63)}.`.repeat(3);
    put(policyOf(`${long}${'b'.repeat(30)}.example`));

    expect(await responder.list(signal)).toHaveLength(1);
  });

  it.each([
    ['lease=nobody'],
    ['socbot=1', 'lease=tg-1-1', 'until=tomorrow', 'by=Ana', 'digest=3fa1 09bc'],
    ['socbot=2', 'lease=tg-1-1', 'until=2026-11-24T12:00:00.000Z', 'by=Ana', 'digest=3fa1 09bc'],
  ])('takes an entry whose note it cannot read for a person’s (%s)', async (...strings) => {
    put(policyOf('evil.example'), policyOf('*.evil.example'), dnsNoteOf('evil.example', ...strings));

    expect(await responder.readBack(evil, signal)).toMatchObject({ leaseId: null });
    expect(await responder.contain(holdOf(evil), signal)).toMatchObject({ isDone: false });
  });

  it('takes an entry with two notes for a person’s', async () => {
    await responder.contain(holdOf(evil), signal);
    put(dnsNoteOf('evil.example', 'a word'));

    expect(await responder.readBack(evil, signal)).toMatchObject({ leaseId: null });
  });

  it('keeps a name in any script, and cuts one that is very long', async () => {
    await responder.contain(holdOf(evil, { by: 'Ünal 阿娜 🦊' }), signal);
    await responder.contain(holdOf(below, { by: '阿'.repeat(500) }), signal);

    expect(await responder.readBack(evil, signal)).toMatchObject({ by: 'Ünal 阿娜 🦊' });
    expect(await responder.readBack(below, signal)).toMatchObject({ by: '阿'.repeat(66) });
  });
});
