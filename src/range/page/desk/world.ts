import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { usePage } from '../context.ts';
import { Panel } from './panel.ts';
import { useTypeInBox } from './type-in-box.ts';

/** The documented world: what can be asked about, and what is known of it. A tap puts it into the message box. */
export function World(): VNode | null {
  const { state } = usePage();
  const type = useTypeInBox();
  if (!state.range) return null;
  const { world } = state.range;
  return html`<${Panel} id="world" title="The world" hint=${`${world.length} observables with a story`}>
    <ul class="world">
      ${world.map(
        ({ observable, kind, story }) =>
          html`<li key=${observable}>
            <button type="button" onClick=${() => type(observable)}>
              <code>${observable}</code><span class="kind">${kind}</span><span class="story">${story}</span>
            </button>
          </li>`,
      )}
    </ul>
  <//>`;
}
