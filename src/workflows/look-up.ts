import { CancellationScope, condition, isCancellation, log, upsertSearchAttributes } from '@temporalio/workflow';
import type { Posting } from '#domain/card.ts';
import { gravestLevel, type LookUpState } from '#domain/investigation.ts';
import { askSources } from './ask-sources.ts';
import { type LookUpRecord, openLookUpRecord } from './look-up-record.ts';
import type { LookUpInput, LookUpView } from './messages.ts';
import { leaveQuotas, show } from './proxies.ts';
import { SocPhase, SocVerdict } from './search-attributes.ts';

/** A card that changes more often than this is restless, and edits have a price in Telegram's limits. */
const EDIT_EVERY_MS = 4_000;
/** After this long the person has put the phone away: the result comes as a message of its own, with a sound. */
const WORTH_A_SOUND_MS = 30_000;
/** Up to so many observables the answers are there about as soon as a card would be. */
const FEW = 5;
const GO_AHEAD_WITHIN_MS = 60 * 60_000;

/**
 * Asks every planned source about every observable at once and keeps one card in step with the answers. The first card
 * waits a moment for all of them; a slow source never holds it back.
 */
export async function lookUp(input: LookUpInput): Promise<LookUpState> {
  const record = openLookUpRecord(input);
  const card = createCard(input, record);
  try {
    await askAndShow(input, record, card);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    // Ended from the Temporal UI: the card must not go on waiting.
    if (record.state().phase !== 'done') record.enter('cancelled');
    await CancellationScope.nonCancellable(async () => {
      upsertSearchAttributes([{ key: SocPhase, value: record.state().phase }]);
      await card.show();
      if (record.isWaiting()) await leaveQuotas(input.ask.requestId);
    });
    throw error;
  }
  return record.state();
}

async function askAndShow(input: LookUpInput, record: LookUpRecord, card: LookUpCardKeeper): Promise<void> {
  if (input.asksFirst) {
    await card.show();
    if (
      !(await condition(() => record.state().phase !== 'asks_first', GO_AHEAD_WITHIN_MS, {
        summary: 'Waits for the go-ahead',
      }))
    )
      record.enter('cancelled');
  } else if (input.ask.chat.isPrivate && input.plans.length > FEW) {
    // So many questions keep their own card waiting: it goes first. In a group the call is saved for the answers.
    void card.show();
  }
  const startedAt = Date.now();
  const questions = new CancellationScope();
  const asking = record.isOver() ? Promise.resolve() : questions.run(() => askSources(input, record));
  await keepInStep(input, record, card);
  if (record.state().phase === 'cancelled') questions.cancel();
  await asking;
  if (record.isWaiting()) await leaveQuotas(input.ask.requestId);

  const isLate = Date.now() - startedAt > WORTH_A_SOUND_MS;
  if (isLate && record.state().phase === 'done') await card.announce();
  upsertSearchAttributes([
    { key: SocPhase, value: record.state().phase },
    { key: SocVerdict, value: gravestLevel(record.state().investigations) },
  ]);
  log.info('look-up ended', { phase: record.state().phase, verdict: gravestLevel(record.state().investigations) });
}

type LookUpCardKeeper = ReturnType<typeof createCard>;

/**
 * Edits the card until it shows the last word. In a group, where quota is short, there is one edit before that at most:
 * for an alarm, or when the rest waits for a turn that may be a day away.
 */
async function keepInStep(input: LookUpInput, record: LookUpRecord, card: LookUpCardKeeper): Promise<void> {
  const { isPrivate } = input.ask.chat;
  await condition(record.isOver, input.firstCardMs, { summary: 'First card at the latest' });
  for (let edits = 0; ; edits += 1) {
    if (record.isOver() && record.state().phase === 'running') record.enter('done');
    const shown = record.version();
    const isAlarmShown = isAlarm(record.state());
    await card.show();
    if (record.isOver() && record.version() === shown) return;
    const isNews = () =>
      isPrivate || (edits === 0 && ((isAlarm(record.state()) && !isAlarmShown) || record.isOnlyWaiting()));
    await condition(() => record.isOver() || (record.version() !== shown && isNews()));
    if (!record.isOver()) await condition(record.isOver, EDIT_EVERY_MS, { summary: 'Next edit' });
  }
}

function isAlarm({ investigations }: LookUpState): boolean {
  return ['malicious', 'suspicious'].includes(gravestLevel(investigations));
}

/** The one card of the look-up: posted first, edited from then on. */
function createCard(input: LookUpInput, record: LookUpRecord) {
  const { ask } = input;
  /** A group may move to another id. */
  let to = ask.chat.id;
  let message: number | undefined;
  const posting = (view: LookUpView | 'notice'): Posting => ({
    to,
    card: { kind: 'look_up', ask, state: record.state(), view },
    isSilent: !ask.chat.isPrivate,
  });
  let last: Promise<void> = Promise.resolve();
  const draw = async (): Promise<void> => {
    const place = message === undefined ? { replyTo: ask.messageId } : { edit: message };
    const [posted] = await show(
      [{ ...posting(record.view()), ...place }],
      message === undefined ? 'Post the card' : 'Edit the card',
    );
    if (!posted || posted.unreachable !== undefined) return;
    to = posted.chat;
    message = posted.message;
  };
  return {
    /** One after the other: what is posted first is edited from then on. */
    async show(): Promise<void> {
      last = last.then(draw);
      return last;
    },
    /** Edits make no sound: somebody who waited long gets a short message as well. In a group the edit has to do. */
    async announce(): Promise<void> {
      if (!ask.chat.isPrivate || message === undefined) return;
      await show([{ ...posting('notice'), replyTo: message }], 'Tell that it is done');
    },
  };
}
