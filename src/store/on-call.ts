import { MARKS } from './mark-names.ts';
import type { Marks } from './marks.ts';

/** Who is on call, by name, and since when; null where nobody is. */
export async function readOnCall(
  marks: Pick<Marks, 'get'>,
): Promise<{ readonly name: string; readonly since: string } | null> {
  const mark = await marks.get(MARKS.onCall);
  return mark && mark.value !== '' ? { name: mark.value, since: mark.at } : null;
}
