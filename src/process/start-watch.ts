/** Watches a start, and says what it waits for if it takes long. */
export type StartWatch = {
  /** Watches one part, by the name that a person knows it under. */
  readonly watch: (name: string, part: Promise<unknown>) => void;
  /** The start is over. */
  readonly end: () => void;
};

const PATIENCE_MS = 10_000;

/** A start that says nothing looks as if it hung: after ten seconds it names, once, what is not there yet. */
export function createStartWatch(say: (line: string) => void, patienceMs = PATIENCE_MS): StartWatch {
  const awaited = new Set<string>();
  const timer = setTimeout(() => {
    if (awaited.size > 0) say(`Still waiting for ${[...awaited].join(' and ')}.`);
  }, patienceMs);
  return {
    watch: (name, part) => {
      awaited.add(name);
      const isThere = () => void awaited.delete(name);
      part.then(isThere, isThere);
    },
    end: () => clearTimeout(timer),
  };
}
