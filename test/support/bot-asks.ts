import type { NoteCard } from '#domain/card.ts';
import type { Start } from './bot-desk.ts';
import { ANA, startBotFixture } from './bot.ts';

type Changes = Parameters<typeof startBotFixture>[0];

/** What was started after somebody, Ana unless it is said otherwise, has sent a text. */
export async function startsAfter(text: string, changes: Changes = {}, from = ANA): Promise<readonly Start[]> {
  const fixture = await startBotFixture(changes);
  await fixture.user.send({ from, chat: from, text });
  await fixture.deliver();
  return fixture.engine.starts;
}

/** The words of the one note that was shown. */
export async function noteAfter(text: string, changes: Changes = {}, from = ANA): Promise<NoteCard> {
  const [start, ...more] = await startsAfter(text, changes, from);
  if (more.length > 0 || start?.kind !== 'answer' || !('card' in start.input)) throw new Error('no single note');
  const { card } = start.input;
  if (card.kind !== 'note') throw new Error(`a ${card.kind}`);
  return card;
}
