import { observableKey } from '#domain/observable.ts';
import type { PhoneMessage } from '#range/telegram/phone.ts';
import { hasButton, isFinal } from '#support/journey-phone.ts';
import type { Stack } from '#support/stack.ts';
import type { Havoc } from './havoc.ts';
import type { BlockOffer, LookUpOffer, Offers } from './offers.ts';

/** What came of it all. Everything in `violations` is a broken promise. */
export type Findings = {
  readonly offered: number;
  readonly done: number;
  readonly repeatedCards: number;
  readonly effects: number;
  readonly paidCalls: number;
  readonly violations: readonly string[];
  /** Requests that have not come to their end, with what their card says. */
  readonly open: readonly string[];
};

/** Vendors whose calls are counted against a quota. */
const METERED = ['virustotal', 'abuseipdb'];
/** After a call that surely ended so, nobody has an answer: it may be made again. */
const SURELY_NO_ANSWER = ['rate-limited', 'unavailable', 'server-error', 'html', 'truncated'];
const DONE_AT_LEAST = 0.95;

/** Looks at every chat, ledger and record, and says what is not as promised. */
export async function examine(stack: Stack, offers: Offers, havoc: Havoc): Promise<Findings> {
  const lookUps = await Promise.all(offers.lookUps.map(async (offer) => findAnswers(stack, offer)));
  const blocks = await Promise.all(offers.blocks.map(async (offer) => judgeBlock(stack, offer)));
  const paid = listPaid(stack);
  const kills = Object.values(havoc.kills).reduce((sum, one) => sum + one, 0);
  const isDone = [...lookUps.map((cards) => cards.some(isFinal)), ...blocks.map((block) => block.isDone)];
  const done = isDone.filter(Boolean).length;
  const repeatedCards = [...lookUps, ...blocks.map(({ cards }) => cards)].reduce(
    (sum, cards) => sum + Math.max(cards.length - 1, 0),
    0,
  );
  const chain = await stack.store.audit.verify();
  const lost = offers.lookUps.filter((_, at) => lookUps[at]?.length === 0);
  const cardsOf = [...lookUps, ...blocks.map(({ cards }) => cards)];
  const open = [...offers.lookUps, ...offers.blocks].flatMap(({ target }, at) =>
    isDone[at] === true
      ? []
      : [`open: ${target.value}: ${cardsOf[at]?.at(-1)?.text.replaceAll('\n', ' | ') ?? 'no card'}`],
  );
  return {
    offered: isDone.length,
    done,
    repeatedCards,
    effects: blocks.reduce((sum, { effects }) => sum + effects, 0),
    paidCalls: [...paid.values()].flat().length,
    violations: [
      ...lost.map(({ target }) => `lost: nobody answered about ${target.value}`),
      ...blocks.flatMap(({ violations }) => violations),
      ...[...paid]
        .filter(([, calls]) => calls.length > 1)
        .map(([what, calls]) => `paid twice: ${what}: ${calls.join(', ')}`),
      ...(chain.kind === 'intact' ? [] : [`the audit is broken at ${chain.seq}: ${chain.reason}`]),
      ...(repeatedCards > kills + havoc.lostAnswers ? [`${repeatedCards} cards came twice after ${kills} kills`] : []),
      ...(done < DONE_AT_LEAST * isDone.length ? [`only ${done} of ${isDone.length} were done`] : []),
    ],
    open,
  };
}

/** Whether every request has come to its end, as far as it can without anybody's help. */
export async function isSettled(stack: Stack, offers: Offers): Promise<boolean> {
  const lookUps = await Promise.all(offers.lookUps.map(async (offer) => findAnswers(stack, offer)));
  const blocks = await Promise.all(offers.blocks.map(async (offer) => judgeBlock(stack, offer)));
  return lookUps.every((cards) => cards.some(isFinal)) && blocks.every(({ isDone }) => isDone);
}

async function findAnswers({ people }: Stack, { asked }: LookUpOffer): Promise<readonly PhoneMessage[]> {
  const messages = await people.messages({ chat: asked.chat, as: asked.chat, after: asked.id });
  return messages.filter(({ replyTo, from }) => from.isBot && replyTo === asked.id);
}

/** Holds a block against its fate: what was put in the list, and what its card says. */
async function judgeBlock(stack: Stack, offer: BlockOffer) {
  const cards = await findAnswers(stack, offer);
  const effects = await stack.store.blockList.listEffects(observableKey(offer.target));
  const added = effects.filter(({ act }) => act === 'added').length;
  // Of two, the first one never came to be known to SocBot, and says that it may be repeated below.
  const card = cards.at(-1);
  const mayBeBlocked = ['approved', 'approved twice', 'pressed by both'].includes(offer.fate);
  const isBlocked = /^[✅♻]/u.test(card?.text ?? '');
  const isLifted = effects.at(-1)?.act === 'removed' && card?.text.startsWith('♻') === true;
  const isDenied = !isBlocked && (card?.keyboard.flat().some(({ disabled }) => disabled) ?? false);
  const isEnded = isDenied || (isBlocked && isLifted === offer.isShort);
  const isLeft = offer.fate === 'left alone' || offer.fate === 'pressed by the wrong people';
  const about = `${offer.target.value} (${offer.fate})`;
  return {
    cards,
    effects: added,
    isDone: isLeft ? card !== undefined && hasButton('Withdraw')(card) : isEnded,
    violations: [
      ...(added > 1 ? [`double effect: ${about} was put in the list ${added} times`] : []),
      ...(added > 0 && !mayBeBlocked ? [`unapproved effect: ${about}`] : []),
      ...(isBlocked && added === 0 ? [`no effect: the card says ${about} is blocked`] : []),
      ...(cards.length === 0 ? [`lost: nobody answered ${about}`] : []),
    ],
  };
}

/** Calls of metered vendors that gave an answer, or may have given one: how each ended, by what was asked. */
function listPaid({ vendors }: Stack): ReadonlyMap<string, readonly string[]> {
  const calls = METERED.flatMap((name) => (vendors.get(name)?.ledger() ?? []).map((call) => ({ name, ...call })));
  const paid = calls.filter(({ fault }) => !SURELY_NO_ANSWER.includes(fault ?? ''));
  const byQuestion = Map.groupBy(paid, ({ name, path, query }) => `${name} ${path} ${query}`);
  return new Map([...byQuestion].map(([what, all]) => [what, all.map(({ at, fault }) => `${at} ${fault ?? 'ok'}`)]));
}
