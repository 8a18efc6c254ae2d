import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { usePage } from '../context.ts';
import { ObservableChips } from '../desk/tries.ts';
import { Icon } from '../icons.ts';

/** A chat in which nothing was said yet: what this is, and something to start with. */
export function EmptyChat(): VNode {
  const { state } = usePage();
  return html`<div class="empty">
    <span class="avatar avatar-bot" aria-hidden="true"><${Icon} name="shield" /></span>
    <h3>Ask ${state.bot.name} about anything suspicious</h3>
    <p>
      An address, a domain, a link, a hash. It asks its sources, says what they know and what they do not, and nothing
      gets blocked before a second person agrees.
    </p>
    <${ObservableChips} limit=${3} />
  </div>`;
}
