import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { WorkerView } from '#range/view.ts';
import { usePage } from '../context.ts';
import { Icon } from '../icons.ts';

const STATES: Readonly<Record<WorkerView['state'], string>> = {
  up: 'The worker is up',
  down: 'The worker is dead',
  starting: 'The worker is starting',
};

/** The worker's state and the button that kills it. */
export function Plug(): VNode | null {
  const { state, actions } = usePage();
  if (!state.range) return null;
  const { worker } = state.range;
  return html`<section class=${`plug is-${worker.state}`} aria-label="The worker">
    <span class=${`worker-dot is-${worker.state}`}></span>
    <div class="plug-text">
      <p role="status"><b>${STATES[worker.state]}</b></p>
      <small>${detailOf(worker)}</small>
    </div>
    <button
      type="button"
      class="plug-button"
      disabled=${worker.state !== 'up'}
      onClick=${() => void actions.pullPlug()}
    >
      <${Icon} name="plug" />Pull the plug
    </button>
  </section>`;
}

function detailOf({ pid, restarts, state }: WorkerView): string {
  if (state !== 'up') return 'Nothing asked is lost.';
  const times = restarts === 1 ? 'once' : `${restarts} times`;
  const process = pid === null ? '' : `Process ${pid}`;
  return [process, restarts === 0 ? '' : `restarted ${times}`].filter(Boolean).join(', ');
}
