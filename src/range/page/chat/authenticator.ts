import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { usePage, useNow } from '../context.ts';
import { useTypeInBox } from '../desk/type-in-box.ts';
import { messagesOf } from '../reading.ts';

/** How many of the last messages are looked at: a card that waits for a code is near the end of its chat. */
const NEAR_END = 20;

/** The authenticator of whoever holds the phone, while a card waits for its code: a press writes the digits. */
export function Authenticator(): VNode | null {
  const { state } = usePage();
  const typeInBox = useTypeInBox();
  const now = useNow(1_000);
  const shown = state.range?.codes?.[String(state.person)];
  const isAsked = messagesOf(state, state.chat)
    .slice(-NEAR_END)
    .some(({ text, from }) => from.id === state.bot.id && text.startsWith('🔑 YOUR CODE'));
  if (!shown || !isAsked) return null;
  const leftS = Math.max(Math.ceil((Date.parse(shown.until) - now) / 1000), 0);
  const code = `${shown.code.slice(0, 3)} ${shown.code.slice(3)}`;
  return html`<div class="intent">
    <span aria-hidden="true">🔑</span>
    <p><b>Authenticator, simulated</b><span>${code} · ${leftS} s left</span></p>
    <button type="button" class="round" aria-label="Type the code" onClick=${() => typeInBox(shown.code)}>⌨</button>
  </div>`;
}
