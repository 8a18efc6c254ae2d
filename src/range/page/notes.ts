import type { State } from './state.ts';
import type { Store } from './store.ts';

const TOAST_MS = 5000;
const TYPING_MS = 5000;

/** The state after a screen reader was told a sentence. The same sentence twice in a row is still told twice. */
export function say(state: State, sentence: string): State {
  return { ...state, said: state.said === sentence ? `${sentence}\u00A0` : sentence };
}

let lastToast = 0;

/** Shows a note for five seconds. */
export function showToast(store: Store<State>, text: string, isHint = true): void {
  const id = ++lastToast;
  store.change((state) => ({ ...state, toasts: [...state.toasts.slice(-2), { id, text, isHint }] }));
  setTimeout(() => dropToast(store, id), TOAST_MS);
}

/** Takes a note away before its time. */
function dropToast(store: Store<State>, id: number): void {
  store.change((state) => ({ ...state, toasts: state.toasts.filter((toast) => toast.id !== id) }));
}

/** Shows that the bot is busy in a chat, for as long as phones do after one such sign. */
export function showTyping(store: Store<State>, chat: number): void {
  store.change((state) => ({ ...state, typing: [...state.typing, chat] }));
  setTimeout(() => {
    store.change((state) => ({ ...state, typing: state.typing.toSpliced(state.typing.indexOf(chat), 1) }));
  }, TYPING_MS);
}
