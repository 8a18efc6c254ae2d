import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { lockDataDirectory } from '#temporal/data-lock.ts';

/** A process of its own that has locked `dir` and waits. */
async function startHolder(dir: string): Promise<ChildProcess> {
  const program = `
    import { lockDataDirectory } from '#temporal/data-lock.ts';
    lockDataDirectory(${JSON.stringify(dir)});
    globalThis.gc();
    process.stdout.write('locked');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

function useOnce(dir: string, mode: number): void {
  lockDataDirectory(dir).release();
  for (const file of readdirSync(dir)) chmodSync(join(dir, file), mode);
}

/** Rights bind everybody but root. */
function asSomebodyElse<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('the lock of a data directory', () => {
  it('creates the directory and can be taken again after it was released', () => {
    const dir = join(createScratchDirectory(), 'deep', 'data');
    const first = lockDataDirectory(dir);
    first.release();
    first.release();

    const second = lockDataDirectory(dir);

    expect(existsSync(dir)).toBe(true);
    second.release();
  });

  it('refuses a second SocBot in another process, and names the first', async () => {
    const dir = createScratchDirectory();
    const holder = await startHolder(dir);

    expect(() => lockDataDirectory(dir)).toThrow(
      new RegExp(
        `^Another SocBot already runs on ${dir} \\(process ${holder.pid}, since 20\\d\\d-.*Z\\)\\. Stop it first`,
      ),
    );
  });

  it('refuses a second one in the same process too', () => {
    const dir = createScratchDirectory();
    const lock = lockDataDirectory(dir);

    expect(() => lockDataDirectory(dir)).toThrow(`(process ${process.pid}, since`);
    lock.release();
  });

  it('is free at once when its process was killed', async () => {
    const dir = createScratchDirectory();
    const holder = await startHolder(dir);
    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;

    lockDataDirectory(dir).release();
  });

  it('is not held by a note that names a living process', () => {
    const dir = createScratchDirectory();
    const note = join(dir, 'socbot.lock.holder');
    writeFileSync(note, JSON.stringify({ pid: process.ppid, host: 'elsewhere', since: '2026-01-01T00:00:00Z' }));

    lockDataDirectory(dir).release();

    expect(readFileSync(note, 'utf8')).toContain(`"pid":${process.pid}`);
  });

  it.each(['', 'half a no', 'null', '{"pid":"x"}'])('refuses just as well when the note is %j', async (note) => {
    const dir = createScratchDirectory();
    const lock = lockDataDirectory(dir);
    writeFileSync(join(dir, 'socbot.lock.holder'), note);

    expect(() => lockDataDirectory(dir)).toThrow(`Another SocBot already runs on ${dir}`);
    lock.release();
  });

  it('names the file to delete when it was damaged', () => {
    const dir = createScratchDirectory();
    writeFileSync(join(dir, 'socbot.lock'), 'not a database '.repeat(100));

    expect(() => lockDataDirectory(dir)).toThrow(`If no SocBot runs on it, delete ${join(dir, 'socbot.lock')}.`);
  });

  it.each([
    ['is empty', () => undefined],
    ['holds its files', (dir: string) => useOnce(dir, 0o666)],
    ['holds files of another user', (dir: string) => useOnce(dir, 0o444)],
  ])('says whose the directory must be when SocBot may not write to one that %s', (_, use) => {
    const dir = createScratchDirectory();
    use(dir);
    chmodSync(dir, 0o555);
    onTestFinished(() => chmodSync(dir, 0o700));

    const lock = () => asSomebodyElse(() => lockDataDirectory(dir));

    expect(lock).toThrow(`SocBot may not write to the data directory ${dir}. Let the user that it runs as own it`);
  });

  it('says so when the directory cannot be made', () => {
    const file = join(createScratchDirectory(), 'file');
    writeFileSync(file, '');

    expect(() => lockDataDirectory(join(file, 'data'))).toThrow(/^The data directory .* cannot be used: ENOTDIR/);
  });
});
