import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCheckpointActivities } from '#activities/checkpoint.ts';
import { createLog } from '#src/log.ts';
import { auditKeyOf } from '#store/checkpoints/audit-key.ts';
import { openCheckpoint } from '#store/checkpoints/note.ts';
import { openStore } from '#store/open-store.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { runSql } from '../store/raw-sql.ts';

const KEY = auditKeyOf(new Uint8Array(32).fill(1));
const CHAT = -1_001_000_000_001;
const NOW = '2026-03-01T12:00:00.000Z';

async function createWitnessed(auditChat: number | null = CHAT) {
  const place = { file: join(createScratchDirectory(), 'socbot.db') };
  const store = await openStore(place);
  onTestFinished(store.close);
  const log: Record<string, unknown>[] = [];
  const activities = createCheckpointActivities({
    store,
    auditKey: () => KEY,
    auditChat,
    now: () => NOW,
    log: createLog({
      level: 'info',
      destination: { write: (line) => void log.push(JSON.parse(line) as Record<string, unknown>) },
      secrets: [],
    }),
  });
  return {
    place,
    log,
    take: activities['audit.checkpoint'],
    tell: activities['audit.told'],
    record: async () =>
      store.audit.append([
        { at: NOW, who: 'ana', telegramId: 1, chat: 1, request: null, action: 'block', outcome: 'asked' },
      ]),
  };
}

describe('taking a checkpoint', () => {
  it('says nothing of an audit that holds nothing', async () => {
    const { take, log } = await createWitnessed();

    expect(await take()).toBeNull();
    expect(log).toEqual([]);
  });

  it('gives the whole note to the log and to the chat, without a sound', async () => {
    const { take, record, log } = await createWitnessed();
    await record();

    const posting = await take();

    expect(posting).toMatchObject({ to: CHAT, isSilent: true, card: { kind: 'checkpoint', size: 1 } });
    const [line] = log;
    expect(openCheckpoint(String(line?.['checkpoint']), KEY)).toMatchObject({ size: 1 });
    expect(posting?.card).toMatchObject({ note: line?.['checkpoint'] });
  });

  it('gives it to the chat until the chat had it, and to the log once', async () => {
    const { take, tell, record, log } = await createWitnessed();
    await record();
    const first = await take();
    if (!first) throw new Error('nothing to tell');

    await tell(first, { chat: CHAT, unreachable: 'the group was closed' });
    const second = await take();
    expect(second).toEqual(first);
    await tell(first, { chat: CHAT, message: 5 });

    expect(await take()).toBeNull();
    expect(log.map(({ msg }) => msg)).toEqual(['audit checkpoint', 'the audit chat cannot be written to']);
  });

  it('goes to the log where there is no audit chat', async () => {
    const { take, record, log } = await createWitnessed(null);
    await record();

    expect(await take()).toBeNull();
    expect(log).toHaveLength(1);
  });

  it('rings the chat once for one objection, and writes it to the log each time', async () => {
    const { take, tell, record, log, place } = await createWitnessed();
    await record();
    await take();
    await record();
    await runSql(place, "update audit set who = 'mallory' where seq = 2");

    const alarm = await take();

    expect(alarm).toMatchObject({
      isSilent: false,
      card: { kind: 'note', tone: 'error', objection: 'record 2 was changed' },
    });
    if (alarm) await tell(alarm, { chat: CHAT, message: 6 });
    expect(await take()).toBeNull();
    expect(log.filter(({ level }) => level === 'error' || level === 50)).toHaveLength(2);
  });
});
