import type { ButtonOp } from '#domain/button-token.ts';

/** A button as a card wishes it; the messenger signs it for its chat. Labels are ours, never outside text. */
export type Button = {
  readonly label: string;
  readonly style?: 'danger' | 'success' | 'primary';
} & (
  | {
      readonly does: 'press';
      readonly op: ButtonOp;
      readonly arg?: number;
      readonly request?: string;
      readonly shows?: string;
    }
  | { readonly does: 'copy'; readonly text: string }
  | { readonly does: 'nothing' }
);

/** `request`: the workflow that is meant, where it is not the card's own. */
type PressOptions = {
  readonly arg?: number;
  readonly style?: 'danger' | 'success' | 'primary';
  readonly request?: string;
  /** The mark of the plan that is decided on. */
  readonly shows?: string;
};

/** A button that tells SocBot something. */
export function pressButton(label: string, op: ButtonOp, options: PressOptions = {}): Button {
  return { does: 'press', label, op, ...options };
}

/** Telegram copies at most 256 characters (https://core.telegram.org/bots/api#copytextbutton). */
const LONGEST_COPY = 256;

/** A button that copies a value as it really is; none where the value is too long for it. */
export function copyButtons(label: string, text: string): Button[] {
  return text.length <= LONGEST_COPY ? [{ does: 'copy', label, text }] : [];
}

/** A button that only says how it ended. */
export function endedButton(label: string): Button {
  return { does: 'nothing', label };
}
