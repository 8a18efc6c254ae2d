/** A process that dies at a chosen moment: at its so-many-th call to the outside, before the call or after it. */
export type KillPoint = { readonly call: number; readonly when: 'before' | 'after' };

export const KILLED = 'killed';

/** Every moment of the first so many calls. */
export function killPoints(calls: number): readonly KillPoint[] {
  return Array.from({ length: calls }, (_, at) => at + 1).flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);
}

/** Counts the calls of one life over everything that it is given, and ends it at its moment, if it comes that far. */
export function createLife(point: KillPoint | null) {
  let calls = 0;
  let isDead = false;
  const run = async (work: () => unknown): Promise<unknown> => {
    if (isDead) throw new Error(KILLED);
    calls += 1;
    const isLast = calls === point?.call;
    if (isLast) isDead = true;
    if (isLast && point.when === 'before') throw new Error(KILLED);
    const result = await work();
    if (isLast) throw new Error(KILLED);
    return result;
  };
  return {
    /** The same object, whose every function counts as a call of this life. */
    within: <Outside extends object>(outside: Outside): Outside =>
      new Proxy(outside, {
        get: (from, name) => {
          const value: unknown = Reflect.get(from, name);
          return typeof value === 'function' ? async (...args: unknown[]) => run(() => value(...args)) : value;
        },
      }),
    /** How many calls there were so far. */
    calls: () => calls,
  };
}
