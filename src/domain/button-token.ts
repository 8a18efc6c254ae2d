import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** What a button may ask for. The position is the code in the token: only ever add at the end. */
export const BUTTON_OPS = [
  'approve',
  'deny',
  'withdraw',
  'confirm',
  'more',
  'less',
  'look_up',
  'look_up_all',
  'mark',
  'block',
  'lift',
  'ask_again',
  'review',
  'choose',
  'change',
  'refuse',
  'back',
  'emergency',
  'decide',
  'open',
  'repeat',
  'page',
] as const;
export type ButtonOp = (typeof BUTTON_OPS)[number];

/** What a button says when it is pressed: which request, what, a small number of its own, and the card's revision. */
export type ButtonCall = {
  readonly op: ButtonOp;
  /** The update that made the request. */
  readonly updateId: number;
  /** 0 to 65535; means what the operation says it means. */
  readonly arg: number;
  /** 0 to 255. */
  readonly rev: number;
  /** Of a button that decides: the mark of the plan that stands above it, sixteen hex digits. */
  readonly shows?: string;
};

/** Where a token is valid: nowhere else. Keys are tried in order, so that they can be changed; the first one signs. */
export type ButtonScope = { readonly keys: readonly Uint8Array[]; readonly botId: number; readonly chat: number };

const VERSION = 1;
const HEAD_BYTES = 11;
const MAC_BYTES = 12;
/** How much of a token is head and code, in characters; behind it stands what the button's card shows. */
const SIGNED_LENGTH = 31;
const TOKEN = /^[A-Za-z0-9_-]{31}(?:[0-9a-f]{16})?$/;

/**
 * Signs a button: 31 or 47 characters, of Telegram's 64 bytes (https://core.telegram.org/bots/api#inlinekeyboardbutton).
 * A client may send any bytes for any message it can see; only ours carry the code, and only for this bot and chat.
 */
export function packButton(call: ButtonCall, scope: ButtonScope): string {
  const [key] = scope.keys;
  if (!key) throw new RangeError('a button needs a signing key');
  const head = new Uint8Array(HEAD_BYTES);
  const view = new DataView(head.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, BUTTON_OPS.indexOf(call.op));
  view.setUint16(2, Math.floor(call.updateId / 2 ** 32));
  view.setUint32(4, call.updateId % 2 ** 32);
  view.setUint16(8, call.arg);
  view.setUint8(10, call.rev);
  const { shows = '' } = call;
  return `${toBase64Url(concatBytes(head, codeOf(head, shows, key, scope)))}${shows}`;
}

/** Reads a token; null for anything that we did not sign for this chat, whole and unchanged. */
export function unpackButton(token: string, scope: ButtonScope): ButtonCall | null {
  if (!TOKEN.test(token)) return null;
  const signed = token.slice(0, SIGNED_LENGTH);
  const shows = token.slice(SIGNED_LENGTH);
  const bytes = fromBase64Url(signed);
  const head = bytes.subarray(0, HEAD_BYTES);
  if (
    toBase64Url(bytes) !== signed ||
    !scope.keys.some((key) => isSame(codeOf(head, shows, key, scope), bytes.subarray(HEAD_BYTES)))
  ) {
    return null;
  }
  const view = new DataView(head.buffer, head.byteOffset);
  const op = BUTTON_OPS[view.getUint8(1)];
  if (view.getUint8(0) !== VERSION || op === undefined) return null;
  const updateId = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
  return { op, updateId, arg: view.getUint16(8), rev: view.getUint8(10), ...(shows === '' ? {} : { shows }) };
}

function codeOf(head: Uint8Array, shows: string, key: Uint8Array, { botId, chat }: ButtonScope): Uint8Array {
  const text = concatBytes(utf8ToBytes(`${botId}|${chat}|`), head, utf8ToBytes(shows));
  return hmac(sha256, key, text).subarray(0, MAC_BYTES);
}

/** Looks at every byte, so that the time taken tells nothing. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.reduce((difference, byte, at) => difference | (byte ^ (b[at] ?? 0)), 0) === 0;
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}
