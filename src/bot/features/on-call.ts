import { Composer } from 'grammy';
import { hasRole } from '#domain/person.ts';
import { MARKS } from '#store/mark-names.ts';
import { readOnCall } from '#store/on-call.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { showNote } from '../requests/answer.ts';
import { recordAsk } from '../requests/record-ask.ts';
import { tellPeople } from '../requests/tell-people.ts';
import { needsRole } from '../rights.ts';

/** `/oncall` says who is on call; `take` and `give` change it. */
export function createOnCall(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  feature.command('oncall', needsRole('responder', deps), async (ctx) => {
    const word = ctx.match.trim().toLowerCase();
    if (word === 'take' || word === 'give') return change(ctx, word, deps);
    const now = await readOnCall(deps.marks);
    const lines = [now ? `${now.name} is on call.` : 'Nobody is on call.', '/oncall take or /oncall give changes it.'];
    return showNote(ctx.ask, { kind: 'note', tone: 'ok', title: 'On call', lines }, deps);
  });
  return feature;
}

async function change({ ask, person }: SocContext, word: 'take' | 'give', deps: BotDeps): Promise<void> {
  const now = await readOnCall(deps.marks);
  const isMine = now?.name === person.name;
  const mayGive = isMine || hasRole(person, 'admin');
  if (word === 'give' && now && !mayGive) {
    const lines = [`${now.name} is on call; they or an admin can give it away.`];
    return showNote(ask, { kind: 'note', tone: 'error', title: 'Not yours to give', lines }, deps);
  }
  await deps.marks.set(MARKS.onCall, word === 'take' ? person.name : '', deps.now());
  await recordAsk(ask, { action: `on call ${word}`, outcome: 'asked' }, deps);
  const lines = [word === 'take' ? `${person.name} is on call now.` : 'Nobody is on call now.'];
  const card = { kind: 'note', tone: 'ok', title: 'On call', lines } as const;
  await showNote(ask, card, deps);
  // Whoever is on call may act alone in an emergency: nobody comes by that without a word to all who would decide else.
  const others = deps.access.people.filter((one) => one.name !== person.name && hasRole(one, 'responder'));
  return tellPeople(ask, others, card, deps);
}
