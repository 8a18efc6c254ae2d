import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refOf } from '#domain/ids.ts';
import { type ExportWish, exportAudit } from '#src/cli/audit-export.ts';
import { openAuditKeyOf } from '#src/process/audit-key.ts';
import type { AuditEntry } from '#store/audit-record.ts';
import { openCheckpoint } from '#store/checkpoints/note.ts';
import { openStore } from '#store/open-store.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';

const NOW = '2026-03-02T12:00:00.000Z';

function entryOf(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: NOW,
    who: 'ana',
    telegramId: 1,
    chat: -5,
    request: 'tg-1-7',
    action: 'block',
    outcome: 'asked',
    ...changes,
  };
}

async function exported(entries: readonly AuditEntry[], wish: ExportWish = {}) {
  const dataDir = createScratchDirectory();
  const store = await openStore({ file: join(dataDir, 'socbot.db') });
  await store.audit.append(entries);
  await store.close();
  const key = openAuditKeyOf({ auditKey: null, dataDir });
  let text = '';
  const write = async (part: string): Promise<void> => void (text += part);
  await exportAudit({ env: {}, cwd: createScratchDirectory(), dataDir }, wish, { write, now: NOW });
  return { text, key };
}

async function sequence(entries: readonly AuditEntry[], wish: ExportWish): Promise<unknown[]> {
  const { text } = await exported(entries, wish);
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return lines.slice(0, -1).map(({ seq }) => seq);
}

describe('the export of the audit', () => {
  it('has all records, the oldest first, and ends with a checkpoint that covers them', async () => {
    const entries = Array.from({ length: 1_203 }, (_, n) => entryOf({ target: `203.0.113.${n}` }));

    const { text, key } = await exported(entries);

    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(1_204);
    expect(lines[1_202]).toMatchObject({ seq: 1_203, target: '203.0.113.1202', who: 'ana' });
    expect(openCheckpoint(String(lines.at(-1)?.['checkpoint']), key)).toMatchObject({ size: 1_203 });
  });

  it('takes a part of them', async () => {
    const entries = [
      entryOf({ at: '2026-02-01T00:00:00.000Z' }),
      entryOf({ at: '2026-03-02T06:00:00.000Z', request: 'tg-1-8' }),
      entryOf({ request: null }),
    ];

    expect(await sequence(entries, { since: '24h' })).toEqual([2, 3]);
    expect(await sequence(entries, { since: '2026-03-02T07:00:00Z' })).toEqual([3]);
    expect(await sequence(entries, { request: `#${refOf('tg-1-8').toLowerCase()}` })).toEqual([2]);
    expect(await sequence(entries, { request: 'tg-1-7' })).toEqual([1]);
  });

  it('has a row for each in a table, where nothing from outside can run', async () => {
    const detail = '=HYPERLINK("http://evil.example"),\n2';

    const { text, key } = await exported([entryOf({ detail, who: null })], { format: 'csv' });

    const [head, row, ...rest] = text.split('\r\n');
    expect(head).toBe('seq,at,who,telegramId,chat,request,action,target,digest,outcome,detail,key,previousHash,hash');
    expect(row).toMatch(
      /^1,2026-03-02T12:00:00\.000Z,,1,-5,tg-1-7,block,,,asked,"'=HYPERLINK\(""http:\/\/evil\.example""\),\n2",,0{64},[0-9a-f]{64}$/,
    );
    const [, note = ''] = /^checkpoint,"([^"]*)",{12}$/.exec(rest[0] ?? '') ?? [];
    expect(openCheckpoint(note, key)).toMatchObject({ size: 1 });
    expect(rest[1]).toBe('');
  });

  it.each([
    [{ since: 'yesterday' }, '--since yesterday is not a time'],
    [{ format: 'xml' }, '--format xml is not known; write jsonl or csv'],
  ])('refuses %j in words', async (wish, words) => {
    await expect(exported([entryOf()], wish)).rejects.toThrow(words);
  });

  it('of nothing is none', async () => {
    await expect(exported([])).rejects.toThrow('The audit holds no record.');
  });
});
