import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { usePage } from '../context.ts';
import { Avatar } from '../people/avatar.ts';
import { chatsOf, personOf } from '../reading.ts';
import { seatOf } from '../state.ts';
import { Toasts } from '../toasts.ts';
import { Composer } from './composer.ts';
import { Log } from './log.ts';

/** The phone: the open chat of whoever holds it. Files dropped anywhere on it are sent. */
export function Conversation(): VNode {
  const { state, actions } = usePage();
  const [isDropping, setDropping] = useState(false);
  const { name } = personOf(state, state.person);
  const seat = seatOf(state.person, state.chat);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    void actions.upload([...(event.dataTransfer?.files ?? [])]);
  };
  const drag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    setDropping(true);
  };
  return html`<main
    class="phone"
    aria-label="${name}’s phone"
    onDragOver=${drag}
    onDragLeave=${() => setDropping(false)}
    onDrop=${drop}
  >
    <${Head} />
    <${Banner} />
    <div class="toast-place">${!state.isSheetOpen && html`<${Toasts} />`}</div>
    <${Log} key=${seat} />
    <${Composer} key=${`box ${seat}`} />
    ${isDropping && html`<div class="drop-hint" aria-hidden="true">Drop to send as ${name}</div>`}
  </main>`;
}

function Head(): VNode {
  const { state } = usePage();
  const chat = chatsOf(state, state.person).find(({ id }) => id === state.chat);
  const isGroup = chat !== undefined && chat.type !== 'private';
  const { name } = personOf(state, state.person);
  const isTyping = state.typing.includes(state.chat);
  return html`<div class="phone-head">
    <${Avatar} id=${state.chat} name=${chat?.title ?? ''} kind=${isGroup ? 'group' : 'bot'} />
    <div class="entry-text">
      <h2>${chat?.title ?? 'SocBot'}</h2>
      <small>${isTyping ? `${state.bot.name} is busy…` : isGroup ? membersTextOf(chat.members.length) : 'bot'}</small>
    </div>
    <span class="holder">as <b>${name}</b></span>
  </div>`;
}

function membersTextOf(people: number): string {
  return `${people} people and the bot`;
}

/** What everybody should know at once: the range is gone, or the worker is. */
function Banner(): VNode | null {
  const { state } = usePage();
  if (state.connection === 'lost') {
    return html`<p class="banner is-bad" role="alert">
      The range does not answer. The page goes on by itself when it is back.
    </p>`;
  }
  const worker = state.range?.worker.state ?? 'up';
  if (worker === 'up') return null;
  return html`<p class="banner" role="status">
    <span class="worker-dot is-${worker}"></span>
    ${worker === 'down' ? 'The worker is dead. What was asked is kept.' : 'The worker is starting and picks up where it was.'}
  </p>`;
}
