import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';

const WORKFLOWS = join(import.meta.dirname, '../../src/workflows');

describe('the bundle of the workflows', () => {
  const modules = () => {
    const code = readFileSync(inject('workflowBundle'), 'utf8');
    return Array.from(code.matchAll(/^\/\*\*\*\/ "([^"]+)"/gm), ([, path]) => path ?? '');
  };

  it('holds our workflows and the domain', () => {
    const own = modules().filter((path) => path.startsWith('./src/'));

    expect(own).toEqual(expect.arrayContaining(['./src/workflows/index.ts', './src/domain/approval.ts']));
    expect(own.filter((path) => !/^\.\/src\/(workflows|domain)\//.test(path))).toEqual([]);
  });

  it('holds nothing that is slow to load, or that parses what only the edges parse', () => {
    const packages = modules().flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
    const foreign = packages.filter((name) => !name.startsWith('@temporalio/'));

    expect([...new Set(foreign)].toSorted()).toMatchInlineSnapshot(`
      [
        "@noble/hashes",
        "long",
        "ms",
        "nexus-rpc",
      ]
    `);
  });

  it('reaches for nothing that the machine has', () => {
    const code = readFileSync(inject('workflowBundle'), 'utf8');

    expect(code).not.toMatch(/require\("node:/);
    expect(modules().filter((path) => /^(node:|external)/.test(path))).toEqual([]);
  });
});

describe('the files of the workflows', () => {
  it.each(readdirSync(WORKFLOWS))('%s imports workflows, the domain and the engine alone', (file) => {
    const code = readFileSync(join(WORKFLOWS, file), 'utf8');
    const imports = [...code.matchAll(/^(?:import|export|\}) .*?from '([^']+)';$/gm)].map(([, path]) => path ?? '');

    const allowed = /^(\.\/[a-z-]+\.ts|#domain\/[a-z-]+\.ts|#workflows\/[a-z-]+\.ts|@temporalio\/(workflow|common))$/;
    expect(imports.filter((path) => !allowed.test(path))).toEqual([]);
  });
});
