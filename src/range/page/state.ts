import type { Overview, PhoneChat, PhoneMessage, PhonePerson } from '#range/telegram/phone.ts';
import type { RangeView } from '#range/view.ts';

/** What a person is about to do in a chat besides writing something new. */
export type Intent = { readonly kind: 'reply' | 'edit'; readonly message: number };

/** One line of the bot's command menu. */
export type Command = { readonly command: string; readonly description: string };

/** A short note that goes away by itself. `isHint` marks the page's own, as opposed to the bot's. */
type Toast = { readonly id: number; readonly text: string; readonly isHint: boolean };

/** A note of the bot's that somebody has to close. */
type Alert = { readonly person: string; readonly text: string };

/** The parts of what is behind the scenes; on a phone one shows at a time. */
export type DeskTab = 'requests' | 'try' | 'systems' | 'world';

/** Everything the page knows. Replaced, never changed. */
export type State = {
  readonly connection: 'connecting' | 'live' | 'lost';
  readonly bot: Overview['bot'];
  readonly people: readonly PhonePerson[];
  readonly chats: readonly PhoneChat[];
  /** How far the simulated Telegram's clock is ahead of this machine's. */
  readonly clockAheadMs: number;
  /** Who holds the phone, and the chat that is open on it; 0 before the people are known. */
  readonly person: number;
  readonly chat: number;
  /** Messages by chat, oldest first. */
  readonly threads: Readonly<Record<string, readonly PhoneMessage[]>>;
  // By `seatOf` person and chat: the last message read, the text not yet sent, what it answers or changes.
  readonly readUpTo: Readonly<Record<string, number>>;
  readonly drafts: Readonly<Record<string, string>>;
  readonly intents: Readonly<Record<string, Intent>>;
  /** The bot's command menu for that person there. */
  readonly commands: Readonly<Record<string, readonly Command[]>>;
  /** How often each message was seen to change, by `placeOf` chat and message. */
  readonly edits: Readonly<Record<string, number>>;
  /** The buttons that wait for an answer, by `placeOf` and the button's text. */
  readonly pressing: readonly string[];
  /** The chats in which the bot has just said that it is busy. */
  readonly typing: readonly number[];
  readonly toasts: readonly Toast[];
  readonly alert: Alert | null;
  readonly range: RangeView | null;
  /** The tab that the sheet of a phone shows, and whether it is open. */
  readonly tab: DeskTab;
  readonly isSheetOpen: boolean;
  /** The last sentence said to a screen reader. */
  readonly said: string;
};

/** The page before it has heard anything. */
export const EMPTY_STATE: State = {
  connection: 'connecting',
  bot: { id: 0, name: 'SocBot', username: '' },
  people: [],
  chats: [],
  clockAheadMs: 0,
  person: 0,
  chat: 0,
  threads: {},
  readUpTo: {},
  drafts: {},
  intents: {},
  commands: {},
  edits: {},
  pressing: [],
  typing: [],
  toasts: [],
  alert: null,
  range: null,
  tab: 'requests',
  isSheetOpen: false,
  said: '',
};

/** One person's side of one chat. */
export function seatOf(person: number, chat: number): string {
  return `${person}:${chat}`;
}

/** One message in one chat. */
export function placeOf(chat: number, message: number): string {
  return `${chat}/${message}`;
}
