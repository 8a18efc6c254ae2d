import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text as readText } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '#domain/secret.ts';
import { createLog, type LogLevel } from '#src/log.ts';
import { toTemporalLogger } from '#src/log/temporal-logger.ts';

const LOG = join(import.meta.dirname, '../src/log.ts');
const CANARY = 'canary-4f9a1c';
const TOKEN = '700000001:SIMULATED-TOKEN-simulated-token-0000';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'socbot-log-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function startLog(level: LogLevel = 'info', secrets: string[] = [CANARY]) {
  const lines: string[] = [];
  const log = createLog({ level, secrets, destination: { write: (line: string) => void lines.push(line) } });
  return { log, lines, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('createLog', () => {
  it('writes one object a line, with the level in words, the time and the request', () => {
    const { log, lines, read } = startLog();

    log.child({ request: 'tg-1-2' }).info({ source: 'virustotal' }, 'asked');

    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(read()[0]).toMatchObject({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      pid: process.pid,
      request: 'tg-1-2',
      source: 'virustotal',
      msg: 'asked',
    });
  });

  it('leaves out what is below the level', () => {
    const { log, lines } = startLog('warn');

    log.info('no');
    log.warn('yes');

    expect(lines).toHaveLength(1);
  });

  it('says of an error its kind, message, code and frames, and the same of what caused it', () => {
    const { log, read } = startLog();
    const cause = Object.assign(new TypeError('socket hang up'), { code: 'ECONNRESET' });

    log.error(
      Object.assign(new Error('no answer', { cause }), { kind: 'unreachable', payload: { text: 'chat text' } }),
    );

    const { err, msg } = read()[0] as { err: Record<string, unknown>; msg: string };
    expect(msg).toBe('no answer');
    expect(err).toMatchObject({
      type: 'Error',
      kind: 'unreachable',
      message: 'no answer',
      stack: expect.stringMatching(/^at .*log\.test\.ts/),
      cause: { type: 'TypeError', message: 'socket hang up', code: 'ECONNRESET' },
    });
    expect(JSON.stringify(err)).not.toContain('chat text');
  });

  it('writes no secret, wherever it sits', () => {
    const { log, lines } = startLog();
    const url = `https://api.telegram.org/bot${TOKEN}/sendMessage`;
    const deep = new Error(`a ${CANARY}`, {
      cause: new AggregateError([new Error(`b ${CANARY}`), `c ${url}`], `d ${CANARY}`),
    });
    const grammyLike = Object.assign(new Error('Network request failed'), { error: new Error(`request to ${url}`) });
    const basic = Buffer.from(`socbot:${CANARY}`).toString('base64');

    log.info(`in the message ${CANARY}`);
    log.info('formatted %s', CANARY);
    log.info({ [CANARY]: 'as a key' });
    log.info({ a: { b: [{ c: CANARY }] } });
    log.info({ headers: { authorization: `Basic ${basic}` } });
    log.error(deep, 'caused');
    log.error({ problem: { inner: deep } }, 'nested under another name');
    log.error({ err: grammyLike });
    log.child({ request: CANARY }).warn('in a child');
    log.info({ url: `postgres://socbot:${CANARY}@db.example/socbot`, secret: new Secret(CANARY) });
    log.info({ bytes: Buffer.from(CANARY), map: new Map([['k', CANARY]]) });

    const text = lines.join('');
    expect(lines).toHaveLength(11);
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain('SIMULATED');
    expect(text).not.toContain(basic.slice(10, 24));
    expect(lines.every((line) => JSON.parse(line))).toBe(true);
  });

  it('redacts before it cuts, so that no half of a secret stays behind', () => {
    const { log, lines } = startLog();

    for (let length = 980; length < 1000; length += 1) log.error(new Error(`${'x'.repeat(length)}${CANARY}`));
    for (let length = 3980; length < 4000; length += 1) log.info({ text: `${'x'.repeat(length)}${CANARY}` });

    expect(lines.join('')).not.toMatch(/canary/);
  });

  it('keeps a line valid when a number happens to be a secret', () => {
    const { log, read } = startLog('info', ['1234567']);

    log.info({ count: 91234567 });

    expect(read()[0]?.['msg']).toMatch(/left out/);
  });

  it('never throws, whatever it is given', () => {
    const { log, lines } = startLog();
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const trap = new Proxy({}, { get: () => fail(), ownKeys: () => fail(), has: () => fail() });
    const badError = Object.defineProperty(new Error('x'), 'message', { get: () => fail() });

    log.info(circle, 'circle');
    log.info({ trap }, 'trap');
    log.info(trap, 'trap itself');
    log.info({ value: { toJSON: () => fail() } }, 'toJSON');
    log.error(badError, 'bad error');
    log.info({ big: 10n, symbol: Symbol('s'), fn: () => 1, nothing: undefined, nan: Number.NaN }, 'odd');
    log.info(undefined as unknown as string);
    log.info('%s and %d');
    log.info({ lone: '\uD800', line: 'a\u2028b\nc' }, 'text');

    expect(lines.length).toBeGreaterThanOrEqual(7);
    expect(lines.every((line) => line.indexOf('\n') === line.length - 1 && JSON.parse(line))).toBe(true);
  });

  it('bounds huge values', () => {
    const { log, lines } = startLog();

    log.info({ body: 'x'.repeat(10_000_000), many: Array.from({ length: 100_000 }, (_, index) => index) }, 'huge');
    log.info('y'.repeat(10_000_000));

    expect(lines.map((line) => line.length).every((length) => length < 70_000)).toBe(true);
    expect(lines[1]).toMatch(/a line of \d+ characters was left out/);
  });

  it('goes on when the disk is full', () => {
    const log = createLog({ level: 'info', secrets: [], destination: { file: '/dev/full' } });

    expect(() => {
      for (let index = 0; index < 100; index += 1) log.info({ text: 'x'.repeat(10_000) }, 'lost');
    }).not.toThrow();
  });

  it('goes on when the standard output is a full disk', async () => {
    const full = openSync('/dev/full', 'w');
    const child = startLogging({ lines: 100, stdout: full });
    closeSync(full);

    const [code] = (await once(child, 'exit')) as [number];

    expect(code).toBe(17);
  });

  it('goes on when nobody reads the standard output', async () => {
    const child = startLogging({ lines: 25_000, stdout: 'pipe' });

    const [code] = (await once(child, 'exit')) as [number];

    expect(code).toBe(17);
  });

  it('has everything on the standard output by the time the process exits', async () => {
    const child = startLogging({ lines: 2000, stdout: 'pipe' });
    const [output] = await Promise.all([readText(child.stdout ?? Readable.from([])), once(child, 'exit')]);

    const lines = output
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { index: number }).index);

    expect(lines).toEqual(Array.from({ length: 2000 }, (_, index) => index));
  });

  it('adds to a file that only its owner can read', () => {
    const file = join(folder, 'deep', 'socbot.log');

    createLog({ level: 'info', secrets: [], destination: { file } }).info('one');
    createLog({ level: 'info', secrets: [], destination: { file } }).info('two');

    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('starts a new file when the old one has grown large, once for all who write to it', () => {
    const file = join(folder, 'socbot.log');
    const open = () => createLog({ level: 'info', secrets: [], destination: { file } });
    const [one, two] = [open(), open()];
    truncateSync(file, 65 * 1024 * 1024);

    one.info('fresh');
    two.info('fresh too');

    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(statSync(`${file}.1`).size).toBe(65 * 1024 * 1024);
  });

  it('writes on to a large file that cannot be put aside', () => {
    const file = join(folder, 'socbot.log');
    mkdirSync(join(`${file}.1`, 'in-the-way'), { recursive: true });
    const log = createLog({ level: 'info', secrets: [], destination: { file } });
    truncateSync(file, 65 * 1024 * 1024);

    log.info('still here');

    expect(statSync(file).size).toBeGreaterThan(65 * 1024 * 1024);
  });

  it('has everything in the file that was logged before a kill', async () => {
    const file = join(folder, 'socbot.log');
    const script = `
      import { createLog } from ${JSON.stringify(LOG)};
      const log = createLog({ level: 'info', secrets: [], destination: { file: ${JSON.stringify(file)} } });
      for (let index = 0; index < 500; index += 1) log.info({ index }, 'line');
      process.kill(process.pid, 'SIGKILL');`;

    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    await once(child, 'exit');

    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(500);
  });
});

describe('toTemporalLogger', () => {
  it('writes what the SDK says under its level, with the workflow id as the request', () => {
    const { log, read } = startLog();
    const logger = toTemporalLogger(log);

    logger.warn('Activity failed', {
      workflowId: 'tg-1-2',
      sdkComponent: 'worker',
      error: new Error(`key ${CANARY}`),
      [Symbol.for('log_timestamp')]: 17n,
    });
    logger.debug('not at this level');
    logger.log('ERROR', '100 %s of it');

    expect(read()).toHaveLength(2);
    expect(read()[0]).toMatchObject({
      level: 'warn',
      request: 'tg-1-2',
      sdkComponent: 'worker',
      msg: 'Activity failed',
      error: { message: 'key [redacted]' },
    });
    expect(read()[1]).toMatchObject({ level: 'error', msg: '100 %s of it' });
  });
});

/** A process that logs, then exits with 17. It is killed with the test, however that ends. */
function startLogging({ lines, stdout }: { lines: number; stdout: number | 'pipe' }): ChildProcess {
  const script = `
    import { createLog } from ${JSON.stringify(LOG)};
    const log = createLog({ level: 'info', secrets: [], destination: 'stdout' });
    for (let index = 0; index < ${lines}; index += 1) log.info({ index }, 'line');
    setTimeout(() => process.exit(17), 100);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', stdout, 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function fail(): never {
  throw new Error('hostile');
}
