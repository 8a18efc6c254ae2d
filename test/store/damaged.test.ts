import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { MARKS } from '#store/mark-names.ts';
import { openStore } from '#store/open-store.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';

it('names a file that is no database, and what can be done about it', async () => {
  const file = join(createScratchDirectory(), 'socbot.db');
  writeFileSync(file, 'this was something else '.repeat(500));

  await expect(openStore({ file })).rejects.toThrow(
    `${file} is damaged, or not a database of SocBot. Bring back a copy`,
  );
});

it.each([
  ['at the start', 4096],
  ['later', 8192],
])('names a file whose inside is damaged, when it is noticed %s', async (_, kept) => {
  const file = join(createScratchDirectory(), 'socbot.db');
  await (await openStore({ file })).close();
  writeFileSync(file, readFileSync(file).fill(0xa5, kept));

  const reading = async () => {
    const store = await openStore({ file });
    onTestFinished(store.close);
    return store.marks.get(MARKS.lastPoll);
  };

  await expect(reading()).rejects.toThrow(`${file} is damaged, or not a database of SocBot. Bring back a copy`);
});
