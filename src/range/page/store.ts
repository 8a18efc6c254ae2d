/** One immutable value, those who watch it, and the only way to change it. */
export type Store<Value> = {
  get(): Value;
  /** Replaces the value by what the function makes of it; watchers hear of it unless nothing changed. */
  change(toNext: (value: Value) => Value): void;
  /** The answer ends the watching. */
  watch(listener: () => void): () => void;
};

/** A store that starts with the given value. */
export function createStore<Value>(initial: Value): Store<Value> {
  const listeners = new Set<() => void>();
  let current = initial;
  return {
    get: () => current,
    change(toNext) {
      const next = toNext(current);
      if (next === current) return;
      current = next;
      for (const listener of listeners) listener();
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
