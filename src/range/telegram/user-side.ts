import type {
  BotCommand,
  Fault,
  LoggedCall,
  NewPerson,
  OutgoingMessage,
  OutgoingPress,
  Overview,
  PhoneChat,
  PhoneMessage,
  Press,
} from './phone.ts';
import { readEvents } from './user-events.ts';

/** Which chat, whose phone shows it, and the newest id that is not of interest any more. */
type View = { readonly chat: number; readonly as: number; readonly after?: number };

type OutgoingFile = {
  readonly from: number;
  readonly chat: number;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly caption?: string;
  readonly replyTo?: number;
  /** Files of one album carry the same word. */
  readonly album?: string;
};

/** What people do, for tests and scripts. Every method throws an Error with the server's words when it is refused. */
export type UserSide = {
  overview(): Promise<Overview>;
  send(message: OutgoingMessage): Promise<PhoneMessage>;
  upload(file: OutgoingFile): Promise<PhoneMessage>;
  download(fileId: string): Promise<Uint8Array>;
  /** Presses and, with `waitMs`, waits that long for the bot's answer. */
  press(press: OutgoingPress, waitMs?: number): Promise<Press>;
  findPress(id: string): Promise<Press>;
  messages(view: View): Promise<readonly PhoneMessage[]>;
  /** The chat as plain text, buttons in brackets. */
  screen(chat: number): Promise<string>;
  /**
   * The first message of a chat, oldest first, that fits. Looks at once and after every event of the chat; throws with
   * the screen as it then is when `timeoutMs` have passed.
   */
  waitFor(view: View, fits: (message: PhoneMessage) => boolean, timeoutMs?: number): Promise<PhoneMessage>;
  commands(view: View): Promise<readonly BotCommand[]>;
  advanceClock(advanceMs: number): Promise<void>;
  faults(): Promise<readonly Fault[]>;
  setFault(fault: Fault): Promise<void>;
  clearFaults(method?: string): Promise<void>;
  calls(filter?: { readonly method?: string; readonly after?: number }): Promise<readonly LoggedCall[]>;
  addPerson(person: NewPerson): Promise<void>;
  block(person: number): Promise<void>;
  unblock(person: number): Promise<void>;
  createGroup(group: { readonly title: string; readonly members: readonly number[] }): Promise<PhoneChat>;
  /** Somebody adds the bot to a group, or makes it an administrator. */
  addBot(chat: number, standing?: 'member' | 'administrator'): Promise<void>;
  removeBot(chat: number): Promise<void>;
  /** Turns a group into a supergroup and returns that. */
  migrate(chat: number): Promise<PhoneChat>;
  /** The id of the next update; ids only go up. */
  jumpUpdates(nextId: number): Promise<void>;
};

/** A client of the user side. `address` is `userSide` of a running simulator. */
export function createUserSide(address: string): UserSide {
  const base = address.replace(/\/+$/, '');
  return { ...createChatting(base), ...createControls(base) };
}

type Chatting = Pick<
  UserSide,
  'send' | 'upload' | 'download' | 'press' | 'findPress' | 'messages' | 'screen' | 'waitFor' | 'commands'
>;

function createChatting(base: string): Chatting {
  const screen = async (chat: number): Promise<string> => (await request(`${base}/chats/${chat}/screen`)).text();

  async function messages({ chat, as, after = 0 }: View): Promise<readonly PhoneMessage[]> {
    const url = `${base}/chats/${chat}/messages?as=${as}&after=${after}`;
    return (await call<{ messages: PhoneMessage[] }>('GET', url)).messages;
  }

  return {
    send: async (message) => (await call<{ message: PhoneMessage }>('POST', `${base}/messages`, message)).message,
    async upload({ bytes, ...target }) {
      const query = new URLSearchParams(Object.entries(target).map(([key, value]) => [key, String(value)]));
      const body = new Blob([bytes.slice()]);
      const response = await request(`${base}/files?${query.toString()}`, { method: 'POST', body });
      return ((await response.json()) as { message: PhoneMessage }).message;
    },
    download: async (fileId) => new Uint8Array(await (await request(`${base}/files/${fileId}`)).arrayBuffer()),
    press: async (press, waitMs = 0) =>
      (await call<{ press: Press }>('POST', `${base}/presses?waitMs=${waitMs}`, press)).press,
    findPress: async (id) => (await call<{ press: Press }>('GET', `${base}/presses/${id}`)).press,
    messages,
    screen,
    async waitFor(view, fits, timeoutMs = 5000) {
      const deadline = AbortSignal.timeout(timeoutMs);
      try {
        for await (const event of readEvents(`${base}/events`, deadline)) {
          if (event !== null && !('chat' in event && event.chat === view.chat)) continue;
          const found = (await messages(view)).find(fits);
          if (found) return found;
        }
      } catch (error) {
        if (!deadline.aborted) throw error;
      }
      throw new Error(`no such message within ${timeoutMs} ms; the screen shows:\n${await screen(view.chat)}`);
    },
    commands: async ({ chat, as }) =>
      (await call<{ commands: BotCommand[] }>('GET', `${base}/chats/${chat}/commands?as=${as}`)).commands,
  };
}

function createControls(base: string): Omit<UserSide, keyof Chatting> {
  return {
    overview: () => call('GET', base),
    advanceClock: (advanceMs) => call('POST', `${base}/clock`, { advanceMs }),
    faults: async () => (await call<{ faults: Fault[] }>('GET', `${base}/faults`)).faults,
    setFault: (fault) => call('PUT', `${base}/faults`, fault),
    clearFaults: (method) => call('DELETE', `${base}/faults${method === undefined ? '' : `?method=${method}`}`),
    async calls({ method, after = 0 } = {}) {
      const query = method === undefined ? `after=${after}` : `after=${after}&method=${method}`;
      return (await call<{ calls: LoggedCall[] }>('GET', `${base}/calls?${query}`)).calls;
    },
    addPerson: (person) => call('POST', `${base}/people`, person),
    block: (person) => call('POST', `${base}/people/${person}/block`),
    unblock: (person) => call('POST', `${base}/people/${person}/unblock`),
    createGroup: async (group) => (await call<{ chat: PhoneChat }>('POST', `${base}/chats`, group)).chat,
    addBot: (chat, standing = 'member') => call('POST', `${base}/chats/${chat}/join`, { as: standing }),
    removeBot: (chat) => call('POST', `${base}/chats/${chat}/leave`),
    migrate: async (chat) => (await call<{ chat: PhoneChat }>('POST', `${base}/chats/${chat}/migrate`)).chat,
    jumpUpdates: (nextId) => call('PUT', `${base}/updates`, { nextId }),
  };
}

async function call<Result>(method: string, url: string, body?: unknown): Promise<Result> {
  const content =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return (await (await request(url, { method, ...content })).json()) as Result;
}

async function request(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, init);
  if (response.ok) return response;
  const { error } = (await response.json()) as { error?: string };
  throw new Error(error ?? `status ${response.status}`);
}
