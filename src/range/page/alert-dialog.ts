import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { usePage } from './context.ts';

/** What the bot wants somebody to read and close, as a phone shows it. */
export function AlertDialog(): VNode | null {
  const { state, actions } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  const { alert, bot } = state;
  useEffect(() => {
    if (alert) dialog.current?.showModal();
  }, [alert]);
  if (!alert) return null;
  return html`<dialog
    ref=${dialog}
    class="alert"
    role="alertdialog"
    aria-labelledby="alert-title"
    aria-describedby="alert-text"
    onClose=${() => actions.dismissAlert()}
  >
    <h2 id="alert-title">${bot.name} to ${alert.person}</h2>
    <p id="alert-text">${alert.text}</p>
    <button type="button" class="primary" onClick=${() => dialog.current?.close()}>OK</button>
  </dialog>`;
}
