import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  const { code } = await bundleWorkflowCode({ workflowsPath: ENTRY, logger: SILENT });
  mkdirSync(dirname(path), { recursive: true });
  for (const old of globSync('workflows-*.js', { cwd: dirname(path) }))
    rmSync(join(dirname(path), old), { force: true });
  const draft = `${path}.${process.pid}`;
  // On disk before it has its name, so that a file under that name is always whole.
  writeFileSync(draft, code, { flush: true });
  renameSync(draft, path);
  return path;
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

const nothing = (): void => undefined;
const SILENT = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
