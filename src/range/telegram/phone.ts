import type { LoggedCall } from './bot-api/calls.ts';
import type { Fault } from './bot-api/faults.ts';
import type { Entity } from './text/entities.ts';
import type { ButtonStyle } from './text/keyboard.ts';
import type { WorldEvent } from './world/events.ts';
import type { BotCommand } from './world/world.ts';

// What the user side speaks, for the server and its clients alike. Times are ISO strings.

/** A button as it is drawn. `data` is there because a hostile client can read it too. */
export type PhoneButton = {
  readonly text: string;
  readonly kind: 'callback' | 'url' | 'copy' | 'disabled';
  readonly style: ButtonStyle | null;
  readonly disabled: boolean;
  readonly copyText: string | null;
  readonly url: string | null;
  readonly data: string | null;
};

/** A file below a message; size in bytes. */
export type PhoneFile = {
  readonly name: string;
  readonly size: number;
  readonly fileId: string;
  readonly mimeType: string;
  readonly width: number | null;
  readonly height: number | null;
};

/** A message as one person's phone shows it. */
export type PhoneMessage = {
  readonly id: number;
  readonly chat: number;
  readonly from: { readonly id: number; readonly name: string; readonly isBot: boolean };
  readonly date: string;
  /** When it was last edited, if the phone says "edited": a change of buttons alone does not show. */
  readonly editDate: string | null;
  /** The text, or the caption of a file. */
  readonly text: string;
  /** Formatting that the sender gave. Offset and length in UTF-16 units. */
  readonly entities: readonly Entity[];
  /** What became tappable by itself. */
  readonly autoEntities: readonly Entity[];
  readonly replyTo: number | null;
  readonly forwardedFrom: string | null;
  readonly reactions: readonly { readonly emoji: string; readonly by: string }[];
  readonly keyboard: readonly (readonly PhoneButton[])[];
  readonly document: PhoneFile | null;
  readonly photo: PhoneFile | null;
  readonly silent: boolean;
  /** Whether the phone opens a reply to this message at once. */
  readonly asksReply: boolean;
  readonly pinned: boolean;
  /** Whether copying and forwarding is switched off. */
  readonly protected: boolean;
  /** The address of which Telegram would fetch and show a preview. */
  readonly preview: string | null;
  /** A line about the chat itself, in words; null for ordinary messages. */
  readonly service: string | null;
};

/** A press on a button. `answered` stays false for buttons that ask nothing of the bot. */
export type Press = {
  readonly id: string;
  readonly kind: PhoneButton['kind'];
  readonly answered: boolean;
  /** The toast, or the alert if `alert`. */
  readonly text: string | null;
  readonly alert: boolean;
  /** What the phone opens: a link of the button, or of the bot's answer. */
  readonly url: string | null;
  /** What went to the clipboard. */
  readonly copied: string | null;
};

export type PhonePerson = {
  readonly id: number;
  readonly name: string;
  readonly username: string | null;
  readonly started: boolean;
  readonly blocked: boolean;
};

/** A chat; a private one has the person's id. */
export type PhoneChat = {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  readonly title: string;
  readonly members: readonly number[];
  /** Whether the bot is in it. */
  readonly hasBot: boolean;
  readonly migratedTo: number | null;
};

export type Overview = {
  readonly bot: { readonly id: number; readonly username: string; readonly name: string };
  readonly people: readonly PhonePerson[];
  readonly chats: readonly PhoneChat[];
  readonly clock: { readonly now: string };
};

/** What a person writes. `agoMs` is how long it has been on its way, for messages that come late. */
export type OutgoingMessage = {
  readonly from: number;
  readonly chat: number;
  readonly text: string;
  readonly replyTo?: number | undefined;
  readonly editOf?: number | undefined;
  readonly asAnonymousAdmin?: boolean | undefined;
  readonly forwardOf?: { readonly chat: number; readonly message: number } | { readonly name: string } | undefined;
  readonly agoMs?: number | undefined;
};

/** Which button: by its text, or bytes that no button needs to carry. */
export type OutgoingPress = {
  readonly from: number;
  readonly chat: number;
  readonly message: number;
  readonly button: string | { readonly data: string };
  readonly agoMs?: number | undefined;
};

/** Somebody new on the network; has pressed Start unless told otherwise. */
export type NewPerson = {
  readonly id: number;
  readonly name: string;
  readonly username?: string | null;
  readonly started?: boolean;
};

export type { BotCommand, Fault, LoggedCall, WorldEvent };
