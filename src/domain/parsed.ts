import type { Observable } from './observable.ts';

/**
 * What strict reading makes of one token. Notes and objections are sentences for people; they may quote outside text,
 * so a card puts them where nothing is tappable. `didYouMean` is a guess that a person must confirm before it is used.
 */
export type Parsed = Understood | Objected;

export type Understood = { readonly observable: Observable; readonly notes: readonly string[] };

export type Objected = { readonly objection: string; readonly didYouMean?: Observable };

/** Whether a token was understood without a question left. */
export function isUnderstood(parsed: Parsed): parsed is Understood {
  return 'observable' in parsed;
}
