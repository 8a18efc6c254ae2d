import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Role } from './person.ts';

/** What a seal vouches for: this person, with this right, pressed this at this time for exactly this plan of this request. */
export type SealedFacts = {
  readonly requestId: string;
  readonly requester: string;
  /** The account that asked: names in `socbot.yaml` may change, numbers do not. */
  readonly requesterId: number;
  /** As `planHashOf` makes it; empty for a request without a plan. */
  readonly planHash: string;
  /** When the bot heard it, ISO 8601. */
  readonly at: string;
  readonly verb: string;
  readonly pressId: string;
  readonly by: { readonly name: string; readonly telegramId: number; readonly role: Role };
  /** The presser proved to be there with a code. */
  readonly withCode: boolean;
};

const KEPT_DIGITS = 32;

/**
 * Seals a press as the bot heard it. Whoever reaches the engine can send it anything; a decision without the bot's seal
 * moves no system.
 */
export function sealPress(facts: SealedFacts, keys: readonly Uint8Array[]): string {
  const [key] = keys;
  if (!key) throw new RangeError('a press needs a signing key');
  return sealWith(facts, key);
}

/** Whether a seal was made by one of the keys for exactly these facts. */
export function isSealed(facts: SealedFacts, seal: string, keys: readonly Uint8Array[]): boolean {
  return keys.some((key) => isSame(sealWith(facts, key), seal));
}

function sealWith(facts: SealedFacts, key: Uint8Array): string {
  const { requestId, requester, requesterId, planHash, at, verb, pressId, by, withCode } = facts;
  const who = [by.name, by.telegramId, by.role, withCode];
  const parts = [requestId, requester, requesterId, planHash, at, verb, pressId, ...who];
  const text = JSON.stringify(['press', ...parts]);
  return bytesToHex(hmac(sha256, key, utf8ToBytes(text))).slice(0, KEPT_DIGITS);
}

/** Looks at every character, so that the time taken tells nothing. */
function isSame(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
