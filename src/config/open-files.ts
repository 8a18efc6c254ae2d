import { resolve } from 'node:path';
import type { Environment } from './environment.ts';
import type { Place, Problem } from './problem.ts';
import { readTextFile, type TextFile } from './text-file.ts';

/** Texts in place of the files that SocBot would look for; null for none. */
export type GivenFiles = { readonly env?: TextFile | null; readonly settings?: TextFile | null };

/** A file's text, empty where there is no file, and what is wrong with the file as such. */
export type OpenedFile = {
  readonly file: TextFile;
  readonly problems: readonly Problem[];
  readonly isMissing?: true;
};

/** Opens `.env`, which need not be there. */
export function openEnvFile(files: GivenFiles | undefined, cwd: string): OpenedFile {
  return files?.env === undefined ? open('.env', cwd, null) : { file: files.env ?? none('.env'), problems: [] };
}

/** Opens `socbot.yaml`, which need not be there, or the file that `SOCBOT_SETTINGS` names, which must. */
export function openSettingsFile(files: GivenFiles | undefined, cwd: string, environment: Environment): OpenedFile {
  const named = environment.get('SOCBOT_SETTINGS');
  if (files?.settings !== undefined) return { file: files.settings ?? none('socbot.yaml'), problems: [] };
  return named && named.text.trim() !== '' ? open(named.text, cwd, named.place) : open('socbot.yaml', cwd, null);
}

function open(name: string, cwd: string, namedAt: Place | null): OpenedFile {
  const path = resolve(cwd, name);
  const reading = readTextFile(path);
  if ('text' in reading) return { file: { name, text: reading.text }, problems: [] };
  if (!('missing' in reading)) {
    const text = `${reading.objection}; write a text file of settings, as the example file shows`;
    return { file: none(name), problems: [{ place: { file: name }, text }] };
  }
  if (namedAt === null) return { file: none(name), problems: [], isMissing: true };
  const text = `SOCBOT_SETTINGS names a file that does not exist, ${path}; write the path of a settings file, or leave it out`;
  return { file: none(name), problems: [{ place: namedAt, text }] };
}

function none(name: string): TextFile {
  return { name, text: '' };
}
