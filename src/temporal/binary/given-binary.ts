import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { reasonOf } from '#temporal/binary/download.ts';
import type { Environment } from '#temporal/binary/pip-config.ts';
import type { PinnedTool } from '#temporal/pins.ts';

/** The first executable called `name` on the PATH, or null. */
export function findOnPath(name: string, env: Environment): string | null {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutableFile) ?? null;
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Why a binary that the machine offers cannot be used, or null when it can. Runs it with `--version`. */
export async function objectionToBinary(path: string, tool: PinnedTool): Promise<string | null> {
  if (!isExecutableFile(path)) return `${path} is not an executable file`;
  if (tool.minimumVersion === null) return null;
  let said: string;
  try {
    ({ stdout: said } = await promisify(execFile)(path, ['--version'], { timeout: 15_000, maxBuffer: 64 * 1024 }));
  } catch (error) {
    return `${path} does not run: ${reasonOf(error).trim().split('\n')[0]}`;
  }
  const version = /\bversion v?(\d+\.\d+\.\d+)/.exec(said)?.[1];
  if (version === undefined) return `${path} does not say which version it is`;
  if (isOlder(version, tool.minimumVersion)) {
    return `${path} is version ${version}; SocBot needs ${tool.minimumVersion} or newer`;
  }
  return null;
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0;
}
