import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printAuditKey, verifyAudit } from '#src/cli/audit.ts';
import { openAuditKeyOf } from '#src/process/audit-key.ts';
import { openStore } from '#store/open-store.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { runSql } from '../store/raw-sql.ts';

const NOW = '2026-03-01T12:00:00.000Z';

/** A data directory with so many records, and the checkpoint over them. */
async function createAudit(records: number) {
  const dataDir = createScratchDirectory();
  const file = join(dataDir, 'socbot.db');
  const store = await openStore({ file });
  const entry = { at: NOW, who: 'ana', telegramId: 1, chat: 1, request: null, action: 'block', outcome: 'asked' };
  await store.audit.append(Array.from({ length: records }, () => entry));
  const key = openAuditKeyOf({ auditKey: null, dataDir });
  const taking = await store.checkpoints.take(key, NOW);
  await store.close();
  if (!('checkpoint' in taking)) throw new Error('no checkpoint');
  return { dataDir, place: { file }, note: taking.checkpoint.note, key };
}

async function verify(dataDir: string, copy: string | null = null): Promise<readonly string[]> {
  const printed: string[] = [];
  await verifyAudit({ env: {}, cwd: createScratchDirectory(), dataDir }, copy, (line) => printed.push(line));
  return printed;
}

describe('the check of audit and checkpoints', () => {
  it('says how far the checkpoints reach, and what it cannot know without a witness', async () => {
    const { dataDir, note, key } = await createAudit(3);

    expect(await verify(dataDir)).toEqual([
      expect.stringMatching(/^3 records, each follows/),
      `1 checkpoint, all signed by ${key.origin}; the newest covers 3 of the records`,
      expect.stringMatching(/--against FILE$/),
    ]);
    expect((await verify(dataDir, note)).at(-1)).toMatch(/^The given checkpoint fits/);
  });

  it('fails in words on a tail that was cut off', async () => {
    const { dataDir, note, place } = await createAudit(3);
    await runSql(place, 'delete from audit where seq = 3');
    await runSql(place, 'delete from checkpoints');

    await expect(verify(dataDir, note)).rejects.toThrow(
      'The given checkpoint covers 3 records, this audit has 2: the newest 1 were cut off',
    );
  });

  it('fails in words on a checkpoint of another SocBot', async () => {
    const { dataDir } = await createAudit(3);
    const other = await createAudit(3);

    await expect(verify(dataDir, other.note)).rejects.toThrow(
      `The given checkpoint cannot be used: it is of another audit, or signed with another key: ${other.key.origin}`,
    );
  });

  it('fails in words on what is no checkpoint', async () => {
    const { dataDir } = await createAudit(1);

    await expect(verify(dataDir, '{"checkpoint":')).rejects.toThrow('it is not a checkpoint');
  });

  it('does not make a key that would fit nothing', async () => {
    const { dataDir, place } = await createAudit(1);
    const elsewhere = createScratchDirectory();
    writeFileSync(join(elsewhere, 'note'), '');
    await runSql(place, `vacuum into '${join(elsewhere, 'socbot.db')}'`);

    await expect(verify(elsewhere)).rejects.toThrow(`${elsewhere} holds no audit.key`);
    expect(await verify(dataDir)).toHaveLength(3);
  });
});

describe('the public key', () => {
  it('is printed as tools for signed notes take it', async () => {
    const { dataDir, key } = await createAudit(1);
    const printed: string[] = [];

    printAuditKey({ env: {}, cwd: createScratchDirectory(), dataDir }, (line) => printed.push(line));

    expect(printed).toEqual([`${key.origin}+${key.keyId}+${key.publicText.split('+').slice(2).join('+')}`]);
  });
});
