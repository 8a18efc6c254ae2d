import assert from 'node:assert/strict';
import { dnsRpz } from '#connectors/dns-rpz/index.ts';
import { CLASS, type DnsRecord, TYPE } from '#connectors/dns-rpz/message.ts';
import { encodeName } from '#connectors/dns-rpz/name.ts';
import { ConnectorError } from '#connectors/errors.ts';
import { createHttp } from '#connectors/http.ts';
import type { Hold, Responder } from '#domain/responder.ts';
import { startBind, type TestBind } from '#support/bind.ts';
import { openDnsRpzClient } from '#support/dns-rpz.ts';
import { say, waitUntil } from './scale-out/report.ts';

const TARGET = { kind: 'domain', value: 'evil.example' } as const;
const BELOW = { kind: 'domain', value: 'www.evil.example' } as const;
const HOLD: Hold = {
  target: TARGET,
  leaseId: 'lease-dns-rpz-1',
  until: '2027-01-01T00:00:00.000Z',
  by: 'Ana',
  digest: '3fa1 09bc',
};
const FREE = '192.0.2.66';
const HELD = 'ENOTFOUND';
const signal = new AbortController().signal;

/** Holds a domain off in a real BIND, and lets it go. */
async function run(): Promise<void> {
  const bind = await startBind();
  const responder = dnsRpz.create(dnsRpz.settings.parse(bind.settings), createHttp);
  say('BIND runs with the lines of the README');
  try {
    await hold(bind, responder);
    await leaveOthersAlone(bind, responder);
    await survive(bind, responder);
    await letGo(bind, responder);
    await readMany(bind, responder);
    await refuse(bind);
  } finally {
    await bind.stop();
  }
  say('BIND has stopped');
}

async function hold(bind: TestBind, responder: Responder): Promise<void> {
  assert.equal(await bind.ask(TARGET.value), FREE);
  assert.equal(await responder.readBack(TARGET, signal), null);
  say(`${TARGET.value} resolves to ${FREE}, and the zone holds nothing`);

  assert.deepEqual(await responder.contain(HOLD, signal), { isDone: true });
  const began = performance.now();
  await waitFor(bind, TARGET.value, HELD);
  const tookMs = Math.round(performance.now() - began);
  assert.equal(await bind.ask(BELOW.value), HELD);
  assert.equal(await bind.ask(`a.b.c.${TARGET.value}`), HELD);
  say(`held: NXDOMAIN for it and for every name below it, ${tookMs} ms after the zone was changed`);

  const { until, by, leaseId } = HOLD;
  assert.deepEqual(await responder.readBack(TARGET, signal), { system: 'dns-rpz', target: TARGET, until, by, leaseId });
  assert.equal(await responder.readBack(BELOW, signal), null);
  assert.equal((await responder.list(signal)).length, 1);
  say('read back with its lease, its end and who asked; the name below has no entry of its own');

  const note = `${TARGET.value}._socbot`;
  assert.equal(await bind.askTxt(note), HELD);
  assert.equal(await bind.askTxt(`${note}.rpz.socbot`), 'EREFUSED');
  say('clients cannot read the note, neither through the policy nor in the zone');

  const serial = await serialOf(bind);
  for (let time = 0; time < 3; time += 1) await responder.contain(HOLD, signal);
  assert.equal(await serialOf(bind), serial);
  say(`asked three times more: nothing has changed, the serial is still ${serial}`);

  const longer = '2027-01-02T00:00:00.000Z';
  assert.deepEqual(await responder.contain({ ...HOLD, until: longer }, signal), { isDone: true });
  assert.deepEqual(
    (await responder.list(signal)).map((held) => held.until),
    [longer],
  );
  assert.equal(await bind.ask(TARGET.value), HELD);
  say('extended: one entry, with the later end');
}

async function leaveOthersAlone(bind: TestBind, responder: Responder): Promise<void> {
  const other = { ...HOLD, leaseId: 'lease-dns-rpz-2', by: 'Eve' };
  const no = { isDone: false, why: 'another block by Ana holds it' };
  assert.deepEqual(await responder.contain(other, signal), no);
  assert.deepEqual(await responder.release({ target: TARGET, leaseId: other.leaseId }, signal), no);
  say(`another lease can neither take it nor let it go: ${no.why}`);

  const byHand = { kind: 'domain', value: 'by-hand.example' } as const;
  bind.nsupdate(`update add ${byHand.value}.rpz.socbot 60 CNAME .`);
  assert.equal((await responder.readBack(byHand, signal))?.leaseId, null);
  const answer = await responder.contain({ ...HOLD, target: byHand }, signal);
  assert.equal(answer.isDone, false);
  assert.deepEqual(await responder.release({ target: byHand, leaseId: null }, signal), { isDone: true });
  assert.equal(await responder.readBack(byHand, signal), null);
  say('an entry that nsupdate made is listed without a lease, is not taken over, and goes when a person says so');

  const others = Array.from({ length: 8 }, (_, index) => `lease-at-once-${index}`);
  const target = { kind: 'domain', value: 'wanted.example' } as const;
  const outcomes = await Promise.allSettled(
    others.map(async (leaseId) => responder.contain({ ...HOLD, target, leaseId }, signal)),
  );
  const won = outcomes.flatMap((one, index) => (one.status === 'fulfilled' && one.value.isDone ? [others[index]] : []));
  const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  assert.equal(won.length, 1);
  for (const error of lost) assert.ok(error instanceof ConnectorError && error.isUndone, String(error));
  assert.equal((await responder.readBack(target, signal))?.leaseId, won[0]);
  await responder.release({ target, leaseId: null }, signal);
  say(`of eight leases at the same moment one got the name; ${lost.length} were told that it changed meanwhile`);
}

