import type { State } from './state.ts';
import type { Store } from './store.ts';

type Kept = Partial<Pick<State, 'readUpTo' | 'drafts'>>;

const KEY = 'socbot-range';

/** Restores what this browser tab kept, and keeps drafts and read marks from now on. A tab without storage forgets. */
export function keepInMemory(store: Store<State>): void {
  const kept = readKept();
  store.change((state) => ({ ...state, ...kept }));
  store.watch(() => {
    const { readUpTo, drafts } = store.get();
    if (readUpTo === kept.readUpTo && drafts === kept.drafts) return;
    Object.assign(kept, { readUpTo, drafts });
    try {
      sessionStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // A full or forbidden storage costs only the memory.
    }
  });
}

function readKept(): Kept {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const { readUpTo, drafts } = kept as Record<string, unknown>;
    return {
      ...(isRecordOf<number>(readUpTo, 'number') ? { readUpTo } : {}),
      ...(isRecordOf<string>(drafts, 'string') ? { drafts } : {}),
    };
  } catch {
    return {};
  }
}

function isRecordOf<Value>(value: unknown, kind: 'number' | 'string'): value is Record<string, Value> {
  return typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === kind);
}
