import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { auditKeyOf } from '#store/checkpoints/audit-key.ts';
import type { Taking } from '#store/checkpoints/take.ts';
import { openStore, type Store, type StorePlace } from '#store/open-store.ts';
import { runSql } from '../raw-sql.ts';
import { at } from './fixture.ts';

const KEY = auditKeyOf(new Uint8Array(32).fill(1));
const FOREIGN_KEY = auditKeyOf(new Uint8Array(32).fill(2));

/** What the checkpoints of an audit promise, on any database. */
export function describeCheckpoints(createPlace: () => Promise<StorePlace>): void {
  let place: StorePlace;
  let store: Store;

  beforeEach(async () => {
    place = await createPlace();
    store = await openStore(place);
    onTestFinished(async () => store.close());
  });

  const record = async (count: number, who = 'ann'): Promise<void> => {
    const entry = { at: at(0), telegramId: 1, chat: 1, request: null, action: 'block', outcome: 'asked' };
    await store.audit.append(Array.from({ length: count }, () => ({ ...entry, who })));
  };
  const take = async (key = KEY) => store.checkpoints.take(key, at(1));
  const verify = async (copy: string | null = null, key = KEY) => store.checkpoints.verify(key, copy);
  /** Puts another audit in the place of this one, every hash of it made anew. */
  const rewrite = async (count: number): Promise<void> => {
    await runSql(place, 'delete from audit');
    await record(count, 'mallory');
  };

  it('sign nothing over nothing, what is new once, and nothing where nothing is new', async () => {
    expect(await take()).toEqual({ kind: 'empty' });
    await record(3);
    expect(await take()).toMatchObject({ kind: 'taken', checkpoint: { size: 3, isTold: false } });
    const standing = await take();
    expect(standing).toMatchObject({ kind: 'standing', checkpoint: { size: 3, isTold: false } });

    await store.checkpoints.markTold(3, at(2));

    expect(await take()).toEqual({ kind: 'standing', checkpoint: { size: 3, note: noteOf(standing), isTold: true } });
  });

  it('agree with the audit however many records lie between them', async () => {
    const notes: string[] = [];
    for (const count of [1, 1, 2, 3, 500, 501, 17]) {
      await record(count);
      notes.push(noteOf(await take()));
    }

    expect(await verify()).toMatchObject({ kind: 'intact', count: 1_025, checkpoints: 7, covered: 1_025 });
    for (const note of notes) expect(await verify(note)).toMatchObject({ kind: 'intact' });
  });

  it('agree with an audit that has gone on, and tell how far they reach', async () => {
    await record(5);
    const note = noteOf(await take());
    await record(4);

    expect(await verify(note)).toMatchObject({ kind: 'intact', count: 9, checkpoints: 1, covered: 5 });
  });

  it('are the same whichever of two processes takes them', async () => {
    const other = await openStore(place);
    onTestFinished(async () => other.close());
    await record(7);

    const taken = await Promise.all([
      take(),
      other.checkpoints.take(KEY, at(1)),
      take(),
      other.checkpoints.take(KEY, at(1)),
    ]);

    expect(new Set(taken.map(noteOf)).size).toBe(1);
    expect(await verify()).toMatchObject({ kind: 'intact', checkpoints: 1 });
  });

  it('taken while another process records agree with the audit', async () => {
    const other = await openStore(place);
    onTestFinished(async () => other.close());
    const entry = { at: at(0), who: 'bob', telegramId: 2, chat: 2, request: null, action: 'look up', outcome: 'asked' };
    const recording = (async () => {
      for (let n = 0; n < 30; n += 1) await other.audit.append([entry]);
    })();
    for (let n = 0; n < 10; n += 1) {
      await record(1);
      expect(await take()).toMatchObject({ kind: 'taken' });
    }
    await recording;

    expect(await verify()).toMatchObject({ kind: 'intact', count: 40 });
  });

  it('catch up where SocBot was killed between a record and its checkpoint', async () => {
    await record(2);
    await take();
    await record(3);
    await store.close();
    store = await openStore(place);

    expect(await take()).toMatchObject({ kind: 'taken', checkpoint: { size: 5 } });
    expect(await verify()).toMatchObject({ kind: 'intact', count: 5, checkpoints: 2, covered: 5 });
  });

  describe('show', () => {
    it('a tail that was cut off, by what is kept and by what a witness has', async () => {
      await record(6);
      const note = noteOf(await take());
      await runSql(place, 'delete from audit where seq > 4');

      expect(await verify()).toEqual(
        brokenWith('Checkpoint 6 covers 6 records, this audit has 4: the newest 2 were cut off'),
      );
      expect(await take()).toMatchObject({ kind: 'objection', reason: expect.stringContaining('cut off') as string });
      await runSql(place, 'delete from checkpoints');
      expect(await verify()).toMatchObject({ kind: 'intact', count: 4 });
      expect(await verify(note)).toEqual(
        brokenWith(/^The given checkpoint covers 6 records, this audit has 4: .* 2 were cut off$/),
      );
    });

    it('an audit that was written anew, every hash of it right', async () => {
      await record(6);
      const note = noteOf(await take());
      await rewrite(9);

      expect(await store.audit.verify()).toMatchObject({ kind: 'intact', count: 9 });
      expect(await verify()).toEqual(brokenWith(/^Checkpoint 6 .* the audit was rewritten$/));
      await runSql(place, 'delete from checkpoints');
      expect(await verify(note)).toEqual(brokenWith(/^The given checkpoint .* the audit was rewritten$/));
    });

    it('an audit that was written anew and signed by the SocBot that was misled', async () => {
      await record(6);
      const note = noteOf(await take());
      await runSql(place, 'delete from checkpoints');
      await rewrite(6);
      await take();

      expect(await verify()).toMatchObject({ kind: 'intact' });
      expect(await verify(note)).toEqual(brokenWith(/^The given checkpoint .* the audit was rewritten$/));
    });

    it('two records that changed places', async () => {
      await record(2);
      await record(1, 'bob');
      const note = noteOf(await take());
      await runSql(place, 'update audit set seq = 99 where seq = 2');
      await runSql(place, 'update audit set seq = 2 where seq = 3');
      await runSql(place, 'update audit set seq = 3 where seq = 99');

      expect(await verify(note)).toEqual(brokenWith(/tampered with: record 2/));
    });

    it('a record that was changed, before anything more is signed over it', async () => {
      await record(3);
      await take();
      await record(2);
      await runSql(place, "update audit set who = 'mallory' where seq = 5");

      expect(await take()).toEqual({ kind: 'objection', reason: 'record 5 was changed' });
      expect(await verify()).toEqual(brokenWith('The audit was tampered with: record 5 was changed'));
    });

    it('a checkpoint that somebody forged, and nothing goes on from it', async () => {
      await record(4);
      const note = noteOf(await take());
      await record(4);
      const longer = noteOf(await take());
      await runSql(place, `update checkpoints set note = '${forge(longer, note)}' where size = 8`);

      expect(await verify()).toEqual(brokenWith(/^Checkpoint 8 was tampered with: its signature does not fit/));
      expect(await take()).toMatchObject({
        kind: 'objection',
        reason: expect.stringMatching(/^checkpoint 8: its sig/) as string,
      });
    });

    it('an older checkpoint that was put in the place of a newer one', async () => {
      await record(4);
      const note = noteOf(await take());
      await record(4);
      await take();
      await runSql(place, `update checkpoints set note = '${note}' where size = 8`);

      expect(await verify()).toEqual(brokenWith('Checkpoint 8 was tampered with: it is that of 4'));
      expect(await take()).toMatchObject({ kind: 'objection' });
    });

    it('subtrees beside a checkpoint that are not those that were signed', async () => {
      await record(4);
      await take();
      await record(1);
      await runSql(place, `update checkpoints set roots = '${'ab'.repeat(32)}'`);

      expect(await take()).toEqual({
        kind: 'objection',
        reason: 'checkpoint 4: what is kept beside it is not what was signed',
      });
    });

    it('a checkpoint signed with another key', async () => {
      await record(4);
      const foreign = noteOf(await take(FOREIGN_KEY));

      expect(await verify()).toEqual(
        brokenWith(/^Checkpoint 4 was tampered with: it is of another audit, or signed with another key/),
      );
      expect(await take()).toMatchObject({ kind: 'objection' });
      await runSql(place, 'delete from checkpoints');
      expect(await verify(foreign)).toEqual(brokenWith(/^The given checkpoint cannot be used: it is of another audit/));
    });
  });
}

function noteOf(taking: Taking): string {
  if (!('checkpoint' in taking)) throw new Error(`no checkpoint: ${JSON.stringify(taking)}`);
  return taking.checkpoint.note;
}

/** The text of one note under the signature of another. */
function forge(text: string, signed: string): string {
  return `${text.split('\n\n')[0]}\n\n${signed.split('\n\n')[1]}`;
}

function brokenWith(reason: string | RegExp) {
  return { kind: 'broken', reason: typeof reason === 'string' ? reason : (expect.stringMatching(reason) as string) };
}
