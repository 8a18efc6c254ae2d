import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUserSide } from '#range/telegram/user-side.ts';
import { createPhone } from '#support/journey-phone.ts';
import { say } from './scale-out/report.ts';

const ROOT = join(import.meta.dirname, '../..');
const ANA = 1001;
const TARGET = { kind: 'ipv4', value: '203.0.113.66' } as const;
const START_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 20_000;

/** What `npm start` prints, in this order and nothing more; the lines of the connectors stand for themselves. */
const LINES = [/^Mode /, /^Chat page /, /^Temporal UI /, /^Data /, /^VirusTotal /, /^AbuseIPDB /, /^URLhaus /];

type Started = { readonly lines: readonly string[]; readonly tookMs: number; stop(): Promise<void> };

/** `npm start` as a person does it, with what is in its environment and nothing else; `stop` is Ctrl-C. */
async function start(dataDir: string): Promise<Started> {
  const startedAt = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--data', dataDir], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { pid } = child;
  assert.ok(pid !== undefined);
  const signalAll = (signal: NodeJS.Signals) => process.kill(-pid, signal);
  const lines: string[] = [];
  const ready = Promise.withResolvers<void>();
  const timer = setTimeout(() => ready.reject(new Error(`not started in time:\n${lines.join('\n')}`)), START_WITHIN_MS);
  child.once('exit', () => ready.reject(new Error(`ended before it was ready:\n${lines.join('\n')}`)));
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    if (parts.some((line) => line.startsWith('Block feed'))) ready.resolve();
  });
  try {
    await ready.promise;
  } catch (error) {
    if (child.exitCode === null) signalAll('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { lines, tookMs: Math.round(performance.now() - startedAt), stop: async () => stop(child, signalAll) };
}

/** A terminal's Ctrl-C reaches the whole group; npm then ends by the signal although SocBot has ended well. */
async function stop(child: ReturnType<typeof spawn>, signalAll: (signal: NodeJS.Signals) => void): Promise<void> {
  const gone = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const timer = setTimeout(() => signalAll('SIGKILL'), STOP_WITHIN_MS);
  signalAll('SIGINT');
  const [code, signal] = await gone;
  clearTimeout(timer);
  assert.ok(code === 0 || signal === 'SIGINT', `Ctrl-C ended it with ${code ?? signal}`);
}

/** The processes of this machine that name the data directory: bot, worker, Temporal server. */
function findLeftovers(dataDir: string): readonly string[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return processes.filter((pid) => readCommand(pid).includes(dataDir));
}

function readCommand(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}

function pageOf({ lines }: Started): string {
  for (const [at, form] of LINES.entries()) assert.match(lines[at] ?? '', form);
  return (lines[1] ?? '').replace(/^Chat page\s+/, '');
}

/** The README's first minutes: start, ask in the chat, stop, start again, and all is still there. */
async function run(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'socbot-first-'));
  const cold = await start(dataDir);
  try {
    for (const line of cold.lines) say(`    ${line}`);
    const ana = createPhone(createUserSide(new URL('user', pageOf(cold)).href), ANA);
    await ana.say(`/ioc ${TARGET.value}`);
    const card = await ana.waitFor(TARGET, ({ text }) => text.includes('MALICIOUS'));
    say(`started in ${cold.tookMs} ms; asked about ${TARGET.value}: ${card.text.split('\n')[0]}`);
  } finally {
    await cold.stop();
  }
  assert.deepEqual(findLeftovers(dataDir), [], 'nothing of it is left behind');
  const warm = await start(dataDir);
  try {
    const ana = createPhone(createUserSide(new URL('user', pageOf(warm)).href), ANA);
    assert.equal((await ana.messagesAbout(TARGET)).length, 1);
    say(`stopped by Ctrl-C with nothing left behind; started again in ${warm.tookMs} ms, the chat as it was`);
  } finally {
    await warm.stop();
  }
  rmSync(dataDir, { recursive: true });
}

await run();
process.exit();
