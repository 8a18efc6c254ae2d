import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { observableKey, type Observable } from './observable.ts';

const PREFIX = 'tg';

/**
 * The workflow id of a request: one Telegram update makes one request, so a redelivered update is a no-op.
 * Update ids are unique per bot (https://core.telegram.org/bots/api#update).
 */
export function requestIdOf(botId: number, updateId: number): string {
  return `${PREFIX}-${botId}-${updateId}`;
}

/** The update that made a request; null for any other workflow id. */
export function updateIdOf(requestId: string): number | null {
  const match = /^tg-\d+-(\d{1,14})$/.exec(requestId);
  return match ? Number(match[1]) : null;
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const REF_SPACE = 2 ** 20;
/** Odd, so that the multiplication is a bijection: a million requests in a row have a million different references. */
const REF_STEP = 654_321;

/** The four characters by which people name a request, as in `#7K3M`. Not unique for ever: the newest one is meant. */
export function refOf(requestId: string): string {
  const updateId = updateIdOf(requestId) ?? 0;
  const mixed = Number((BigInt(updateId % REF_SPACE) * BigInt(REF_STEP)) % BigInt(REF_SPACE));
  return [15, 10, 5, 0].map((shift) => CROCKFORD[(mixed >> shift) & 31]).join('');
}

/** The number by which a multiplication with REF_STEP is undone: their product is one more than a multiple of REF_SPACE. */
const REF_UNSTEP = 234_769;

/** Update ids have 31 bits (https://core.telegram.org/bots/api#update). */
const UPDATE_IDS = 2 ** 31;

/** Every request of a bot that can have this reference: two thousand of them, of which nearly all are nobody's. */
export function requestIdsOf(botId: number, ref: string): readonly string[] {
  const mixed = Array.from(ref).reduce((sum, character) => sum * 32 + CROCKFORD.indexOf(character), 0);
  const first = Number((BigInt(mixed) * BigInt(REF_UNSTEP)) % BigInt(REF_SPACE));
  return Array.from({ length: UPDATE_IDS / REF_SPACE }, (_, n) => requestIdOf(botId, first + n * REF_SPACE));
}

/** The bot that took a request; null for any other workflow id. */
export function botIdOf(requestId: string): number | null {
  const match = /^tg-(\d{1,15})-\d{1,14}$/.exec(requestId);
  return match ? Number(match[1]) : null;
}

/** Reads a reference as people type it: with or without `#`, any case, with the letters that Crockford's base 32 folds. */
export function parseRef(text: string): string | null {
  const folded = text.replace(/^#/, '').toUpperCase().replaceAll(/[IL]/g, '1').replaceAll('O', '0');
  return /^[0-9A-HJKMNP-TV-Z]{4}$/.test(folded) ? folded : null;
}

/** The workflow id of the one lease that may hold a target in a system. */
export function leaseIdOf(system: string, target: Observable): string {
  return `lease-${system}-${hashOf(observableKey(target)).slice(0, 16)}`;
}

/** SHA-256 of a text, in hex. */
export function hashOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
