import type { AnswerInput } from './messages.ts';
import { read, show } from './proxies.ts';

/** Answers a question that needs one card: reads what has to be read, and shows it. */
export async function answer(input: AnswerInput): Promise<void> {
  const { ask } = input;
  const card = 'card' in input ? input.card : await read(input.read, ask);
  const place = input.edit === undefined ? { replyTo: ask.messageId } : { edit: input.edit };
  await show([{ to: ask.chat.id, card, isSilent: false, ...place }], `Answer ${ask.by.name}`);
}
