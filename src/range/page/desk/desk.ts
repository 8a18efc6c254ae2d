import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { usePage } from '../context.ts';
import { Icon } from '../icons.ts';
import type { DeskTab } from '../state.ts';
import { Toasts } from '../toasts.ts';
import { Plug } from './plug.ts';
import { Requests } from './requests.ts';
import { Systems } from './systems.ts';
import { Tabs } from './tabs.ts';
import { Tries } from './tries.ts';
import { World } from './world.ts';

const PANELS: readonly (readonly [DeskTab, string, () => VNode | null])[] = [
  ['requests', 'Requests', Requests],
  ['try', 'Try', Tries],
  ['systems', 'Systems', Systems],
  ['world', 'World', World],
];

/** What happens behind the scenes: beside the phone on a desk, all at once; on a phone as a sheet of tabs. */
export function Desk({ isSheet }: { isSheet: boolean }): VNode {
  return isSheet ? html`<${Sheet} />` : html`<${Column} />`;
}

function Column(): VNode {
  return html`<aside class="desk" id="desk" tabindex="-1" aria-label="Behind the scenes">
    <${Plug} />
    <div class="panels">${PANELS.map(([tab, , Panel]) => html`<${Panel} key=${tab} />`)}</div>
  </aside>`;
}

function Sheet(): VNode {
  const { state, actions } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = (): void => dialog.current?.close();
  const Panel = PANELS.find(([tab]) => tab === state.tab)?.[2] ?? Requests;
  return html`<dialog
    class="sheet"
    ref=${dialog}
    aria-label="Behind the scenes"
    onClose=${() => actions.setSheet(false)}
    onClick=${(event: MouseEvent) => event.target === dialog.current && close()}
  >
    <div class="sheet-body">
      <div class="sheet-head">
        <h2>Behind the scenes</h2>
        <button type="button" class="round" aria-label="Back to the chat" onClick=${close}>
          <${Icon} name="close" />
        </button>
      </div>
      <${Plug} />
      <${Tabs} tabs=${PANELS.map(([id, title]) => ({ id, title }))} />
      <div class="panels" role="tabpanel" id="desk-panel" aria-labelledby=${`tab-${state.tab}`} tabindex="0">
        <${Panel} />
      </div>
      <${Toasts} />
    </div>
  </dialog>`;
}
