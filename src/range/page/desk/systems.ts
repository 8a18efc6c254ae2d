import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { SimulatedSystem } from '#range/view.ts';
import { usePage } from '../context.ts';
import { initialOf } from '../people/avatar.ts';
import { Panel } from './panel.ts';

/** The simulated systems: what each holds, how often it was asked, and the faults that can be switched on. */
export function Systems(): VNode | null {
  const { state, actions } = usePage();
  if (!state.range) return null;
  const { systems } = state.range;
  const faulty = systems.filter(({ fault }) => fault !== null);
  return html`<${Panel} id="systems" title="Simulated systems" hint=${hintOf(faulty.length)}>
    ${
      faulty.length > 0 &&
      html`<button
        type="button"
        class="quiet"
        onClick=${() => void Promise.all(faulty.map(({ id }) => actions.setFault(id, null)))}
      >
        Switch all faults off
      </button>`
    }
    <ul class="systems">
      ${systems.map((system) => html`<${System} key=${system.id} system=${system} />`)}
    </ul>
  <//>`;
}

function hintOf(faulty: number): string {
  if (faulty === 0) return 'break one and ask again';
  return faulty === 1 ? '1 fault is on' : `${faulty} faults are on`;
}

function System({ system }: { system: SimulatedSystem }): VNode {
  const { title, icon, lines, entries = [], calls, fault } = system;
  return html`<li class=${fault === null ? 'system' : 'system is-faulty'}>
    <div class="system-head">
      <span class="system-icon" aria-hidden="true">${icon ?? initialOf(title)}</span>
      <h3>${title}</h3>
      ${calls !== null && html`<small>${calls === 1 ? '1 call' : `${calls} calls`}</small>`}
    </div>
    ${lines.map((line) => html`<p key=${line} class="system-line">${line}</p>`)}
    ${
      entries.length > 0 &&
      html`<ul class="holdings">
        ${entries.map(
          ({ text, detail }) =>
            html`<li key=${text}>
              <details>
                <summary><code>${text}</code></summary>
                <p>${detail}</p>
              </details>
            </li>`,
        )}
      </ul>`
    }
    ${system.faults.length > 0 && html`<${FaultChoice} system=${system} />`}
  </li>`;
}

function FaultChoice({ system }: { system: SimulatedSystem }): VNode {
  const { actions } = usePage();
  const { id, title, faults, fault } = system;
  return html`<select
    class="fault"
    aria-label=${`How ${title} behaves`}
    value=${fault ?? ''}
    onChange=${(event: Event) => void actions.setFault(id, (event.currentTarget as HTMLSelectElement).value || null)}
  >
    <option value="">healthy</option>
    ${fault !== null && !faults.includes(fault) && html`<option value=${fault}>${fault}</option>`}
    ${faults.map((name) => html`<option key=${name} value=${name}>${name.replaceAll('_', ' ')}</option>`)}
  </select>`;
}
