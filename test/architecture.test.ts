import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceConnectors } from '#connectors/registry.ts';
import { simulators } from '#connectors/simulators.ts';

const CONNECTORS = join(import.meta.dirname, '../src/connectors');
const TESTS = join(import.meta.dirname, 'connectors');

/** Folders that act and are not asked; they have promises of their own. */
const RESPONDERS = ['block-feed'];

/** The shape from which new connectors are copied; it is tested like one, but nobody can switch it on. */
const TEMPLATE = 'template';

const folders = readdirSync(CONNECTORS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const sources = folders.filter((folder) => !RESPONDERS.includes(folder));

const FILES = ['README.md', 'activities.ts', 'client.ts', 'index.ts', 'schema.ts', 'simulator.ts'];

describe('a connector', () => {
  it.each(sources)('%s is a whole folder', (folder) => {
    expect(readdirSync(join(CONNECTORS, folder))).toEqual(expect.arrayContaining(FILES));
  });

  it.each(sources)('%s is tested by the promises of every source', (folder) => {
    expect(readFileSync(join(TESTS, `${folder}.test.ts`), 'utf8')).toContain('describeSource({');
  });

  it.each(folders)('%s imports no other connector', (folder) => {
    const imports = readdirSync(join(CONNECTORS, folder))
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => importsOf(join(CONNECTORS, folder, file)));

    const foreign = imports.filter((path) => /^(\.\.\/|#connectors\/.*\/)/.test(path));
    expect(foreign).toEqual([]);
  });

  it.each(folders)('%s never imports a simulator outside of simulators', (folder) => {
    const product = readdirSync(join(CONNECTORS, folder)).filter(
      (file) => file.endsWith('.ts') && file !== 'simulator.ts',
    );
    const imports = product.flatMap((file) => importsOf(join(CONNECTORS, folder, file)));

    expect(imports.filter((path) => /simulator|\/world/.test(path))).toEqual([]);
  });

  it('is in the registry, and its simulator beside it, under the name of its folder', () => {
    const inUse = sources.filter((folder) => folder !== TEMPLATE).toSorted();

    expect(sourceConnectors.map(({ id }) => id).toSorted()).toEqual(inUse);
    expect(simulators.map(({ name }) => name).toSorted()).toEqual(inUse);
  });
});

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^import .*?from '([^']+)';$|^\} from '([^']+)';$/gm)].map(
    ([, whole, last]) => whole ?? last ?? '',
  );
}
