import { ApplicationFailure } from '@temporalio/common';
import { GrammyError, HttpError } from 'grammy';

/**
 * What became of a call to Telegram that did not succeed, and what to do:
 * `unchanged` it shows that already · `gone` the message cannot be edited any more, send a new one · `moved` the group
 * has another id now · `closed` we may not write there · `refused` Telegram does not take this content · `later` try again.
 */
type TelegramVerdict = 'unchanged' | 'gone' | 'moved' | 'closed' | 'refused' | 'later';

export type TelegramFault = {
  readonly verdict: TelegramVerdict;
  readonly description: string;
  readonly movedTo?: number;
  /** How long Telegram asks us to leave this chat alone, in milliseconds. */
  readonly waitMs?: number;
  /** Whether the message surely was not sent. */
  readonly isUnsent: boolean;
  readonly failure: ApplicationFailure;
};

const GONE = /message to edit not found|message can't be edited|MESSAGE_ID_INVALID|message to be edited not found/i;
const CLOSED =
  /chat not found|bot was blocked|user is deactivated|bot was kicked|not enough rights|bot is not a member|can't initiate conversation/i;

/** Sorts a failure of the Bot API. Messages are ours or Telegram's: never grammY's inner error, which holds the token. */
export function judgeTelegramFault(error: unknown): TelegramFault {
  if (error instanceof ApplicationFailure) {
    return { verdict: 'later', description: error.message, isUnsent: true, failure: error };
  }
  if (error instanceof GrammyError) return judgeAnswer(error);
  if (!(error instanceof HttpError)) return judgeOwnMistake(error);
  const code = codeOf(error.error);
  const description = `Telegram did not answer${code ? ` (${code})` : ''}`;
  const isUnsent = code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
  return { verdict: 'later', description, isUnsent, failure: failureOf('unreachable', description) };
}

/** Nothing of Telegram's: a card that cannot be drawn. It is tried again, since a newer build may draw it. */
function judgeOwnMistake(error: unknown): TelegramFault {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
  const description = `the card could not be drawn (${words.replaceAll(/\d{6,}:[\w-]{30,}/g, '[redacted]')})`;
  return { verdict: 'later', description, isUnsent: true, failure: failureOf('broken', description) };
}

function judgeAnswer({ error_code, description, parameters }: GrammyError): TelegramFault {
  const fault = (verdict: TelegramVerdict, kind = verdict as string) => ({
    verdict,
    description,
    isUnsent: true,
    failure: failureOf(kind, `${error_code}: ${description}`),
  });
  if (parameters.migrate_to_chat_id !== undefined) return { ...fault('moved'), movedTo: parameters.migrate_to_chat_id };
  if (error_code === 429) {
    const waitMs = (parameters.retry_after ?? 5) * 1000;
    const failure = ApplicationFailure.create({
      type: 'telegram.rate_limited',
      message: `429: wait ${waitMs / 1000} s`,
      nextRetryDelay: waitMs,
    });
    return { ...fault('later'), waitMs, failure };
  }
  if (/message is not modified/i.test(description)) return fault('unchanged');
  if (GONE.test(description)) return fault('gone');
  if (error_code === 403 || CLOSED.test(description)) return fault('closed');
  if (error_code === 400) return fault('refused');
  // A server's error tells nothing about whether the message was sent before it happened.
  return { ...fault('later', error_code === 401 ? 'unauthorized' : 'unreachable'), isUnsent: error_code < 500 };
}

function failureOf(kind: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type: `telegram.${kind}`, message });
}

/** The operating system's code, however deep `fetch` has hidden it; nothing else of the error is fit to be shown. */
function codeOf(error: unknown): string | undefined {
  for (let one: unknown = error, depth = 0; one instanceof Error && depth < 4; one = one.cause, depth += 1) {
    if ('code' in one && typeof one.code === 'string') return one.code;
  }
  return undefined;
}
