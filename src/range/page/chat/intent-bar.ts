import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { usePage } from '../context.ts';
import { Icon } from '../icons.ts';
import { messagesOf } from '../reading.ts';
import { seatOf } from '../state.ts';

/** What the next text will answer or change, with a way out. */
export function IntentBar(): VNode | null {
  const { state, actions } = usePage();
  const intent = state.intents[seatOf(state.person, state.chat)];
  const target = intent && messagesOf(state, state.chat).find(({ id }) => id === intent.message);
  if (!intent || !target) return null;
  const isReply = intent.kind === 'reply';
  return html`<div class="intent">
    <${Icon} name=${isReply ? 'reply' : 'edit'} />
    <p>
      <b>${isReply ? `Reply to ${target.from.name}` : 'Edit message'}</b>
      <span>${target.text.slice(0, 120) || target.document?.name}</span>
    </p>
    <button
      type="button"
      class="round"
      aria-label=${isReply ? 'Do not reply' : 'Do not edit'}
      onClick=${() => actions.setIntent(null)}
    >
      <${Icon} name="close" />
    </button>
  </div>`;
}
