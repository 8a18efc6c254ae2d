import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { simulators } from '#connectors/simulators.ts';

const CONNECTORS = join(import.meta.dirname, '../src/connectors');
const TESTS = join(import.meta.dirname, 'connectors');

/** Speak a protocol of their own: their simulators are no HTTP servers, and not in the range. */
const OWN_PROTOCOL = ['dns-rpz'];

/** Lists of our own, kept in the store: no vendor, no settings of a connector. */
const OWN_LISTS = ['block-feed'];

/** Made from descriptions in socbot.yaml: in no registry, since nobody knows their names beforehand. */
const DESCRIBED = ['own-tool'];

/** The shape from which new connectors are copied; it is tested like one, but nobody can switch it on. */
const TEMPLATE = 'template';

const folders = readdirSync(CONNECTORS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const isResponder = (folder: string) => readdirSync(join(CONNECTORS, folder)).includes('responder.ts');
const vendors = folders.filter((folder) => !OWN_LISTS.includes(folder));
const responders = vendors.filter((folder) => isResponder(folder));
const sources = vendors.filter((folder) => !isResponder(folder));

const FILES = ['README.md', 'index.ts', 'schema.ts', 'simulator.ts'];

describe('a connector', () => {
  it.each(vendors)('%s is a whole folder', (folder) => {
    const files = readdirSync(join(CONNECTORS, folder));

    expect(files).toEqual(expect.arrayContaining(FILES));
    expect(files.includes('activities.ts')).toBe(!files.includes('responder.ts'));
  });

  it.each(sources)('%s is tested by the promises of every source', (folder) => {
    expect(readFileSync(join(TESTS, `${folder}.test.ts`), 'utf8')).toContain('describeSource({');
  });

  if (responders.length > 0) {
    it.each(responders)('%s is tested by the promises of every responder', (folder) => {
      expect(readFileSync(join(TESTS, `${folder}.test.ts`), 'utf8')).toContain('describeResponder({');
    });
  }

  it.each(folders)('%s imports no other connector', (folder) => {
    const imports = readdirSync(join(CONNECTORS, folder))
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => importsOf(join(CONNECTORS, folder, file)));

    const foreign = imports.filter((path) => /^(\.\.\/|#connectors\/.*\/)/.test(path));
    expect(foreign).toEqual([]);
  });

  it.each(folders)('%s never imports a simulator outside of simulators', (folder) => {
    const product = readdirSync(join(CONNECTORS, folder)).filter(
      (file) => file.endsWith('.ts') && !/^simulator[-.]/.test(file),
    );
    const imports = product.flatMap((file) => importsOf(join(CONNECTORS, folder, file)));

    expect(imports.filter((path) => /simulator|\/world/.test(path))).toEqual([]);
  });

  it('is in the registry, and its simulator beside it, under the name of its folder', () => {
    const inUse = sources.filter((folder) => folder !== TEMPLATE).toSorted();
    const builtIn = responders.filter((folder) => !DESCRIBED.includes(folder)).toSorted();

    expect(sourceConnectors.map(({ id }) => id).toSorted()).toEqual(inUse);
    expect(responderConnectors.map(({ id }) => id).toSorted()).toEqual(builtIn);
    const simulated = [...inUse, ...builtIn.filter((folder) => !OWN_PROTOCOL.includes(folder))];
    expect(simulators.map(({ name }) => name).toSorted()).toEqual(simulated.toSorted());
  });
});

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^import .*?from '([^']+)';$|^\} from '([^']+)';$/gm)].map(
    ([, whole, last]) => whole ?? last ?? '',
  );
}
