import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { findOnPath, objectionToBinary } from '#temporal/binary/given-binary.ts';
import { TEMPORAL_CLI } from '#temporal/pins.ts';

function createProgram(body: string, mode = 0o755): string {
  const path = join(createScratchDirectory(), 'temporal');
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode });
  return path;
}

describe("a user's own Temporal", () => {
  it.each(['1.9.0', '1.9.1', '1.10.0', '2.0.0'])('will do as version %s', async (version) => {
    const path = createProgram(`echo "temporal version ${version} (Server 1.32.0, UI 2.54.1)"`);

    expect(await objectionToBinary(path, TEMPORAL_CLI)).toBeNull();
  });

  it.each([
    ['too old', 'echo "temporal version 1.5.1 (Server 1.29.1)"', 'is version 1.5.1; SocBot needs 1.9.0 or newer'],
    ['a build of nobody knows what', 'echo "temporal version 0.0.0-DEV"', 'is version 0.0.0; SocBot needs'],
    ['another program', 'echo hello', 'does not say which version it is'],
    ['broken', 'exit 3', 'does not run'],
  ])('is refused when it is %s', async (_what, body, objection) => {
    expect(await objectionToBinary(createProgram(body), TEMPORAL_CLI)).toContain(objection);
  });

  it('is refused when it is no executable file', async () => {
    const path = createProgram('echo "temporal version 1.9.1"', 0o644);

    expect(await objectionToBinary(path, TEMPORAL_CLI)).toBe(`${path} is not an executable file`);
    expect(await objectionToBinary('/does/not/exist', TEMPORAL_CLI)).toBe('/does/not/exist is not an executable file');
    expect(await objectionToBinary('/tmp', TEMPORAL_CLI)).toBe('/tmp is not an executable file');
  });

  it('is found in the first folder of the PATH that has an executable of that name', () => {
    const path = createProgram('true');
    const folder = join(path, '..');
    const decoy = createScratchDirectory();
    mkdirSync(join(decoy, 'temporal'));

    expect(findOnPath('temporal', { PATH: `:/does/not/exist:${decoy}:${folder}` })).toBe(path);
    expect(findOnPath('temporal', { PATH: decoy })).toBeNull();
    expect(findOnPath('temporal', {})).toBeNull();
  });
});
