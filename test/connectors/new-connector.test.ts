import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConnector, objectionToId, tellNextSteps } from '#connectors/new-connector.ts';

const PROJECT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** A copy of the project as far as connectors need it, with everything but the new folder linked. */
async function createProject(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'socbot-new-connector-'));
  await mkdir(join(root, 'src/connectors'), { recursive: true });
  await mkdir(join(root, 'test/connectors'), { recursive: true });
  for (const path of ['node_modules', 'src/domain', 'test/support', 'test/vitest.config.ts']) {
    await symlink(join(PROJECT, path), join(root, path));
  }
  for (const file of await readdir(join(PROJECT, 'src/connectors'))) {
    if (file.endsWith('.ts')) {
      await symlink(join(PROJECT, 'src/connectors', file), join(root, 'src/connectors', file));
    }
  }
  await cp(join(PROJECT, 'package.json'), join(root, 'package.json'));
  await cp(join(PROJECT, 'src/connectors/template'), join(root, 'src/connectors/template'), { recursive: true });
  await cp(join(PROJECT, 'test/connectors/template.test.ts'), join(root, 'test/connectors/template.test.ts'));
  return root;
}

describe('a new connector', () => {
  let root: string;
  beforeEach(async () => {
    root = await createProject();
  });
  afterEach(() => rm(root, { recursive: true }));

  it('keeps the promises of every source before anybody has touched it', async () => {
    const files = await createConnector(root, 'intel-desk');

    const vitest = join(PROJECT, 'node_modules/vitest/vitest.mjs');
    const options = [
      'run',
      '--root',
      root,
      '--config',
      'test/vitest.config.ts',
      '--reporter',
      'json',
      '--outputFile',
      'report.json',
    ];
    await run(process.execPath, [vitest, ...options, 'test/connectors/intel-desk.test.ts'], {
      cwd: root,
    });
    const report: unknown = JSON.parse(await readFile(join(root, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ success: true, numFailedTests: 0 });
    expect(Reflect.get(Object(report), 'numPassedTests')).toBeGreaterThan(50);
    expect(files).toContain('test/connectors/intel-desk.test.ts');
  }, 60_000);

  it('carries its own name everywhere', async () => {
    const files = await createConnector(root, 'intel-desk');

    const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')));
    expect(texts.join('\n')).not.toMatch(/template/i);
    expect(texts.join('\n')).toContain('INTEL_DESK_API_KEY');
    expect(texts.join('\n')).toContain("from '#connectors/intel-desk/index.ts'");
    expect(files.map((file) => file.split('/').pop())).toEqual(
      expect.arrayContaining(['README.md', 'activities.ts', 'client.ts', 'index.ts', 'schema.ts', 'simulator.ts']),
    );
  });

  it('never overwrites one that is there', async () => {
    await createConnector(root, 'intel-desk');

    await expect(createConnector(root, 'intel-desk')).rejects.toThrow('src/connectors/intel-desk is already there');
    await expect(createConnector(root, 'template')).rejects.toThrow('already there');
  });

  it.each(['', 'Intel', '../evil', 'a_b', '-a', 'a-', '1desk', 'a/b'])('refuses the name %j', async (id) => {
    expect(objectionToId(id)).toContain('lower case');
    await expect(createConnector(root, id)).rejects.toThrow('lower case');
  });

  it('says what is left to do', () => {
    expect(tellNextSteps('intel-desk')).toContain("import { intelDesk } from './intel-desk/index.ts'");
  });
});
