import type { Button, ButtonPurpose, ButtonStyle, Keyboard } from '../text/keyboard.ts';
import { objectionToLink } from '../text/link.ts';
import { type CallInput, jsonOf } from './call-input.ts';
import { badRequest } from './refusal.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What stands below a message. */
export type ReplyMarkup = { readonly keyboard: Keyboard | null; readonly asksReply: boolean };

const MAX_DATA_BYTES = 64;
const MAX_COPY_UNITS = 256;
const MAX_BUTTONS = 100;

/** Buttons that exist in Telegram and that this simulator does not draw. */
const NOT_DRAWN = [
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'login_url',
  'web_app',
];

/** Reads `reply_markup`: inline keyboards and forced replies. The words are those of Telegram's server. */
export function readReplyMarkup(input: CallInput): ReplyMarkup {
  const value = jsonOf(input, 'reply_markup', 'reply keyboard markup');
  if (value === undefined) return { keyboard: null, asksReply: false };
  if (!isFields(value)) throw badRequest('Object expected as reply markup');
  if (value['keyboard'] !== undefined) throw badRequest('this simulator draws inline keyboards only');
  return { keyboard: readKeyboard(value['inline_keyboard']), asksReply: value['force_reply'] === true };
}

function readKeyboard(rows: unknown): Keyboard | null {
  if (rows === undefined) return null;
  if (!Array.isArray(rows)) throw badRequest('Field "inline_keyboard" must be of type Array');
  const keyboard = rows.map((row: unknown) => {
    if (!Array.isArray(row)) {
      throw badRequest('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
    }
    return row.map(readButton);
  });
  const shown = keyboard.filter((row) => row.length > 0);
  if (shown.flat().length > MAX_BUTTONS) throw badRequest('reply markup is too long');
  return shown.length === 0 ? null : shown;
}

function readButton(value: unknown): Button {
  if (!isFields(value)) throw unreadable('InlineKeyboardButton must be an Object');
  const text = value['text'];
  if (text === undefined) throw unreadable('Can\'t find field "text"');
  if (typeof text !== 'string') throw unreadable('Field "text" must be of type String');
  if (text === '') throw badRequest('Inline keyboard button text must be non-empty');
  const style = readStyle(value['style']);
  return { text, ...(style ? { style } : {}), ...readPurpose(value) };
}

function readPurpose(fields: Fields): ButtonPurpose {
  const { url, callback_data: data } = fields;
  if (typeof url === 'string' && url !== '') {
    const objection = objectionToLink(url);
    if (objection !== null) throw badRequest(`Inline keyboard button ${objection}`);
    return { kind: 'url', url };
  }
  if (typeof data === 'string' && data !== '') {
    if (Buffer.byteLength(data, 'utf8') > MAX_DATA_BYTES) throw badRequest('BUTTON_DATA_INVALID');
    return { kind: 'callback', data };
  }
  const notDrawn = NOT_DRAWN.find((kind) => fields[kind] !== undefined);
  if (notDrawn !== undefined) throw badRequest(`this simulator draws no ${notDrawn} buttons`);
  if (fields['copy_text'] !== undefined) return { kind: 'copy', copyText: readCopyText(fields['copy_text']) };
  if (fields['disabled'] !== undefined) return { kind: 'disabled' };
  throw unreadable('Text buttons are unallowed in the inline keyboard');
}

function readCopyText(value: unknown): string {
  const text = isFields(value) ? value['text'] : undefined;
  if (typeof text !== 'string') throw unreadable('Can\'t find field "text"');
  if (text === '' || text.length > MAX_COPY_UNITS) throw badRequest('BUTTON_COPY_TEXT_INVALID');
  return text;
}

function readStyle(value: unknown): ButtonStyle | null {
  if (value === undefined || value === '' || value === 'default') return null;
  const style = typeof value === 'string' ? value.toLowerCase() : '';
  if (style === 'danger' || style === 'success' || style === 'primary') return style;
  throw unreadable('invalid button style specified');
}

function unreadable(reason: string): Error {
  return badRequest(`Can't parse inline keyboard button: ${reason}`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
