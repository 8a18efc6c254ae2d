import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { addToCache, cacheDirectoryOf, cachePathOf, isCached } from '#temporal/binary/cache.ts';
import { createFakeRelease } from './fake-release.ts';

const { tool, binary } = createFakeRelease();
const PINNED = tool.pins['linux-x64'].binary;

function createPath(): string {
  return cachePathOf(createScratchDirectory(), tool, 'linux-x64');
}

function writeWhole(toFile: string): Promise<void> {
  writeFileSync(toFile, binary);
  return Promise.resolve();
}

describe('the cache of binaries', () => {
  it('holds a verified, executable file and nothing else after adding one', async () => {
    const path = createPath();

    await addToCache(path, PINNED, writeWhole);

    expect(await isCached(path, PINNED)).toBe(true);
    expect(readdirSync(dirname(path)).sort()).toEqual(['temporal', 'temporal.verified']);
  });

  it.each([
    ['truncated', binary.subarray(0, 1000)],
    ['wrong in one byte', Buffer.from(binary).fill('y', 5000, 5001)],
    ['empty', Buffer.alloc(0)],
  ])('never takes in a file that is %s', async (_what, content) => {
    const path = createPath();

    const adding = addToCache(path, PINNED, async (toFile) => writeFileSync(toFile, content));

    await expect(adding).rejects.toThrow('not the pinned binary');
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it('stays as it was when a fetch fails half-way', async () => {
    const path = createPath();
    await addToCache(path, PINNED, writeWhole);

    const adding = addToCache(path, PINNED, async (toFile) => {
      writeFileSync(toFile, binary.subarray(0, 10));
      throw new Error('cut off');
    });

    await expect(adding).rejects.toThrow('cut off');
    expect(await isCached(path, PINNED)).toBe(true);
  });

  it('notices a file that was truncated after it was verified', async () => {
    const path = createPath();
    await addToCache(path, PINNED, writeWhole);

    truncateSync(path, 1000);

    expect(await isCached(path, PINNED)).toBe(false);
  });

  it('notices a byte that was changed, even when size and modification time were put back', async () => {
    const path = createPath();
    await addToCache(path, PINNED, writeWhole);

    writeFileSync(path, Buffer.from(binary).fill('y', 5000, 5001));
    utimesSync(path, new Date(0), new Date(0));

    expect(await isCached(path, PINNED)).toBe(false);
  });

  it('verifies a file that lies there without a stamp, and believes no stamp of another file', async () => {
    const path = createPath();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, binary);
    chmodSync(path, 0o755);
    writeFileSync(`${path}.verified`, 'half a st');

    const isWhole = await isCached(path, PINNED);

    expect(isWhole).toBe(true);
    expect(readFileSync(`${path}.verified`, 'utf8')).toContain(PINNED.sha256);
  });

  it('does not use a file that cannot be executed', async () => {
    const path = createPath();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, binary);
    chmodSync(path, 0o644);

    expect(await isCached(path, PINNED)).toBe(false);
  });

  it('clears away what killed attempts left, but not what a running one is writing', async () => {
    const path = createPath();
    const [abandoned, running] = [`${path}.part-old`, `${path}.part-new`];
    mkdirSync(abandoned, { recursive: true });
    mkdirSync(running);
    utimesSync(abandoned, new Date(0), new Date(0));

    await addToCache(path, PINNED, writeWhole);

    expect([existsSync(abandoned), existsSync(running)]).toEqual([false, true]);
  });

  it('is where SOCBOT_CACHE says, else in the cache folder of the user', () => {
    expect(cacheDirectoryOf({ SOCBOT_CACHE: '/srv/cache', XDG_CACHE_HOME: '/xdg' })).toBe('/srv/cache');
    expect(cacheDirectoryOf({ XDG_CACHE_HOME: '/xdg' })).toBe(join('/xdg', 'socbot'));
    expect(cacheDirectoryOf({}, 'linux')).toMatch(/\/\.cache\/socbot$/);
    expect(cacheDirectoryOf({}, 'darwin')).toMatch(/\/Library\/Caches\/socbot$/);
  });
});
