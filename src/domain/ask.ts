/** Who asked for something, where and when: the head of every request. */
export type Ask = {
  /** The workflow id of the request; its reference and the tokens of its buttons derive from it. */
  readonly requestId: string;
  readonly by: { readonly name: string; readonly telegramId: number };
  readonly chat: { readonly id: number; readonly isPrivate: boolean };
  /** The message to answer, or the one whose button was pressed. */
  readonly messageId: number;
  readonly askedAt: string;
};
