import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '#store/open-store.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';

it('names a file that is no database, and what can be done about it', async () => {
  const file = join(createScratchDirectory(), 'socbot.db');
  writeFileSync(file, 'this was something else '.repeat(500));

  await expect(openStore({ file })).rejects.toThrow(
    `${file} is damaged, or not a database of SocBot. Bring back a copy`,
  );
});
