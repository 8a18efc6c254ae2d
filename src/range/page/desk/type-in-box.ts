import { usePage } from '../context.ts';

/** Puts a text into the message box of the open chat, ready to be sent, and turns there. */
export function useTypeInBox(): (text: string) => void {
  const { actions } = usePage();
  return (text) => {
    actions.setSheet(false);
    actions.writeDraft(text);
    // The box is inert until the sheet has been taken away.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('#message')?.focus());
  };
}
