import { readEnvFile } from './env-file.ts';
import { openEnvFile } from './open-files.ts';

/** The process environment with what `.env` adds to it; what the environment sets wins, as everywhere. */
export function wholeEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Readonly<Record<string, string | undefined>> {
  const { entries } = readEnvFile(openEnvFile(undefined, cwd).file);
  return { ...Object.fromEntries(entries.map(({ key, text }) => [key, text])), ...env };
}
