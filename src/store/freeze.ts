import { type FreezeRecord, parseFreeze } from '#domain/freeze.ts';
import { MARKS } from './mark-names.ts';
import type { Marks } from './marks.ts';

/** Who has stopped everything; null where nothing is stopped. Read before every act. */
export async function readFreeze(marks: Pick<Marks, 'get'>): Promise<FreezeRecord | null> {
  const mark = await marks.get(MARKS.freeze);
  return mark ? parseFreeze(mark.value) : null;
}
