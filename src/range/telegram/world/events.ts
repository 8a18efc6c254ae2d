/** Something a phone would notice. `chat` and ids point at what changed; the reader fetches the rest. */
export type WorldEvent =
  | { readonly type: 'message' | 'edit' | 'delete' | 'reaction'; readonly chat: number; readonly message: number }
  | {
      readonly type: 'toast';
      readonly chat: number;
      readonly press: string;
      readonly from: number;
      readonly text: string | null;
      readonly alert: boolean;
      readonly url: string | null;
    }
  | { readonly type: 'action'; readonly chat: number; readonly action: string }
  | { readonly type: 'clock'; readonly now: string }
  | { readonly type: 'chat'; readonly chat: number }
  | { readonly type: 'commands' };

export type EventBus = {
  emit(event: WorldEvent): void;
  /** Calls back for each event until the returned function is called. */
  subscribe(listener: (event: WorldEvent) => void): () => void;
};

/** One bus for all that watch the simulator. */
export function createEventBus(): EventBus {
  const listeners = new Set<(event: WorldEvent) => void>();
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
