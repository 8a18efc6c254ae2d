import { parseEnv } from 'node:util';
import type { Place, Problem } from './problem.ts';
import { renderName } from './setting-name.ts';
import type { TextFile } from './text-file.ts';

/** One `KEY=value` of an env file. */
export type EnvEntry = { readonly key: string; readonly text: string; readonly place: Place };

const BLANK = /^\s*(?:#.*)?$/;
const ENTRY = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(.*)$/;
const QUOTED = /^(?:"[^"]*"|'[^']*'|`[^`]*`)\s*(?:#.*)?$/;

/**
 * Reads `KEY=value` lines. Values are what Node's `--env-file` makes of them, but what it would quietly cut or swallow is
 * a problem here: an open quote takes the lines after it with it, and `#` ends a value that is not in quotes.
 */
export function readEnvFile(file: TextFile): { readonly entries: readonly EnvEntry[]; readonly problems: Problem[] } {
  const entries = new Map<string, EnvEntry>();
  const problems: Problem[] = [];
  for (const [index, line] of file.text.split('\n').entries()) {
    if (BLANK.test(line)) continue;
    const place = { file: file.name, line: index + 1 };
    const [, key = '', value = ''] = ENTRY.exec(line) ?? [];
    const earlier = entries.get(key);
    const objection = objectionToLine(key, value);
    if (objection !== null) problems.push({ place, text: objection });
    else if (earlier)
      problems.push({ place, text: `${renderName(key)} is also on line ${earlier.place.line}; keep one` });
    else entries.set(key, { key, text: parseEnv(`V=${value}`)['V'] ?? '', place });
  }
  return { entries: [...entries.values()], problems };
}

function objectionToLine(key: string, value: string): string | null {
  if (key === '') return 'this line sets nothing; write KEY=value, or # before a comment';
  if (/^["'`]/.test(value)) {
    return QUOTED.test(value) ? null : `${renderName(key)} has an open quote; write ${renderName(key)}="…" on one line`;
  }
  return /\S#/.test(value) ? `${renderName(key)} has a # in it, which starts a comment; put the value in quotes` : null;
}
