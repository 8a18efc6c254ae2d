import { ANSWER_WINDOW_MS } from '../../world/presses.ts';
import type { World } from '../../world/world.ts';
import { type CallInput, isSet, textOf } from '../call-input.ts';
import { badRequest } from '../refusal.ts';

const MAX_TOAST_UNITS = 200;

/** See core.telegram.org/bots/api#answercallbackquery. One answer, in time; the link may only lead into the bot itself. */
export function answerCallbackQuery(world: World, input: CallInput): true {
  const press = world.presses.find(textOf(input, 'callback_query_id'));
  const isLate = press !== null && world.clock.nowMs() - press.pressedAtMs >= ANSWER_WINDOW_MS;
  if (!press || press.kind !== 'callback' || press.isAnswered || isLate) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  const text = textOf(input, 'text');
  const url = textOf(input, 'url');
  if (text.length > MAX_TOAST_UNITS) throw badRequest('MESSAGE_TOO_LONG');
  if (url !== '' && !isLinkIntoBot(url, world.bot.username)) throw badRequest('URL_INVALID');
  press.isAnswered = true;
  press.text = text === '' ? null : text;
  press.isAlert = isSet(input, 'show_alert');
  press.url = url === '' ? null : url;
  world.presses.announceAnswer(press);
  world.events.emit({
    type: 'toast',
    chat: press.chat,
    press: press.id,
    from: press.from,
    text: press.text,
    alert: press.isAlert,
    url: press.url,
  });
  return true;
}

function isLinkIntoBot(url: string, username: string): boolean {
  const parsed = URL.parse(url);
  if (!parsed || !['t.me', 'telegram.me'].includes(parsed.hostname)) return false;
  return parsed.pathname.toLowerCase() === `/${username.toLowerCase()}` && parsed.searchParams.has('start');
}
