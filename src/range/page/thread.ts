import type { PhoneMessage } from '#range/telegram/phone.ts';
import { say } from './notes.ts';
import { personOf } from './reading.ts';
import { placeOf, seatOf } from './state.ts';
import type { State } from './state.ts';

/**
 * The state with a chat as it was just read. Unchanged messages stay the same objects, so that they are not drawn
 * again; changed ones are counted, which lights them up, and told to a screen reader if their chat is open.
 */
export function withThread(state: State, chat: number, messages: readonly PhoneMessage[]): State {
  const before = new Map((state.threads[chat] ?? []).map((message) => [message.id, message]));
  const edits = { ...state.edits };
  const news: string[] = [];
  const thread = messages.map((message) => {
    const known = before.get(message.id);
    if (!known) return message;
    if (JSON.stringify(known) === JSON.stringify(message)) return known;
    const place = placeOf(chat, message.id);
    edits[place] = (edits[place] ?? 0) + 1;
    news.push(changeTextOf(state, known, message));
    return message;
  });
  const intents = {
    ...state.intents,
    ...intentsAskedFor(
      state,
      chat,
      thread.filter(({ id }) => !before.has(id)),
    ),
  };
  const next = { ...state, threads: { ...state.threads, [chat]: thread }, edits, intents };
  if (chat !== state.chat) return next;
  return withReadMark(news.length === 0 ? next : say(next, news.join('. ')));
}

/** A message that asks for an answer opens one at once, for its reader. */
function intentsAskedFor(state: State, chat: number, fresh: readonly PhoneMessage[]): State['intents'] {
  const asking = fresh.at(-1);
  if (!asking?.asksReply) return {};
  return { [seatOf(chat > 0 ? chat : state.person, chat)]: { kind: 'reply', message: asking.id } };
}

/** The state in which whoever holds the phone has read the chat that is open. */
export function withReadMark(state: State): State {
  const seat = seatOf(state.person, state.chat);
  const last = state.threads[state.chat]?.at(-1)?.id ?? 0;
  return state.readUpTo[seat] === last ? state : { ...state, readUpTo: { ...state.readUpTo, [seat]: last } };
}

const SPOKEN_UNITS = 200;

function changeTextOf(state: State, before: PhoneMessage, after: PhoneMessage): string {
  const name = personOf(state, after.from.id).name;
  if (before.text !== after.text) return `${name} changed a message: ${after.text.slice(0, SPOKEN_UNITS)}`;
  const known = before.reactions.map(({ emoji }) => emoji);
  const fresh = after.reactions.map(({ emoji }) => emoji).filter((emoji) => !known.includes(emoji));
  if (fresh.length > 0) return `Reaction ${fresh.join(' ')} to ${after.text.slice(0, 60)}`;
  return `New buttons: ${
    after.keyboard
      .flat()
      .map(({ text }) => text)
      .join(', ') || 'none'
  }`;
}
