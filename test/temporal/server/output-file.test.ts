import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { createOutputFile } from '#temporal/server/output-file.ts';

describe("the file of a server's output", () => {
  it('is appended to from one start to the next', () => {
    const path = join(createScratchDirectory(), 'log');

    createOutputFile(path).write(Buffer.from('one\n'));
    createOutputFile(path).write(Buffer.from('two\n'));

    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('never takes more than twice its size on disk, however much is said', () => {
    const path = join(createScratchDirectory(), 'log');
    const output = createOutputFile(path, 100);

    for (let line = 0; line < 50; line += 1) output.write(Buffer.from(`line ${line} of many\n`));
    output.write(Buffer.alloc(1000, 'x'));

    expect(statSync(path).size).toBeLessThanOrEqual(100);
    expect(statSync(`${path}.1`).size).toBeLessThanOrEqual(100);
  });

  it('keeps the last lines at hand', () => {
    const output = createOutputFile(join(createScratchDirectory(), 'log'));

    output.write(Buffer.from('one\ntwo\nthr'));
    output.write(Buffer.from('ee\n'));

    expect(output.lastLines(2)).toEqual(['two', 'three']);
  });

  it('goes on when the file cannot be written', () => {
    const dir = createScratchDirectory();
    const output = createOutputFile(join(dir, 'log'));
    rmSync(dir, { recursive: true });

    output.write(Buffer.from('still here\n'));

    expect(output.lastLines(1)).toEqual(['still here']);
  });
});
