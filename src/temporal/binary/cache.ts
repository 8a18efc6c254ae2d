import {
  chmodSync,
  constants,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { access, mkdtemp, open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { objectionToFile } from '#temporal/binary/digest.ts';
import type { Environment } from '#temporal/binary/pip-config.ts';
import type { PinnedFile, PinnedTool, Platform } from '#temporal/pins.ts';

/** The per-user folder that outlives `npm ci`: `SOCBOT_CACHE`, else the platform's cache folder. */
export function cacheDirectoryOf(env: Environment, platform = process.platform): string {
  if (env['SOCBOT_CACHE']) return env['SOCBOT_CACHE'];
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'socbot');
  return platform === 'darwin' ? join(homedir(), 'Library/Caches/socbot') : join(homedir(), '.cache/socbot');
}

/** Where the cache keeps a tool; the version is in the path, so versions live side by side. */
export function cachePathOf(cacheDir: string, tool: PinnedTool, platform: Platform): string {
  return join(cacheDir, `${tool.name}-${tool.version}-${platform}`, tool.name);
}

/**
 * Whether the cached file is the pinned one. The full digest is taken once; after that a stamp beside the file says with
 * which size and times it was taken, and any write since (which moves the change time) has it taken again.
 */
export async function isCached(path: string, pinned: PinnedFile): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    if (readStamp(path) === stampOf(path, pinned)) return true;
    if ((await objectionToFile(path, pinned)) !== null) return false;
    writeStamp(path, pinned);
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts a binary into the cache: `fill` writes it to a scratch file, which is verified, forced to disk and renamed into
 * place. A killed or failing attempt leaves the cache as it was, and of two at once either result is whole.
 */
export async function addToCache(
  path: string,
  pinned: PinnedFile,
  fill: (toFile: string, scratchDir: string) => Promise<void>,
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  removeAbandonedScratch(dirname(path));
  const scratchDir = await mkdtemp(`${path}.part-`);
  try {
    const toFile = join(scratchDir, 'binary');
    await fill(toFile, scratchDir);
    const objection = await objectionToFile(toFile, pinned);
    if (objection !== null) throw new Error(`what came is not the pinned binary: ${objection}`);
    chmodSync(toFile, 0o755);
    await forceToDisk(toFile);
    renameSync(toFile, path);
    writeStamp(path, pinned);
  } finally {
    rmSync(scratchDir, { recursive: true, force: true });
  }
}

/** Killed attempts leave up to 200 MB behind. One that has not been touched for an hour is nobody's any more. */
function removeAbandonedScratch(folder: string): void {
  const hourAgo = Date.now() - 3_600_000;
  for (const name of readdirSync(folder)) {
    const scratch = join(folder, name);
    // Another start may be done with its own between the two looks.
    const touchedMs = statSync(scratch, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (name.includes('.part-') && touchedMs < hourAgo) rmSync(scratch, { recursive: true, force: true });
  }
}

async function forceToDisk(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function stampOf(path: string, pinned: PinnedFile): string {
  const { size, mtimeMs, ctimeMs, ino } = statSync(path);
  return `${pinned.sha256} ${size} ${mtimeMs} ${ctimeMs} ${ino}\n`;
}

function readStamp(path: string): string | null {
  try {
    return readFileSync(`${path}.verified`, 'utf8');
  } catch {
    return null;
  }
}

/** Written in one small write; a torn one does not match and costs one more digest. */
function writeStamp(path: string, pinned: PinnedFile): void {
  writeFileSync(`${path}.verified`, stampOf(path, pinned));
}
