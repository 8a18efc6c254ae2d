import type { PhoneButton, PhoneMessage, Press } from '#range/telegram/phone.ts';
import { AskError } from '../ask.ts';
import { showToast } from '../notes.ts';
import { messagesOf, personOf } from '../reading.ts';
import { placeOf } from '../state.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';
import type { Sync } from '../sync.ts';
import { pressButton } from '../telegram.ts';
import { copyText } from './clipboard.ts';

/** What whoever holds the phone taps in the open chat. */
export type PressingActions = {
  /** Presses a button: copies, opens, or asks the bot and shows its answer. Disabled buttons do nothing. */
  press(message: PhoneMessage, button: PhoneButton): Promise<void>;
  /** Puts a text on the clipboard and says so. */
  copy(text: string): Promise<void>;
  /** Closes the note that the bot wants closed. */
  dismissAlert(): void;
};

/** The tapping actions. Every failure ends as a note in words. */
export function createPressingActions(store: Store<State>, sync: Sync): PressingActions {
  const copy = async (text: string): Promise<void> => {
    showToast(store, (await copyText(text)) ? `Copied: ${text.slice(0, 80)}` : 'This browser does not let me copy.');
  };
  return {
    copy,
    async press(message, button) {
      if (button.kind === 'disabled') return;
      if (button.kind === 'copy') return copy(button.copyText ?? '');
      await askBot(store, message, button);
      sync.refreshChat(store.get().chat);
    },
    dismissAlert: () => store.change((state) => ({ ...state, alert: null })),
  };
}

async function askBot(store: Store<State>, message: PhoneMessage, button: PhoneButton): Promise<void> {
  const { person, chat } = store.get();
  const key = `${placeOf(chat, message.id)}/${button.text}`;
  if (store.get().pressing.includes(key)) return;
  store.change((state) => ({ ...state, pressing: [...state.pressing, key] }));
  try {
    showAnswer(store, person, await pressButton({ from: person, chat, message: message.id, button: button.text }));
  } catch (error) {
    showToast(store, error instanceof AskError ? error.message : 'That did not work.');
  } finally {
    store.change((state) => ({ ...state, pressing: state.pressing.filter((other) => other !== key) }));
  }
}

function showAnswer(store: Store<State>, person: number, answer: Press): void {
  const state = store.get();
  const { name } = personOf(state, person);
  if (!answer.answered) {
    showToast(store, `${state.bot.name} has not answered this press.`);
  } else if (answer.text && answer.alert) {
    const { text } = answer;
    store.change((current) => ({ ...current, alert: { person: name, text } }));
  } else if (answer.text) {
    showToast(store, person === state.person ? answer.text : `${name}: ${answer.text}`, false);
  }
}

/** A button that somebody can press, and where: the newest one in a person's chats whose text the pattern matches. */
export function findButton(
  state: State,
  chats: readonly number[],
  pattern: RegExp,
): { readonly chat: number; readonly message: PhoneMessage; readonly button: PhoneButton } | null {
  let found: ReturnType<typeof findButton> = null;
  for (const chat of chats) {
    for (const message of messagesOf(state, chat)) {
      const button = message.keyboard.flat().find(({ text, kind }) => kind === 'callback' && pattern.test(text));
      if (button && message.date >= (found?.message.date ?? '')) found = { chat, message, button };
    }
  }
  return found;
}
