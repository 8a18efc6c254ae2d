import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { createTemporalSite } from '#temporal/binary/temporal-site.ts';
import { createFakeRelease } from './fake-release.ts';
import { cutInTheMiddle, startReleaseServer } from './release-server.ts';

const RELEASE = createFakeRelease();

function wantedIn(scratchDir: string) {
  const toFile = join(scratchDir, 'binary');
  return { tool: RELEASE.tool, platform: 'darwin-arm64', toFile, scratchDir, onProgress: () => {} } as const;
}

function answerOf(url: string, fileToExtract = 'temporal'): string {
  return JSON.stringify({ archiveUrl: `${url}/archive.tar.gz`, fileToExtract });
}

describe("Temporal's download site as a source", () => {
  it('asks for this version and platform and takes the program out of the archive', async () => {
    await using server = await startReleaseServer((url) => ({
      '/cli/v1.9.1': answerOf(url),
      '/archive.tar.gz': RELEASE.tarball,
    }));
    const wanted = wantedIn(createScratchDirectory());

    await createTemporalSite(server.url).fetchBinary(wanted);

    expect(readFileSync(wanted.toFile).equals(RELEASE.binary)).toBe(true);
    expect(server.asked[0]).toBe('/cli/v1.9.1?platform=darwin&arch=arm64&format=tar.gz');
  });

  it.each([
    ['is cut short', cutInTheMiddle(RELEASE.tarball)],
    ['is not an archive', 'Service temporarily unavailable'],
    ['is half of one', RELEASE.tarball.subarray(0, 300)],
  ])('fails when the archive %s', async (_what, archive) => {
    await using server = await startReleaseServer((url) => ({
      '/cli/v1.9.1': answerOf(url),
      '/archive.tar.gz': archive,
    }));

    const fetching = createTemporalSite(server.url).fetchBinary(wantedIn(createScratchDirectory()));

    await expect(fetching).rejects.toThrow(/./);
  });

  it('takes a file name that looks like an option for a file name', async () => {
    await using server = await startReleaseServer((url) => ({
      '/cli/v1.9.1': answerOf(url, '--to-command=touch /tmp/owned'),
      '/archive.tar.gz': RELEASE.tarball,
    }));

    const fetching = createTemporalSite(server.url).fetchBinary(wantedIn(createScratchDirectory()));

    await expect(fetching).rejects.toThrow('tar could not read the archive');
  });

  it.each(['{}', 'not JSON', '{"archiveUrl":"file:///etc/passwd","fileToExtract":"x"}'])(
    'refuses an answer such as %s',
    async (answer) => {
      await using server = await startReleaseServer(() => ({ '/cli/v1.9.1': answer }));

      const fetching = createTemporalSite(server.url).fetchBinary(wantedIn(createScratchDirectory()));

      await expect(fetching).rejects.toThrow(/./);
    },
  );
});
