import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Guard } from '#domain/guard/guard.ts';
import { judgeTarget } from '#domain/guard/judge.ts';
import type { Observable } from '#domain/observable.ts';
import { readReduced } from '#src/warning-lists/file.ts';
import { LISTS_FILE, openWarningLists } from '#src/warning-lists/open.ts';
import { percentile, renderNumber } from './numbers.ts';

/** P14: the guard with all lists loaded. `node test/bench/guard.ts`; exits 1 when a gate is missed. */
const GATES = { p99Us: 100, rssMiB: 60, loadMs: 1000 };
const LOOK_UPS = 20_000;
const WARM_UP = 5_000;

type Timing = { readonly p50: number; readonly p99: number; readonly perSecond: number };

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const opened = openAndWeigh();
const names = readReduced(readFileSync(LISTS_FILE)).names;
const guard: Guard = {
  ownNetworks: ['203.0.113.0/24', '2001:db8:5::/48'],
  ownDomains: ['corp.example'],
  lifelines: Array.from({ length: 20 }, (_, index) => ({
    name: `system ${index}`,
    what: 'host',
    value: `system-${index}.ops.example`,
  })),
  hosts: Array.from({ length: 200 }, (_, index) => ({
    name: `ws-${index}.corp.example`,
    addresses: [`198.51.100.${index}`],
    tier: 'workstation',
  })),
  allowDocumentationRanges: true,
  lists: opened.lists,
};

const makers: Record<string, () => Observable> = {
  IPv4: () => ({ kind: 'ipv4', value: anyIpv4() }),
  IPv6: () => ({
    kind: 'ipv6',
    value: `2600:${randomInt(1, 0xffff).toString(16)}:${randomInt(1, 0xffff).toString(16)}::1`,
  }),
  'IPv4 /24': () => ({ kind: 'cidr', value: `${randomInt(1, 224)}.${randomInt(256)}.${randomInt(256)}.0/24` }),
  'host, listed': () => ({ kind: 'domain', value: names[randomInt(names.length)] ?? '' }),
  'host, not listed': () => ({
    kind: 'domain',
    value: `${randomBytes(6).toString('hex')}.a.b.${randomBytes(4).toString('hex')}.com`,
  }),
  URL: () => ({ kind: 'url', value: `http://www.${names[randomInt(names.length)]}/a/b?c=d` }),
  'SHA-256': () => ({ kind: 'sha256', value: randomBytes(32).toString('hex') }),
};

process.stdout.write(
  `lists of ${opened.lists.date}: loaded in ${renderNumber(opened.loadMs)} ms, ${renderNumber(opened.rssMiB)} MiB more RSS\n\n`,
);
process.stdout.write('| what | look-up p50 / p99, µs | a second | with the rules p50 / p99, µs |\n|---|---|---|---|\n');
const timings = Object.entries(makers).map(([what, make]) => {
  const lookUp = time(make, (target) => guard.lists.find(target));
  const judged = time(make, (target) => judgeTarget(target, guard));
  process.stdout.write(`| ${what} | ${spread(lookUp)} | ${renderNumber(lookUp.perSecond)} | ${spread(judged)} |\n`);
  return [lookUp, judged];
});

const worst = Math.max(...timings.flat().map(({ p99 }) => p99));
const missed = [
  ...(worst > GATES.p99Us ? [`p99 ${renderNumber(worst)} µs, gate ${GATES.p99Us}`] : []),
  ...(opened.rssMiB > GATES.rssMiB ? [`RSS ${renderNumber(opened.rssMiB)} MiB, gate ${GATES.rssMiB}`] : []),
  ...(opened.loadMs > GATES.loadMs ? [`load ${renderNumber(opened.loadMs)} ms, gate ${GATES.loadMs}`] : []),
];
process.stdout.write(missed.length === 0 ? '\nP14: gates met\n' : `\nP14 missed: ${missed.join('; ')}\n`);
process.exitCode = missed.length === 0 ? 0 : 1;

/** Rubbish from the start of the process and of unpacking is no part of what the lists keep. */
function openAndWeigh() {
  collect();
  const before = process.memoryUsage.rss();
  const startedAt = performance.now();
  const lists = openWarningLists();
  lists.find({ kind: 'ipv4', value: '192.0.2.1' });
  const loadMs = performance.now() - startedAt;
  collect();
  return { lists, loadMs, rssMiB: (process.memoryUsage.rss() - before) / 2 ** 20 };
}

function time(make: () => Observable, look: (target: Observable) => unknown): Timing {
  for (let index = 0; index < WARM_UP; index += 1) look(make());
  const targets = Array.from({ length: LOOK_UPS }, make);
  const micros = targets.map((target) => {
    const startedAt = performance.now();
    look(target);
    return (performance.now() - startedAt) * 1000;
  });
  const startedAt = performance.now();
  for (const target of targets) look(target);
  const perSecond = LOOK_UPS / ((performance.now() - startedAt) / 1000);
  return { p50: percentile(micros, 0.5), p99: percentile(micros, 0.99), perSecond };
}

function anyIpv4(): string {
  return [randomInt(1, 224), randomInt(256), randomInt(256), randomInt(256)].join('.');
}

function spread({ p50, p99 }: Timing): string {
  return `${renderNumber(p50)} / ${renderNumber(p99)}`;
}
