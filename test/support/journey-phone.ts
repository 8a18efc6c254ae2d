import { defang } from '#domain/defang.ts';
import type { Observable } from '#domain/observable.ts';
import type { PhoneMessage, Press } from '#range/telegram/phone.ts';
import type { UserSide } from '#range/telegram/user-side.ts';

/** One person's phone in one chat: what they write, what they see, what they press. */
export type Phone = {
  readonly person: number;
  readonly chat: number;
  say(text: string): Promise<PhoneMessage>;
  /** What SocBot wrote about an observable, oldest first. */
  messagesAbout(observable: Observable): Promise<readonly PhoneMessage[]>;
  /** Waits for a message about an observable that fits. */
  waitFor(observable: Observable, fits?: (message: PhoneMessage) => boolean, timeoutMs?: number): Promise<PhoneMessage>;
  /** Waits until SocBot has taken a message for good. */
  waitForAcceptance(message: PhoneMessage): Promise<void>;
  /** Presses the button whose face holds these words; waits so long for the answer. */
  press(message: PhoneMessage, words: string, waitMs?: number): Promise<Press>;
};

/** Longer than any retry in the way of an answer: an attempt that died with its worker is given up after 15 s. */
const PATIENCE_MS = 60_000;

/** The phone of a person; their private chat with SocBot unless another one is named. */
export function createPhone(people: UserSide, person: number, chat = person): Phone {
  const view = { chat, as: person };
  const isAbout = (observable: Observable) => (message: PhoneMessage) =>
    message.from.isBot && message.text.includes(defang(observable));
  return {
    person,
    chat,
    say: async (text) => people.send({ from: person, chat, text }),
    messagesAbout: async (observable) => (await people.messages(view)).filter(isAbout(observable)),
    waitFor: async (observable, fits = () => true, timeoutMs = PATIENCE_MS) =>
      people.waitFor(view, (message) => isAbout(observable)(message) && fits(message), timeoutMs),
    waitForAcceptance: async ({ id }) => {
      await people.waitFor(view, (message) => message.id === id && message.reactions.length > 0, PATIENCE_MS);
    },
    press: async (message, words, waitMs = 10_000) => {
      const button = message.keyboard.flat().find(({ text }) => text.includes(words));
      if (!button) throw new Error(`there is no button ${words} below: ${message.text}`);
      return people.press({ from: person, chat, message: message.id, button: button.text }, waitMs);
    },
  };
}

/** Whose tap moved nothing for so long taps again; milliseconds. */
const TAP_AGAIN_MS = 20_000;

/** Waits for the request that asks this person, and opens the second look unless it is; gives the card that has it. */
export async function openSecondLook(
  phone: Phone,
  observable: Observable,
  timeoutMs = PATIENCE_MS,
): Promise<PhoneMessage> {
  const isOpen = hasButton('Yes, ');
  const isAsked = (message: PhoneMessage) => isOpen(message) || hasButton('Approve ')(message);
  const card = await phone.waitFor(observable, isAsked, timeoutMs);
  if (isOpen(card)) return card;
  const isTurned = (message: PhoneMessage) => message.id === card.id && isOpen(message);
  await phone.press(card, 'Approve ', 0);
  try {
    return await phone.waitFor(observable, isTurned, Math.min(timeoutMs, TAP_AGAIN_MS));
  } catch {
    // The press was lost with a process that died, and Telegram keeps none: people tap again where nothing happens.
    await phone.press(card, 'Approve ', 0);
    return phone.waitFor(observable, isTurned, timeoutMs);
  }
}

/** Whether a card has a button with these words that can be pressed. */
export function hasButton(words: string): (message: PhoneMessage) => boolean {
  return ({ keyboard }) => keyboard.flat().some(({ text, disabled }) => text.includes(words) && !disabled);
}

/** Whether the card of a look-up has come to its end: it can no longer be cancelled. Words may change, this does not. */
export function isFinal(card: PhoneMessage): boolean {
  return !hasButton('Cancel')(card);
}

/** Whether a message holds these words. */
export function says(words: string): (message: PhoneMessage) => boolean {
  return ({ text }) => text.includes(words);
}
