import { setTimeout as delay } from 'node:timers/promises';
import type { PhoneMessage } from '#range/telegram/phone.ts';
import { hasButton, isFinal, YES } from '#support/journey-phone.ts';
import type { Load, Sent } from './load.ts';
import { PRESS_AFTER_MS } from './scenario.ts';

/** One investigation with its moments, in milliseconds since 1970. */
export type Investigated = {
  readonly sent: Sent;
  readonly ip: string;
  /** When the press was made that lets the block happen. */
  readonly pressedAtMs: number;
};

/** One of the three rows: a program that answers the same people with the same vendors behind it. */
export type UnderTest = {
  readonly name: string;
  /** Its own processes: the Temporal server is not among them. */
  readonly pids: () => readonly number[];
  readonly serverPids: () => readonly number[];
  /** Asks about an address in somebody's chat and waits for the verdict. */
  lookUp(chat: number): Promise<Sent>;
  /** The same, and then has the address blocked and waits until that is told. */
  investigate(chat: number): Promise<Investigated>;
  /** When each address was put on the block list, in milliseconds since 1970. */
  readBlocks(): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
};

/** Waits for the final answer to a message: one that cannot be cancelled any more. */
export async function waitForCard(load: Load, sent: Sent): Promise<PhoneMessage> {
  return load.waitFor(sent.chat, sent.id, (card) => card.replyTo === sent.id && isFinal(card));
}

/** Opens the second look on an approver's card, and gives the card as it asks again. */
export async function lookTwice(load: Load, gate: PhoneMessage): Promise<PhoneMessage> {
  await pressNow(load, gate, 'Approve');
  return load.waitFor(gate.chat, gate.id - 1, (message) => message.id === gate.id && hasButton(YES)(message));
}

/** Presses a button some time after its card has come, as a person does who reads it. */
export async function pressSoon(load: Load, card: PhoneMessage, words: string): Promise<number> {
  await delay(PRESS_AFTER_MS);
  return pressNow(load, card, words);
}

/** Presses a button whose face holds these words; gives the moment just before. */
export async function pressNow(load: Load, { chat, id, keyboard }: PhoneMessage, words: string): Promise<number> {
  const button = keyboard.flat().find(({ text }) => text.includes(words));
  if (!button) throw new Error(`there is no button ${words}`);
  const pressedAtMs = Date.now();
  await load.people.press({ from: chat, chat, message: id, button: button.text });
  return pressedAtMs;
}
