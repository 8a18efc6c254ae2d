import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { usePage } from '../context.ts';
import type { DeskTab } from '../state.ts';

type TabsProps = { tabs: readonly { readonly id: DeskTab; readonly title: string }[] };

/** The sheet's tabs: one stop in the tab order, arrow keys move. */
export function Tabs({ tabs }: TabsProps): VNode {
  const { state, actions } = usePage();
  const move = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = tabs.findIndex(({ id }) => id === state.tab);
    const next = tabs.at((index + step) % tabs.length);
    if (!next) return;
    actions.chooseTab(next.id);
    document.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label="Behind the scenes" onKeyDown=${move}>
    ${tabs.map(
      ({ id, title }) =>
        html`<button
          key=${id}
          type="button"
          role="tab"
          id=${`tab-${id}`}
          aria-selected=${id === state.tab}
          aria-controls="desk-panel"
          tabindex=${id === state.tab ? 0 : -1}
          onClick=${() => actions.chooseTab(id)}
        >
          ${title}
        </button>`,
    )}
  </div>`;
}
