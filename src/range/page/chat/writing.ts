import { AskError } from '../ask.ts';
import { showToast } from '../notes.ts';
import { seatOf } from '../state.ts';
import type { Intent, State } from '../state.ts';
import type { Store } from '../store.ts';
import type { Sync } from '../sync.ts';
import { sendText, uploadFile } from '../telegram.ts';

/** What whoever holds the phone writes and sends in the open chat. */
export type WritingActions = {
  /** Keeps the unsent text of the open chat. */
  writeDraft(text: string): void;
  /** Answers or changes a message with the next text; null drops that. */
  setIntent(intent: Intent | null): void;
  /** Sends the draft; it comes back when that fails. */
  sendDraft(): Promise<void>;
  /** Sends a text at once, beside the draft. */
  sendNow(text: string): Promise<void>;
  /** Sends files one after the other; the draft becomes the first one's caption. */
  upload(files: readonly File[]): Promise<void>;
};

/** What Telegram lets anybody send: 2000 MB; far less is enough to see a bot refuse what is over its own 20 MiB. */
const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;

/** The writing actions. Every failure ends as a note in words. */
export function createWritingActions(store: Store<State>, sync: Sync): WritingActions {
  const attempt = createAttempt(store, sync);
  const writeDraft = (text: string): void => store.change((state) => withDraft(state, seatNow(state), text));
  const setIntent = (intent: Intent | null): void => store.change((state) => withIntent(state, intent));
  return {
    writeDraft,
    setIntent,
    async sendDraft() {
      const { person, chat, drafts, intents } = store.get();
      const seat = seatOf(person, chat);
      const text = (drafts[seat] ?? '').trim();
      if (text === '') return;
      const intent = intents[seat];
      store.change((state) => withIntent(withDraft(state, seat, ''), null));
      const isSent = await attempt(() => sendText({ from: person, chat, text, ...targetOf(intent) }));
      if (!isSent) store.change((state) => withDraft(state, seat, text));
    },
    async sendNow(text) {
      const { person, chat } = store.get();
      await attempt(() => sendText({ from: person, chat, text }));
    },
    async upload(files) {
      const { person, chat, drafts, intents } = store.get();
      const seat = seatOf(person, chat);
      let caption = (drafts[seat] ?? '').trim();
      for (const file of files) {
        if (file.size > MAX_UPLOAD_BYTES) {
          showToast(store, `${file.name} is larger than 50 MB.`);
          continue;
        }
        const target = targetOf(intents[seat]);
        if (!(await attempt(() => uploadFile({ from: person, chat, file, caption, ...target })))) continue;
        caption = '';
        store.change((state) => withIntent(withDraft(state, seat, ''), null));
      }
    },
  };
}

function createAttempt(store: Store<State>, sync: Sync): (deed: () => Promise<unknown>) => Promise<boolean> {
  return async (deed) => {
    const { chat } = store.get();
    try {
      await deed();
      sync.refreshChat(chat);
      return true;
    } catch (error) {
      showToast(store, error instanceof AskError ? error.message : 'That did not work.');
      return false;
    }
  };
}

function seatNow(state: State): string {
  return seatOf(state.person, state.chat);
}

function withDraft(state: State, seat: string, text: string): State {
  return { ...state, drafts: { ...state.drafts, [seat]: text } };
}

function withIntent(state: State, intent: Intent | null): State {
  const { [seatNow(state)]: _, ...others } = state.intents;
  return { ...state, intents: intent ? { ...others, [seatNow(state)]: intent } : others };
}

function targetOf(intent: Intent | undefined): { replyTo?: number; editOf?: number } {
  if (!intent) return {};
  return intent.kind === 'reply' ? { replyTo: intent.message } : { editOf: intent.message };
}
