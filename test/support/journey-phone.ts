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

/** Opens the second look on an approver's card; gives the card as it asks again. */
export async function lookTwice(
  phone: Phone,
  observable: Observable,
  card: PhoneMessage,
  waitMs?: number,
): Promise<PhoneMessage> {
  await phone.press(card, 'Approve', waitMs);
  return phone.waitFor(observable, hasButton(YES));
}

/** Says yes where the card asks again; gives the answer to the press that decides. */
export async function sayYes(phone: Phone, look: PhoneMessage, waitMs?: number): Promise<Press> {
  return phone.press(look, YES, waitMs);
}

/** Approves as a thumb does: the second look, and yes there. Gives the answer to the press that decides. */
export async function approveOn(
  phone: Phone,
  observable: Observable,
  card: PhoneMessage,
  waitMs?: number,
): Promise<Press> {
  return sayYes(phone, await lookTwice(phone, observable, card, waitMs), waitMs);
}

/** The button that decides, wherever the second look puts it. */
export const YES = 'Yes, ';

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
