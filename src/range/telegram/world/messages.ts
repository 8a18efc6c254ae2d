import type { Entity } from '../text/entities.ts';
import type { Keyboard } from '../text/keyboard.ts';

/** Who wrote a message: the bot, a person, or a person in the name of the group. */
export type Author =
  | { readonly kind: 'bot' }
  | { readonly kind: 'person'; readonly id: number }
  | { readonly kind: 'anonymous' };

/** Where a forwarded message came from. */
export type Origin =
  | { readonly kind: 'bot' }
  | { readonly kind: 'person'; readonly id: number }
  | { readonly kind: 'hidden'; readonly name: string };

export type Media = {
  readonly kind: 'document' | 'photo';
  readonly fileId: string;
  /** Pixels; of photos only. */
  readonly width?: number;
  readonly height?: number;
};

/** Something that happened in the chat, shown as a line of its own. The keys are those of the Bot API. */
export type ServiceNote =
  | { readonly migrate_to_chat_id: number }
  | { readonly migrate_from_chat_id: number }
  | { readonly group_chat_created: true }
  | { readonly new_chat_members: readonly 'bot'[] }
  | { readonly left_chat_member: 'bot' }
  | { readonly pinned_message: number };

type Reaction = { readonly by: 'bot'; readonly emoji: string };

/** One message of one chat. `text` is the caption when there is media. Dates are in seconds since the epoch. */
export type StoredMessage = {
  readonly id: number;
  readonly chat: number;
  readonly author: Author;
  readonly date: number;
  editDate: number | null;
  /** Whether the edit shows on a phone; a change of buttons alone does not. */
  isEditShown: boolean;
  text: string;
  entities: readonly Entity[];
  autoEntities: readonly Entity[];
  keyboard: Keyboard | null;
  media: Media | null;
  service: ServiceNote | null;
  reactions: readonly Reaction[];
  isPinned: boolean;
  isDeleted: boolean;
  readonly replyTo: number | null;
  readonly origin: Origin | null;
  readonly asksReply: boolean;
  readonly isSilent: boolean;
  readonly isProtected: boolean;
  hasPreview: boolean;
  readonly album: string | null;
};

/** What a new message says about itself; the rest starts empty. */
export type NewMessage = Pick<StoredMessage, 'chat' | 'author' | 'text'> & Partial<Omit<StoredMessage, 'id'>>;

type ChatLog = { readonly list: StoredMessage[]; readonly byId: Map<number, StoredMessage> };

export type MessageStore = {
  /** Stores a message under the next id. Supergroups count for themselves, all other chats together, as in Telegram. */
  add(message: NewMessage, nowSeconds: number): StoredMessage;
  /** The message, unless it was deleted. */
  find(chat: number, id: number): StoredMessage | null;
  /** Undeleted messages with a larger id than `after`, oldest first. */
  listAfter(chat: number, after: number): StoredMessage[];
  dump(): MessageDump;
};

/** Everything needed to continue later. */
export type MessageDump = {
  readonly messages: readonly StoredMessage[];
  readonly nextIds: Readonly<Record<string, number>>;
};

const SHARED_COUNTER = 'account';

/** A store, filled from an earlier dump if there is one. */
export function createMessageStore(dump?: MessageDump): MessageStore {
  const logs = new Map<number, ChatLog>();
  const nextIds = new Map<string, number>(Object.entries(dump?.nextIds ?? {}));
  for (const message of dump?.messages ?? []) remember(logOf(message.chat), message);

  function logOf(chat: number): ChatLog {
    const known = logs.get(chat);
    if (known) return known;
    const log: ChatLog = { list: [], byId: new Map() };
    logs.set(chat, log);
    return log;
  }

  return {
    add(message, nowSeconds) {
      const counter = isSupergroupId(message.chat) ? String(message.chat) : SHARED_COUNTER;
      const id = nextIds.get(counter) ?? 1;
      nextIds.set(counter, id + 1);
      const stored = { ...blankMessage(nowSeconds), ...message, id };
      remember(logOf(message.chat), stored);
      return stored;
    },
    find(chat, id) {
      const message = logs.get(chat)?.byId.get(id);
      return message && !message.isDeleted ? message : null;
    },
    listAfter(chat, after) {
      const list = logs.get(chat)?.list ?? [];
      let start = list.length;
      while (start > 0 && (list[start - 1]?.id ?? 0) > after) start -= 1;
      return list.slice(start).filter((message) => !message.isDeleted);
    },
    dump: () => ({
      messages: [...logs.values()].flatMap((log) => log.list),
      nextIds: Object.fromEntries(nextIds),
    }),
  };
}

/** Supergroups and channels have ids below -10^12. */
export function isSupergroupId(chat: number): boolean {
  return chat <= -1_000_000_000_000;
}

function remember(log: ChatLog, message: StoredMessage): void {
  log.list.push(message);
  log.byId.set(message.id, message);
}

function blankMessage(nowSeconds: number): Omit<StoredMessage, 'id' | 'chat' | 'author' | 'text'> {
  return {
    date: nowSeconds,
    editDate: null,
    isEditShown: false,
    entities: [],
    autoEntities: [],
    keyboard: null,
    media: null,
    service: null,
    reactions: [],
    isPinned: false,
    isDeleted: false,
    replyTo: null,
    origin: null,
    asksReply: false,
    isSilent: false,
    isProtected: false,
    hasPreview: false,
    album: null,
  };
}