async function survive(bind: TestBind, responder: Responder): Promise<void> {
  const before = await responder.readBack(TARGET, signal);
  await bind.kill();
  const failure = await failureOf(responder.contain({ ...HOLD, until: '2027-01-03T00:00:00.000Z' }, signal));
  assert.equal(failure.kind, 'unreachable');
  assert.equal(failure.isUndone, true);
  say(`killed: ${failure.message}, and it is known that nothing was done`);
  await bind.start();
  assert.deepEqual(await responder.readBack(TARGET, signal), before);
  await waitFor(bind, TARGET.value, HELD);
  say('started again: read back as before, and still NXDOMAIN');
}

async function letGo(bind: TestBind, responder: Responder): Promise<void> {
  await responder.contain({ ...HOLD, target: BELOW, leaseId: 'lease-below' }, signal);
  assert.deepEqual(await responder.release({ target: BELOW, leaseId: 'lease-below' }, signal), {
    isDone: false,
    why: 'the wider entry *.evil.example still holds it',
  });
  assert.equal(await responder.readBack(BELOW, signal), null);
  say(`${BELOW.value} is let go, and it is said that the wider entry still holds it`);

  assert.deepEqual(await responder.release({ target: TARGET, leaseId: HOLD.leaseId }, signal), { isDone: true });
  assert.deepEqual(await responder.release({ target: TARGET, leaseId: HOLD.leaseId }, signal), { isDone: true });
  await waitFor(bind, TARGET.value, FREE);
  assert.equal(await responder.readBack(TARGET, signal), null);
  assert.deepEqual(await namesIn(bind), ['rpz.socbot']);
  say(`let go, twice: ${TARGET.value} resolves to ${FREE} again, and nothing is left in the zone`);
}

async function readMany(bind: TestBind, responder: Responder): Promise<void> {
  const client = openDnsRpzClient(bind.settings);
  for (let batch = 0; batch < 20; batch += 1) {
    const changes = Array.from({ length: 200 }, (_, index) => policyOf(`n${batch * 200 + index}.example`));
    assert.equal(await client.change({ prerequisites: [], changes }, signal), 'made');
  }
  const began = performance.now();
  const held = await responder.list(signal);
  assert.equal(held.length, 4000);
  say(`4000 entries are read in ${Math.round(performance.now() - began)} ms, every message proven`);
}

async function refuse(bind: TestBind): Promise<void> {
  const strangers = {
    BADSIG: { ...bind.settings, DNS_RPZ_KEY: Buffer.from('a-key-of-32-bytes-that-is-wrong!').toString('base64') },
    BADKEY: { ...bind.settings, DNS_RPZ_KEY_NAME: 'nobody' },
    NOTAUTH: { ...bind.settings, DNS_RPZ_ZONE: 'another.zone' },
  };
  for (const [word, settings] of Object.entries(strangers)) {
    const stranger = dnsRpz.create(dnsRpz.settings.parse(settings), createHttp);
    const failure = await failureOf(stranger.contain(HOLD, signal));
    assert.match(failure.message, new RegExp(word));
    assert.equal(failure.kind, word === 'NOTAUTH' ? 'refused' : 'unauthorized');
    say(`refused: ${failure.message}`);
  }
}

function policyOf(owner: string): DnsRecord {
  return { name: `${owner}.rpz.socbot`, type: TYPE.CNAME, class: CLASS.IN, ttl: 60, data: encodeName('') };
}

/** Waits for what a client is told: BIND takes up a changed policy within a second or two. */
async function waitFor(bind: TestBind, name: string, answer: string): Promise<void> {
  await waitUntil(`${answer} for ${name}`, async () => ((await bind.ask(name)) === answer ? true : null), 10_000);
}

async function serialOf(bind: TestBind): Promise<number> {
  const [soa] = await openDnsRpzClient(bind.settings).readZone(signal);
  return soa?.data.readUInt32BE(soa.data.byteLength - 20) ?? 0;
}

async function namesIn(bind: TestBind): Promise<readonly string[]> {
  const records = await openDnsRpzClient(bind.settings).readZone(signal);
  return [...new Set(records.map(({ name }) => name))];
}

async function failureOf(call: Promise<unknown>): Promise<ConnectorError> {
  const outcome = await call.catch((error: unknown) => error);
  assert.ok(outcome instanceof ConnectorError, String(outcome));
  return outcome;
}

await run();
