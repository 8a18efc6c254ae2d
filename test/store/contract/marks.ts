import { expect, it } from 'vitest';
import { at, type StoreOfTest } from './fixture.ts';

/** What marks promise, on any database. */
export function describeMarks(store: StoreOfTest): void {
  it('knows nothing of a mark that nobody set', async () => {
    expect(await store().marks.get('last poll')).toBeNull();
  });

  it('remembers the last value and when it was set', async () => {
    await store().marks.set('last poll', 'one', at(0));
    await store().marks.set('last poll', 'two', at(5));
    await store().marks.set('other', 'three', at(6));

    expect(await store().marks.get('last poll')).toEqual({ value: 'two', at: at(5) });
  });
}
