import type { Freeze } from './containment-state.ts';

/** How many people it takes to let everything go on, and within which time they have to say so; milliseconds. */
export const THAW = { people: 2, withinMs: 30 * 60_000 };

/** A freeze as the store keeps it, with those who want it to end. */
export type FreezeRecord = Freeze & { readonly thaw: readonly { readonly by: string; readonly at: string }[] };

/** Writes a freeze down; an end is a record of its own, so that nothing has to be forgotten. */
export function formatFreeze(record: FreezeRecord | null): string {
  return JSON.stringify(record);
}

/** Reads what `formatFreeze` wrote; null where nothing is frozen. What cannot be read freezes: nobody can tell. */
export function parseFreeze(text: string): FreezeRecord | null {
  try {
    const read = JSON.parse(text) as FreezeRecord | null;
    if (read === null) return null;
    const { by, at, reason, thaw: wishes } = read;
    const isWhole = typeof by === 'string' && typeof at === 'string' && Array.isArray(wishes);
    if (isWhole) return { by, at, reason, thaw: wishes };
  } catch {
    // Falls through to what freezes.
  }
  return { by: 'a record that cannot be read', at: new Date(0).toISOString(), reason: null, thaw: [] };
}

/** What came of somebody's wish that everything goes on. */
export type Thawed =
  | { readonly kind: 'thawed'; readonly by: readonly string[] }
  | { readonly kind: 'waits'; readonly record: FreezeRecord; readonly missing: number };

/** Adds one person's wish. Enough different people within the time end the freeze; older wishes count no more. */
export function thaw(record: FreezeRecord, by: string, now: string): Thawed {
  const isFresh = ({ at }: { at: string }) => Date.parse(now) - Date.parse(at) <= THAW.withinMs;
  const wishes = [...record.thaw.filter((wish) => isFresh(wish) && wish.by !== by), { by, at: now }];
  if (wishes.length >= THAW.people) return { kind: 'thawed', by: wishes.map((wish) => wish.by) };
  return { kind: 'waits', record: { ...record, thaw: wishes }, missing: THAW.people - wishes.length };
}
