import { resolve } from 'node:path';
import type { EnvEntry } from './env-file.ts';
import { ENVIRONMENT, type Place, type Problem } from './problem.ts';
import { objectionToName } from './setting-name.ts';
import { readTextFile } from './text-file.ts';

/** The value of one setting as it was written, and where. */
type Given = { readonly text: string; readonly place: Place };

/** Which settings there are. */
export type KnownSettings = {
  readonly keys: readonly string[];
  /** Those of them that may also be given as `<key>_FILE`, the path of a file that holds the value. */
  readonly secrets: readonly string[];
  /** An unknown variable of the process environment that starts like this was meant for SocBot. */
  readonly prefixes: readonly string[];
};

/** Settings by key, from the process environment and, for what it does not set, from the env file. */
export type Environment = ReadonlyMap<string, Given>;

/**
 * Merges the two and reads secrets that lie in files of their own (`X_FILE`, as Docker secrets do; relative paths start
 * at `cwd`).
 */
export function mergeEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  entries: readonly EnvEntry[],
  known: KnownSettings,
  cwd: string,
): { readonly environment: Environment; readonly problems: readonly Problem[] } {
  const written = new Map(entries.map(({ key, text, place }) => [key, { text, place }]));
  const real = new Map(
    Object.entries(variables).flatMap(([key, text]) =>
      text === undefined ? [] : [[key, { text, place: ENVIRONMENT }]],
    ),
  );
  const problems = objectionsToKeys(real, written, known);
  const environment = new Map<string, Given>();
  for (const key of known.keys) {
    const fileKey = known.secrets.includes(key) ? `${key}_FILE` : null;
    const source = [real, written].find((map) => map.has(key) || (fileKey !== null && map.has(fileKey)));
    const direct = source?.get(key);
    const pointer = fileKey === null ? undefined : source?.get(fileKey);
    if (direct && pointer)
      problems.push({ place: pointer.place, text: `${key} is set as well as ${fileKey}; keep one` });
    else if (direct) environment.set(key, direct);
    else if (pointer) addFromFile(environment, problems, { key, pointer, cwd });
  }
  for (const [key, given] of [...written, ...real]) if (isMetadata(key)) environment.set(key, given);
  return { environment, problems };
}

function addFromFile(
  environment: Map<string, Given>,
  problems: Problem[],
  { key, pointer, cwd }: { readonly key: string; readonly pointer: Given; readonly cwd: string },
): void {
  const { place } = pointer;
  const path = pointer.text.trim();
  const file = resolve(cwd, path);
  const reading = path === '' ? { objection: 'has no name' } : readTextFile(file);
  if ('text' in reading && reading.text.trim() === '')
    problems.push({ place, text: `the file that ${key}_FILE names is empty; write ${key} into ${file}` });
  else if ('text' in reading) environment.set(key, { text: reading.text.replace(/\n$/, ''), place });
  else {
    const why = 'missing' in reading ? 'does not exist' : reading.objection;
    problems.push({
      place,
      text: `the file that ${key}_FILE names ${why}; write the path of a file that holds ${key}`,
    });
  }
}

function objectionsToKeys(real: Environment, written: Environment, known: KnownSettings): Problem[] {
  const names = [...known.keys, ...known.secrets.map((key) => `${key}_FILE`)];
  const allowed = new Set(names);
  const isUnknown = (key: string): boolean => !allowed.has(key) && !isMetadata(key);
  const isOurs = (key: string, given: Given): boolean =>
    known.prefixes.some((prefix) => key.startsWith(prefix)) && !isServiceLink(key, given);
  const unknown = [
    ...[...written].filter(([key]) => isUnknown(key)),
    ...[...real].filter(([key, given]) => isUnknown(key) && isOurs(key, given)),
  ];
  return unknown.map(([key, { place }]) => ({ place, text: objectionToName(key, names) }));
}

/** Headers for the Temporal connection: any number of them, each in a variable of its own. */
function isMetadata(key: string): boolean {
  return /^TEMPORAL_GRPC_META_[A-Z0-9_]+$/.test(key);
}

/**
 * What Kubernetes sets in every container for a service named `socbot` or the like; nobody wrote it.
 * https://kubernetes.io/docs/concepts/containers/container-environment/
 */
function isServiceLink(key: string, { text }: Given): boolean {
  return /_SERVICE_(?:HOST|PORT)(?:_|$)|_PORT_\d+_(?:TCP|UDP)(?:_|$)/.test(key) || /^(?:tcp|udp):\/\//.test(text);
}
