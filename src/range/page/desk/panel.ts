import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';

type PanelProps = { id: string; title: string; hint: ComponentChildren; children?: ComponentChildren };

/** One part of the desk: a heading, a few words beside it, and what it holds. */
export function Panel({ id, title, hint, children }: PanelProps): VNode {
  return html`<section class=${`panel panel-${id}`} aria-labelledby=${`panel-${id}`}>
    <div class="panel-head">
      <h2 id=${`panel-${id}`}>${title}</h2>
      <small>${hint}</small>
    </div>
    ${children}
  </section>`;
}
