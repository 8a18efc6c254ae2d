import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { OpenRequest, RequestStep } from '#range/view.ts';
import { relativeTextOf, spanTextOf } from '../chat/moment.ts';
import { useNow, usePage } from '../context.ts';
import { Icon } from '../icons.ts';
import type { IconName } from '../icons.ts';
import { Panel } from './panel.ts';

/** The open requests, step by step, as the engine remembers them. */
export function Requests(): VNode | null {
  const { state } = usePage();
  if (!state.range) return null;
  const { requests, temporalUi } = state.range;
  const link = html`<a href=${temporalUi} target="_blank" rel="noopener">Temporal UI<${Icon} name="out" /></a>`;
  return html`<${Panel} id="requests" title="Open requests" hint=${link}>
    ${
      requests.length === 0 &&
      html`<p class="nothing">
        Nothing is open. Ask something in the chat and watch every step of it here, even while the worker is dead.
      </p>`
    }
    ${requests.map(
      (request, index) => html`<${Request} key=${request.id} request=${request} isFolded=${index >= MOST_UNFOLDED} />`,
    )}
  <//>`;
}

const STATE_TEXTS: Readonly<Record<OpenRequest['state'], string>> = {
  running: 'running',
  waiting: 'waiting',
  done: 'done',
  failed: 'failed',
};

/** Of many requests only the newest show their steps by themselves, or else nothing below them is found. */
const MOST_UNFOLDED = 2;

function Request({ request, isFolded }: { request: OpenRequest; isFolded: boolean }): VNode {
  const now = useNow(1000);
  const { ref, title, by, startedAt, state, steps, temporalUrl } = request;
  return html`<article class=${`request is-${state}`} aria-label=${`${ref} ${title}`}>
    <header>
      <h3><code>${ref}</code> ${title}</h3>
      <span class=${`badge is-${state}`}>${STATE_TEXTS[state]}</span>
    </header>
    <p class="request-by">
      ${by}, ${relativeTextOf(Date.parse(startedAt), now)}
      <a href=${temporalUrl} target="_blank" rel="noopener" aria-label=${`In Temporal: ${ref}`}>
        In Temporal<${Icon} name="out" />
      </a>
    </p>
    ${
      isFolded
        ? html`<details>
            <summary>${steps.length === 1 ? '1 step' : `${steps.length} steps`}</summary>
            <${Steps} steps=${steps} now=${now} />
          </details>`
        : html`<${Steps} steps=${steps} now=${now} />`
    }
  </article>`;
}

function Steps({ steps, now }: { steps: OpenRequest['steps']; now: number }): VNode {
  return html`<ol class="steps">
    ${steps.map((step, index) => html`<${Step} key=${index} step=${step} now=${now} />`)}
  </ol>`;
}

const STEP_ICONS: Readonly<Record<RequestStep['state'], IconName>> = {
  done: 'check',
  running: 'wait',
  waiting: 'wait',
  failed: 'bang',
};

function Step({ step, now }: { step: RequestStep; now: number }): VNode {
  return html`<li class=${`step is-${step.state}`}>
    <span class="step-mark"><${Icon} name=${STEP_ICONS[step.state]} /></span>
    <span class="step-text">
      <span class="visually-hidden">${step.state}: </span>${step.text}
      ${step.detail && html`<small>${step.detail}</small>`}
    </span>
    <span class="step-time">${timeTextOf(step, now)}</span>
  </li>`;
}

function timeTextOf({ startedAt, endedAt }: RequestStep, now: number): string {
  if (startedAt === undefined) return '';
  const start = Date.parse(startedAt);
  return spanTextOf((endedAt === undefined ? Math.max(now, start) : Date.parse(endedAt)) - start);
}
