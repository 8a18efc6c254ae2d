import type { Context } from 'grammy';
import type { Toast } from '#cards/toast.ts';
import { withinMoment } from '../within-moment.ts';

/**
 * Ends the spinner of a press, with words or without. Best effort, one attempt: Telegram takes one answer, for some
 * fifteen seconds, and what counts is the card.
 */
export async function answerPress(ctx: Context, toast: Toast | null): Promise<void> {
  // Too late or answered already: nothing is lost.
  await withinMoment(
    ctx.answerCallbackQuery(toast ? { text: toast.text.slice(0, 200), show_alert: toast.isAlert } : {}),
  );
}
