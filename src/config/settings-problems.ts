import type { z } from 'zod';
import { FileSettings } from './file-settings.ts';
import type { Flaw } from './people.ts';
import type { Problem } from './problem.ts';
import { isSettingName, objectionToName } from './setting-name.ts';
import type { SettingPath, SettingsFile } from './settings-file.ts';
import { knownKeysAt } from './wording.ts';

/** Says where in the file a flaw is and which setting it is about. */
export function problemOf(file: SettingsFile, { path, text }: Flaw): Problem {
  const name = renderPath(path);
  return { place: file.placeOf(path), text: name === '' ? text : `${name} ${text}` };
}

/** Turns what the schema found into problems; unknown keys become one problem each. */
export function problemsOfIssue(
  file: SettingsFile,
  issue: z.core.$ZodIssue,
  environmentKeys: readonly string[],
): Problem[] {
  if (issue.code !== 'unrecognized_keys') return [problemOf(file, { path: issue.path, text: issue.message })];
  return issue.keys.map((key) => ({
    place: file.placeOf([...issue.path, key]),
    text: objectionToKey(key, issue.path, environmentKeys),
  }));
}

function objectionToKey(key: string, path: SettingPath, environmentKeys: readonly string[]): string {
  if (environmentKeys.includes(key)) return `${key} belongs in the environment or in .env; write ${key}=… there`;
  if (/token|secret|passw|api_?key/i.test(key)) {
    return 'a secret does not belong in this file; write it in .env, as .env.example shows';
  }
  const section = renderPath(path);
  return `${section === '' ? '' : `${section}: `}${objectionToName(key, knownKeysAt(FileSettings, path))}`;
}

function renderPath(path: SettingPath): string {
  return path
    .filter((segment) => typeof segment !== 'number')
    .map((segment) => renderSegment(String(segment)))
    .join('.');
}

/** People's names are words with spaces; whatever else does not look like a name is not repeated. */
function renderSegment(segment: string): string {
  return /^(?:[\p{L}\p{M}'-]{1,20} ?){1,3}$/u.test(segment) || isSettingName(segment) ? segment : '…';
}
