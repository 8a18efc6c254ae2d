/** The looks a button may have; Telegram's own words. */
export type ButtonStyle = 'danger' | 'success' | 'primary';

/** What a press does. Disabled buttons do nothing. */
export type ButtonPurpose =
  | { readonly kind: 'callback'; readonly data: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'copy'; readonly copyText: string }
  | { readonly kind: 'disabled' };

/** One inline button. */
export type Button = { readonly text: string; readonly style?: ButtonStyle } & ButtonPurpose;

/** Rows of buttons. */
export type Keyboard = readonly (readonly Button[])[];
