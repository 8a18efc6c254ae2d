import { say } from '../notes.ts';
import { chatsOf, personOf } from '../reading.ts';
import { seatOf } from '../state.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';
import type { Sync } from '../sync.ts';
import { withReadMark } from '../thread.ts';

/** Handing the phone over and turning to another chat on it. */
export type PhoneActions = {
  /** Gives the phone to a person; their own chat with the bot opens unless another of theirs is named. */
  choosePerson(person: number, chat?: number): void;
  /** Opens another chat of whoever holds the phone. */
  chooseChat(chat: number): void;
};

/** The last chat that each person had open comes back when they get the phone again. */
export function createPhoneActions(store: Store<State>, sync: Sync): PhoneActions {
  const lastChats = new Map<number, number>();
  const open = (person: number, chat: number): void => {
    lastChats.set(person, chat);
    store.change((state) => {
      const title = chatsOf(state, person).find(({ id }) => id === chat)?.title ?? '';
      const draft = state.drafts[seatOf(person, chat)] ? ' There is a draft.' : '';
      const next = withReadMark({ ...state, person, chat });
      return say(next, `${personOf(state, person).name} holds the phone, chat with ${title}.${draft}`);
    });
    history.replaceState(null, '', `#${person}/${chat}`);
    sync.refreshChat(chat);
    sync.refreshCommands();
  };
  return {
    choosePerson: (person, chat) => open(person, chat ?? lastChats.get(person) ?? person),
    chooseChat: (chat) => open(store.get().person, chat),
  };
}

/** The person and chat that an address such as `#1001/-1002000000001` names; zeros when it names none. */
export function parsePhoneAddress(hash: string): Pick<State, 'person' | 'chat'> {
  const [, person = '0', chat = '0'] = /^#(\d{1,15})\/(-?\d{1,15})$/.exec(hash) ?? [];
  return { person: Number(person), chat: Number(chat) };
}
