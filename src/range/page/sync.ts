import type { RangeView } from '#range/view.ts';
import { showTyping } from './notes.ts';
import { chatsOf } from './reading.ts';
import { seatOf } from './state.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';
import { readCommands, readMessages, readOverview } from './telegram.ts';
import { withThread } from './thread.ts';

/** Keeps the state true to the simulated Telegram and the range, for as long as the page is open. */
export type Sync = {
  /** Reads a chat again; calls that come while it is being read share one more reading. */
  refreshChat(chat: number): void;
  /** Reads the command menu of the open chat. */
  refreshCommands(): void;
};

/** Starts listening. Every (re)connection reads everything, so nothing missed in between stays missed. */
export function startSync(store: Store<State>): Sync {
  const refreshChat = createChatRefresher(store);
  const refreshCommands = (): void => void readCommandMenu(store).catch(() => {});
  const refreshAll = async (): Promise<void> => {
    await refreshOverview(store);
    for (const { id } of store.get().chats) refreshChat(id);
    refreshCommands();
  };
  const source = new EventSource('/events');
  source.addEventListener('open', () => {
    store.change((state) => ({ ...state, connection: 'live' }));
    refreshAll().catch(() => store.change((state) => ({ ...state, connection: 'lost' })));
  });
  source.addEventListener('error', () => store.change((state) => ({ ...state, connection: 'lost' })));
  source.addEventListener('range', (event) => {
    const range = JSON.parse(event.data) as RangeView;
    store.change((state) => ({ ...state, range }));
  });
  for (const kind of ['message', 'edit', 'delete', 'reaction']) {
    source.addEventListener(kind, (event) => refreshChat((JSON.parse(event.data) as { chat: number }).chat));
  }
  source.addEventListener('action', (event) => showTyping(store, (JSON.parse(event.data) as { chat: number }).chat));
  for (const kind of ['chat', 'clock']) source.addEventListener(kind, () => void refreshAll().catch(() => {}));
  source.addEventListener('commands', refreshCommands);
  return { refreshChat, refreshCommands };
}

async function refreshOverview(store: Store<State>): Promise<void> {
  const { bot, people, chats, clock } = await readOverview();
  const clockAheadMs = Date.parse(clock.now) - Date.now();
  store.change((state) => {
    const next = { ...state, bot, people, chats, clockAheadMs };
    const person = people.some(({ id }) => id === state.person) ? state.person : (people[0]?.id ?? 0);
    const isOpen = chatsOf(next, person).some(({ id }) => id === state.chat);
    return { ...next, person, chat: isOpen ? state.chat : person };
  });
}

function createChatRefresher(store: Store<State>): (chat: number) => void {
  const busy = new Set<number>();
  const stale = new Set<number>();
  const refresh = async (chat: number): Promise<void> => {
    if (busy.has(chat)) {
      stale.add(chat);
      return;
    }
    busy.add(chat);
    do {
      stale.delete(chat);
      const messages = await readMessages(chat, viewerOf(store.get(), chat)).catch(() => null);
      if (messages) store.change((state) => withThread(state, chat, messages));
    } while (stale.has(chat));
    busy.delete(chat);
  };
  return (chat) => void refresh(chat);
}

async function readCommandMenu(store: Store<State>): Promise<void> {
  const { person, chat } = store.get();
  const menu = await readCommands(chat, person);
  store.change((state) => ({ ...state, commands: { ...state.commands, [seatOf(person, chat)]: menu } }));
}

/** A private chat is read on its owner's phone, a group on the phone that is shown if its person is a member. */
function viewerOf(state: State, chat: number): number {
  const members = state.chats.find(({ id, type }) => id === chat && type !== 'private')?.members;
  if (!members) return chat;
  return members.includes(state.person) ? state.person : (members[0] ?? state.person);
}
