import type { Ask } from '#domain/ask.ts';
import type { NoteCard } from '#domain/card.ts';
import type { Person } from '#domain/person.ts';
import type { BotDeps } from '../deps.ts';
import { showNote } from './answer.ts';
import { readersOf } from './approvers.ts';

/** Writes the same note to some people, each in their own chat, with a sound. The same update again tells nobody twice. */
export async function tellPeople(ask: Ask, people: readonly Person[], card: NoteCard, deps: BotDeps): Promise<void> {
  for (const { name, telegramId } of readersOf(people)) {
    const told: Ask = {
      requestId: `${ask.requestId}-to-${telegramId}`,
      by: { name, telegramId },
      chat: { id: telegramId, isPrivate: true },
      messageId: 0,
      askedAt: ask.askedAt,
    };
    await showNote(told, card, deps);
  }
}
