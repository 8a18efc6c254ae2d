import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { usePage } from './context.ts';

/** Short notes at the top of the phone, or of the sheet over it; read out politely. */
export function Toasts(): VNode {
  const { state } = usePage();
  return html`<div class="toasts" role="status" aria-live="polite" aria-atomic="false">
    ${state.toasts.map(
      ({ id, text, isHint }) => html`<p key=${id} class=${isHint ? 'toast toast-hint' : 'toast'}>${text}</p>`,
    )}
  </div>`;
}
