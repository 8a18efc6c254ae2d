import type {
  Fault,
  LoggedCall,
  OutgoingMessage,
  OutgoingPress,
  Overview,
  PhoneChat,
  PhoneMessage,
  Press,
} from './phone.ts';
import { readEvents } from './user-events.ts';

/** Which chat, and whose phone shows it. */
export type View = { readonly chat: number; readonly as: number };

export type OutgoingFile = {
  readonly from: number;
  readonly chat: number;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly caption?: string;
  readonly replyTo?: number;
};

/** What people do, for tests and scripts. Every method throws an Error with the server's words when it is refused. */
export type UserSide = {
  overview(): Promise<Overview>;
  send(message: OutgoingMessage): Promise<PhoneMessage>;
  upload(file: OutgoingFile): Promise<PhoneMessage>;
  download(fileId: string): Promise<Uint8Array>;
  /** Presses and, with `waitMs`, waits that long for the bot's answer. */
  press(press: OutgoingPress, waitMs?: number): Promise<Press>;
  messages(view: View, after?: number): Promise<readonly PhoneMessage[]>;
  screen(chat: number): Promise<string>;
  /**
   * The first message of a chat, oldest first, that fits. Looks at once and after every event; throws with the screen
   * as it then is when `timeoutMs` have passed.
   */
  waitFor(view: View, fits: (message: PhoneMessage) => boolean, timeoutMs?: number): Promise<PhoneMessage>;
  advanceClock(advanceMs: number): Promise<void>;
  setFault(fault: Fault): Promise<void>;
  clearFaults(method?: string): Promise<void>;
  calls(filter?: { readonly method?: string; readonly after?: number }): Promise<readonly LoggedCall[]>;
  block(person: number): Promise<void>;
  unblock(person: number): Promise<void>;
  createGroup(group: { readonly title: string; readonly members: readonly number[] }): Promise<PhoneChat>;
  /** Turns a group into a supergroup and returns that. */
  migrate(chat: number): Promise<PhoneChat>;
};

/** A client of the user side. `address` is `userSide` of a running simulator. */
export function createUserSide(address: string): UserSide {
  const base = address.replace(/\/+$/, '');
  const call = createCaller(base);
  const screen = async (chat: number): Promise<string> => (await request(`${base}/chats/${chat}/screen`)).text();

  async function messages({ chat, as }: View, after = 0): Promise<readonly PhoneMessage[]> {
    return (await call<{ messages: PhoneMessage[] }>('GET', `/chats/${chat}/messages?as=${as}&after=${after}`))
      .messages;
  }

  return {
    overview: () => call('GET', ''),
    send: async (message) => (await call<{ message: PhoneMessage }>('POST', '/messages', message)).message,
    async upload({ bytes, ...target }) {
      const query = new URLSearchParams(Object.entries(target).map(([key, value]) => [key, String(value)]));
      const response = await request(`${base}/files?${query.toString()}`, {
        method: 'POST',
        body: new Blob([bytes.slice()]),
      });
      return ((await response.json()) as { message: PhoneMessage }).message;
    },
    download: async (fileId) => new Uint8Array(await (await request(`${base}/files/${fileId}`)).arrayBuffer()),
    press: async (press, waitMs = 0) =>
      (await call<{ press: Press }>('POST', `/presses?waitMs=${waitMs}`, press)).press,
    messages,
    screen,
    async waitFor(view, fits, timeoutMs = 5000) {
      const deadline = AbortSignal.timeout(timeoutMs);
      try {
        for await (const _ of readEvents(`${base}/events`, deadline)) {
          const found = (await messages(view)).find(fits);
          if (found) return found;
        }
      } catch (error) {
        if (!deadline.aborted) throw error;
      }
      throw new Error(`no such message within ${timeoutMs} ms; the screen shows:\n${await screen(view.chat)}`);
    },
    advanceClock: async (advanceMs) => void (await call('POST', '/clock', { advanceMs })),
    setFault: async (fault) => void (await call('PUT', '/faults', fault)),
    clearFaults: async (method) =>
      void (await call('DELETE', method === undefined ? '/faults' : `/faults?method=${method}`)),
    async calls({ method, after = 0 } = {}) {
      const query = method === undefined ? `after=${after}` : `after=${after}&method=${method}`;
      return (await call<{ calls: LoggedCall[] }>('GET', `/calls?${query}`)).calls;
    },
    block: async (person) => void (await call('POST', `/people/${person}/block`)),
    unblock: async (person) => void (await call('POST', `/people/${person}/unblock`)),
    createGroup: async (group) => (await call<{ chat: PhoneChat }>('POST', '/chats', group)).chat,
    migrate: async (chat) => (await call<{ chat: PhoneChat }>('POST', `/chats/${chat}/migrate`)).chat,
  };
}

type Caller = <Result>(method: string, path: string, body?: unknown) => Promise<Result>;

function createCaller(base: string): Caller {
  return async <Result>(method: string, path: string, body?: unknown): Promise<Result> => {
    const content =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return (await (await request(`${base}${path}`, { method, ...content })).json()) as Result;
  };
}

async function request(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, init);
  if (response.ok) return response;
  const { error } = (await response.json()) as { error?: string };
  throw new Error(error ?? `status ${response.status}`);
}
