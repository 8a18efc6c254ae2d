import type { Reader } from './messages.ts';

/** What has changed since the cards were drawn: everything, or the page of some people's own cards. */
export type CardNews = {
  readonly isForAll: boolean;
  readonly names: readonly string[];
  /** Whose card is wanted at the end of their chat. */
  readonly bring: readonly Reader[];
};

/** Collects what has changed until somebody draws it. */
export function createCardNews() {
  let isForAll = false;
  const names = new Set<string>();
  const bring: Reader[] = [];
  return {
    forAll: (): void => void (isForAll = true),
    of: (name: string): void => void names.add(name),
    bring: (reader: Reader): void => void bring.push(reader),
    has: (): boolean => isForAll || names.size > 0 || bring.length > 0,
    take: (): CardNews => {
      const taken = { isForAll, names: [...names], bring: bring.splice(0) };
      isForAll = false;
      names.clear();
      return taken;
    },
  };
}
