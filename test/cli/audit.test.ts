import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAudit } from '#src/cli/audit.ts';
import { openStore } from '#store/open-store.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';

async function check(dataDir: string): Promise<readonly string[]> {
  const printed: string[] = [];
  await checkAudit({ env: {}, cwd: createScratchDirectory(), dataDir }, (line) => printed.push(line));
  return printed;
}

describe('the check of the audit', () => {
  it('fails on a directory that holds none, and makes nothing there', async () => {
    const dataDir = join(createScratchDirectory(), 'mistyped');

    await expect(check(dataDir)).rejects.toThrow(`${dataDir}/socbot.db: there is no such file`);

    expect(existsSync(dataDir)).toBe(false);
  });

  it('does not call an empty audit whole', async () => {
    const dataDir = createScratchDirectory();
    await (await openStore({ file: join(dataDir, 'socbot.db') })).close();

    await expect(check(dataDir)).rejects.toThrow('The audit holds no record');
  });

  it('counts the records of a whole one', async () => {
    const dataDir = createScratchDirectory();
    const store = await openStore({ file: join(dataDir, 'socbot.db') });
    const who = { who: 'ana', telegramId: 1, chat: 1, request: null };
    await store.audit.append([{ ...who, at: '2026-03-01T12:00:00.000Z', action: 'look_up', outcome: 'asked' }]);
    await store.close();

    expect(await check(dataDir)).toEqual([expect.stringMatching(/^1 records, each follows/)]);
  });
});
