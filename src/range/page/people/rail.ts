import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { PhoneChat, PhonePerson } from '#range/telegram/phone.ts';
import { usePage } from '../context.ts';
import { Icon } from '../icons.ts';
import { chatsOf, messagesOf, personOf, roleOf, unreadByPerson, unreadOf } from '../reading.ts';
import { Avatar } from './avatar.ts';

/** Who holds the phone, and the chats on it. A column on a desk, two bars at the top of a phone. */
export function Rail(): VNode {
  const { state } = usePage();
  const { name } = personOf(state, state.person);
  return html`<header class="rail">
    <div class="brand">
      <span class="avatar avatar-bot" aria-hidden="true"><${Icon} name="shield" /></span>
      <div>
        <h1>SocBot</h1>
        <p>Training range: everything is simulated</p>
      </div>
    </div>
    <nav class="people" aria-labelledby="people-title">
      <h2 id="people-title">Who holds the phone</h2>
      <ul>
        ${state.people.map((person) => html`<${PersonButton} key=${person.id} person=${person} />`)}
      </ul>
    </nav>
    <nav class="chats" aria-labelledby="chats-title">
      <h2 id="chats-title">On ${name}’s phone</h2>
      <ul>
        ${chatsOf(state, state.person).map((chat) => html`<${ChatButton} key=${chat.id} chat=${chat} />`)}
      </ul>
    </nav>
    <${SheetButton} />
  </header>`;
}

function PersonButton({ person }: { person: PhonePerson }): VNode {
  const { state, actions } = usePage();
  const unread = unreadByPerson(state, person.id);
  return html`<li>
    <button
      type="button"
      class="entry"
      aria-current=${person.id === state.person ? 'true' : undefined}
      onClick=${() => actions.choosePerson(person.id)}
    >
      <${Avatar} id=${person.id} name=${person.name} />
      <span class="entry-text"><b>${person.name}</b><small>${roleOf(state, person)}</small></span>
      <${Unread} count=${unread} />
    </button>
  </li>`;
}

function ChatButton({ chat }: { chat: PhoneChat }): VNode {
  const { state, actions } = usePage();
  const last = messagesOf(state, chat.id).at(-1);
  const preview = last ? last.text || last.document?.name || last.photo?.name || '' : 'Nothing said yet';
  const kind = chat.type === 'private' ? 'bot' : 'group';
  return html`<li>
    <button
      type="button"
      class="entry"
      aria-current=${chat.id === state.chat ? 'true' : undefined}
      onClick=${() => actions.chooseChat(chat.id)}
    >
      <${Avatar} id=${chat.id} name=${chat.title} kind=${kind} />
      <span class="entry-text"
        ><b>${chat.title}</b><small><bdi>${preview.slice(0, 80)}</bdi></small></span
      >
      <${Unread} count=${unreadOf(state, state.person, chat.id)} />
    </button>
  </li>`;
}

function Unread({ count }: { count: number }): VNode | null {
  if (count === 0) return null;
  return html`<span class="unread">${count > 99 ? '99+' : count}<span class="visually-hidden"> unread</span></span>`;
}

function SheetButton(): VNode {
  const { state, actions } = usePage();
  const open = (state.range?.requests ?? []).filter((one) => one.state === 'running' || one.state === 'waiting').length;
  const worker = state.range?.worker.state ?? 'up';
  return html`<button type="button" class="sheet-button" aria-haspopup="dialog" onClick=${() => actions.setSheet(true)}>
    <span class="worker-dot is-${worker}"></span>
    <${Icon} name="layers" />
    <span class="visually-hidden">Behind the scenes: ${open} open requests, the worker is ${worker}</span>
    ${open > 0 && html`<span class="unread" aria-hidden="true">${open}</span>`}
  </button>`;
}
