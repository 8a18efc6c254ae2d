import { Context } from '@temporalio/activity';
import type { Api } from 'grammy';
import { renderCard } from '#cards/render.ts';
import type { Rendered } from '#cards/text.ts';
import type { ButtonScope } from '#domain/button-token.ts';
import type { Posted, Posting } from '#domain/card.ts';
import { toKeyboard } from './keyboard.ts';
import type { Outbox } from './outbox.ts';
import { doubtfulLine, plainCard } from './plain-card.ts';
import { judgeTelegramFault } from './telegram-fault.ts';

export type MessengerDeps = {
  readonly api: Api;
  readonly botId: number;
  readonly keys: ButtonScope['keys'];
  readonly outbox: Outbox;
};

/**
 * What an attempt leaves to the later ones: what was posted already, and whether the rest surely was not sent so far.
 * The number tells which attempt wrote it: one that died has left nothing, and the word of an older one is found instead.
 */
type Progress = {
  readonly attempt: number;
  readonly posted: readonly (Posted | null)[];
  readonly isRestUnsent: boolean;
};

/** Well within the activity's heartbeat timeout, and never for a card that is quick. */
const ALIVE_EVERY_MS = 3_000;

/**
 * The activity that speaks: posts new cards and edits old ones in place. Telegram has no idempotency key, so a new card
 * may repeat after an outcome nobody knows; such a repeat says so. Edits never hurt.
 */
export function createMessenger(deps: MessengerDeps) {
  return {
    'telegram.show': async (postings: readonly Posting[]): Promise<readonly Posted[]> => {
      const context = Context.current();
      const { info } = context;
      const before = info.heartbeatDetails as Progress | undefined;
      const isKnownUnsent = before?.isRestUnsent === true && before.attempt === info.attempt - 1;
      const isDoubtful = info.attempt > 1 && !isKnownUnsent;
      const posted = postings.map((_, at) => before?.posted[at] ?? null);
      const leave = (isRestUnsent: boolean): void =>
        context.heartbeat({ attempt: info.attempt, posted: [...posted], isRestUnsent } satisfies Progress);
      const alive = setInterval(() => leave(false), ALIVE_EVERY_MS);
      const results = await Promise.allSettled(
        postings.map(async (posting, at) => {
          const card = renderCard(posting.card);
          posted[at] ??= await deliver({ posting, card, isPlain: false }, isDoubtful, deps);
        }),
      );
      clearInterval(alive);
      const faults = results.flatMap((result) =>
        result.status === 'rejected' ? [judgeTelegramFault(result.reason)] : [],
      );
      const [fault] = faults;
      if (fault) {
        leave(!isDoubtful && faults.every((one) => one.isUnsent));
        throw fault.failure;
      }
      return posted.filter((one) => one !== null);
    },
  };
}

/** A posting on its way, and the card as it is tried. `isPlain`: Telegram has refused the card itself before. */
type Delivery = { readonly posting: Posting; readonly card: Rendered; readonly isPlain: boolean };

async function deliver(delivery: Delivery, isDoubtful: boolean, deps: MessengerDeps): Promise<Posted> {
  const { posting } = delivery;
  deps.outbox.takeTurn(posting.to);
  try {
    return await send(delivery, isDoubtful, deps);
  } catch (error) {
    const { verdict, movedTo, description, waitMs } = judgeTelegramFault(error);
    if (waitMs) deps.outbox.hold(posting.to, waitMs);
    switch (verdict) {
      case 'unchanged':
        return { chat: posting.to, message: posting.edit ?? 0 };
      case 'moved': {
        const moved = { ...withoutEdit(posting), to: movedTo ?? posting.to };
        return deliver({ ...delivery, posting: moved }, isDoubtful, deps);
      }
      case 'gone':
        return deliver({ ...delivery, posting: withoutEdit(posting) }, isDoubtful, deps);
      case 'closed':
        return { chat: posting.to, unreachable: description };
      case 'refused':
        if (delivery.isPlain) return { chat: posting.to, unreachable: description };
        return deliver({ posting, card: plainCard(delivery.card), isPlain: true }, isDoubtful, deps);
      case 'later':
        throw error;
    }
  }
}

async function send({ posting, card }: Delivery, isDoubtful: boolean, deps: MessengerDeps): Promise<Posted> {
  const { to, edit, replyTo, isSilent } = posting;
  const { api, keys, botId } = deps;
  const keyboard = { inline_keyboard: toKeyboard(card, { keys, botId, chat: to }) };
  const common = { link_preview_options: { is_disabled: true }, reply_markup: keyboard };
  if (edit !== undefined) {
    await api.editMessageText(to, edit, card.text.text, { ...common, entities: card.text.entities });
    return { chat: to, message: edit };
  }
  const { text, entities } = isDoubtful ? doubtfulLine(card.text) : card.text;
  const answered = replyTo === undefined ? {} : { message_id: replyTo, allow_sending_without_reply: true };
  const message = await api.sendMessage(to, text, {
    ...common,
    entities,
    disable_notification: isSilent,
    ...(replyTo === undefined ? {} : { reply_parameters: answered }),
  });
  return { chat: to, message: message.message_id };
}

function withoutEdit({ edit: _, ...posting }: Posting): Posting {
  return posting;
}
