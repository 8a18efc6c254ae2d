import type { ButtonCall } from '#domain/button-token.ts';

/** A press of a button that we signed for this chat: what it means, the request it is about, the card it was on. */
export type SignedPress = { readonly call: ButtonCall; readonly requestId: string; readonly message: number };
