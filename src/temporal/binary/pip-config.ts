import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The Python package indexes that this machine is set up for, best first, with pip's own precedence: environment, then
 * the configuration files, the later ones winning (https://pip.pypa.io/en/stable/topics/configuration/). The public
 * index where nothing is set. A machine set up for a mirror is never sent elsewhere.
 */
export function readPythonIndexes(env: Environment, files = pipConfigFiles(env)): string[] {
  const settings = new Map<string, string>();
  for (const file of files) for (const [key, value] of readSettings(file)) settings.set(key, value);
  const first = env['PIP_INDEX_URL'] ?? settings.get('index-url') ?? 'https://pypi.org/simple';
  const more = env['PIP_EXTRA_INDEX_URL'] ?? settings.get('extra-index-url') ?? '';
  return [first, ...more.split(/\s+/)].filter((url) => URL.canParse(url));
}

/** pip's configuration files on Linux and macOS, least important first. */
function pipConfigFiles(env: Environment): string[] {
  const named = env['PIP_CONFIG_FILE'];
  // pip's own way of saying "read no configuration file".
  if (named === '/dev/null') return [];
  const configHome = env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
  return [
    '/etc/xdg/pip/pip.conf',
    '/Library/Application Support/pip/pip.conf',
    '/etc/pip.conf',
    join(homedir(), '.pip', 'pip.conf'),
    join(homedir(), 'Library', 'Application Support', 'pip', 'pip.conf'),
    join(configHome, 'pip', 'pip.conf'),
    ...(env['VIRTUAL_ENV'] === undefined ? [] : [join(env['VIRTUAL_ENV'], 'pip.conf')]),
    ...(named === undefined ? [] : [named]),
  ];
}

/** The `[global]` and `[download]` settings of one file; a file that cannot be read has none. */
function readSettings(file: string): [string, string][] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  const sections = text.split(/^\[/m).filter((section) => /^(global|download)\]/.test(section));
  // A value may go on over indented lines.
  const entries = sections.join('\n').matchAll(/^([a-z-]+)[ \t]*[=:][ \t]*(.*(?:\n[ \t]+.*)*)/gm);
  return [...entries].map(([, key = '', value = '']) => [key, value.trim()]);
}
