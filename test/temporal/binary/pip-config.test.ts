import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { readPythonIndexes } from '#temporal/binary/pip-config.ts';

function createFile(text: string): string {
  const file = join(createScratchDirectory(), 'pip.conf');
  writeFileSync(file, text);
  return file;
}

describe('the Python indexes that a machine is set up for', () => {
  it('are the public one where nothing is set', () => {
    expect(readPythonIndexes({}, ['/does/not/exist'])).toEqual(['https://pypi.org/simple']);
  });

  it('come from the environment first', () => {
    const file = createFile('[global]\nindex-url = https://file.example/simple\n');

    const indexes = readPythonIndexes({ PIP_INDEX_URL: 'https://env.example/simple' }, [file]);

    expect(indexes).toEqual(['https://env.example/simple']);
  });

  it('come from the configuration files, the later ones winning, with the extra ones after', () => {
    const system = createFile('[global]\nindex-url = https://system.example/simple\n');
    const user = createFile(
      '[list]\nindex-url = https://other.example\n[global]\ntimeout = 60\nindex-url: https://user.example/simple\n' +
        'extra-index-url =\n    https://one.example/simple\n    https://two.example/simple\n',
    );

    const indexes = readPythonIndexes({}, [system, user]);

    expect(indexes).toEqual([
      'https://user.example/simple',
      'https://one.example/simple',
      'https://two.example/simple',
    ]);
  });

  it('are read from the file that PIP_CONFIG_FILE names', () => {
    const file = createFile('[global]\nindex-url = https://named.example/simple\n');

    expect(readPythonIndexes({ PIP_CONFIG_FILE: file })).toEqual(['https://named.example/simple']);
  });

  it('leave out what is no address', () => {
    expect(readPythonIndexes({ PIP_INDEX_URL: 'nonsense' }, [])).toEqual([]);
  });
});
