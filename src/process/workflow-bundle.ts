import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { bundleWorkflowCode } from '@temporalio/worker';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));
const ENTRY = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

/**
 * The path of the workflows' bundle. It takes a second or two to make, so it is kept in the data directory under the
 * hash of everything it is made of: a changed line, or another version of the SDK, makes another one.
 */
export async function findWorkflowBundle(dataDir: string): Promise<string> {
  const path = join(dataDir, 'cache', `workflows-${hashOfSources()}.js`);
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const code = await bundle();
  for (const old of globSync('workflows-*.js', { cwd: dirname(path) }))
    rmSync(join(dirname(path), old), { force: true });
  const draft = `${path}.${process.pid}`;
  // On disk before it has its name, so that a file under that name is always whole.
  writeFileSync(draft, code, { flush: true });
  renameSync(draft, path);
  return path;
}

/** What is wrong stands in the bundler's log only; its error says no more than that something is. */
async function bundle(): Promise<string> {
  const said: string[] = [];
  const nothing = (): void => undefined;
  const error = (message: string): void => void said.push(message);
  const logger = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error };
  try {
    return (await bundleWorkflowCode({ workflowsPath: ENTRY, logger })).code;
  } catch (fault) {
    throw new Error(`the workflows cannot be bundled: ${reasonIn(said.join('\n'))}`, { cause: fault });
  }
}

function reasonIn(said: string): string {
  const lines = said.split('\n').map((line) => stripVTControlCharacters(line).trim());
  return lines.find((line) => line.startsWith('Error: ') || line.startsWith('Module not found')) ?? 'no reason given';
}

/** Workflows import the domain and themselves; the SDK comes with its version. */
function hashOfSources(): string {
  const hash = createHash('sha256').update(
    readFileSync(createRequire(import.meta.url).resolve('@temporalio/workflow/package.json')),
  );
  const files = globSync('{workflows,domain}/**/*.ts', { cwd: SOURCES }).toSorted();
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(SOURCES, file)));
  return hash.digest('hex').slice(0, 16);
}
