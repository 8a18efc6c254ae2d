import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { PhoneMessage } from '#range/telegram/phone.ts';
import { usePage } from '../context.ts';
import { Icon } from '../icons.ts';
import { Avatar, hueOf } from '../people/avatar.ts';
import { messagesOf, personOf } from '../reading.ts';
import { placeOf } from '../state.ts';
import { Attachment } from './attachment.ts';
import { Buttons } from './buttons.ts';
import { useKeptFocus } from './kept-focus.ts';
import { useMenuGestures } from './menu-gestures.ts';
import { MessageMenu } from './message-menu.ts';
import { clockTextOf } from './moment.ts';
import { RichText } from './rich-text-view.ts';
import { toRichPieces } from './rich-text.ts';

type MessageProps = { message: PhoneMessage; isActive: boolean; isFollowUp: boolean };

/** One message with its buttons. A right click, a long press or its own button opens what can be done with it. */
export function Message({ message, isActive, isFollowUp }: MessageProps): VNode {
  const { state } = usePage();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const gestures = useMenuGestures(() => setMenuOpen(true));
  const keptFocus = useKeptFocus();
  const isMine = message.from.id === state.person;
  const isGroup = state.chat < 0;
  const sender = personOf(state, message.from.id);
  if (message.service) return html`<p class="day"><span>${message.service}</span></p>`;
  const classes = ['message', isMine ? 'is-mine' : '', isFollowUp ? 'is-follow-up' : ''].join(' ');
  return html`<article
    class=${classes}
    tabindex=${isActive ? 0 : -1}
    aria-label=${labelOf(message, isMine)}
    ...${gestures}
    ...${keptFocus}
  >
    ${isGroup && !isMine && html`<${Avatar} id=${sender.id} name=${sender.name} kind=${sender.id === state.bot.id ? 'bot' : 'person'} />`}
    <div class="message-column">
      <${Bubble} message=${message} hasName=${isGroup && !isMine && !isFollowUp} />
      <${Buttons} message=${message} isReachable=${isActive} />
    </div>
    <button
      type="button"
      class="menu-button"
      tabindex=${isActive ? 0 : -1}
      aria-label="Actions for this message"
      aria-haspopup="menu"
      aria-expanded=${isMenuOpen}
      onClick=${() => setMenuOpen(!isMenuOpen)}
    >
      <${Icon} name="more" />
    </button>
    ${isMenuOpen && html`<${MessageMenu} message=${message} isMine=${isMine} onClose=${() => setMenuOpen(false)} />`}
  </article>`;
}

function Bubble({ message, hasName }: { message: PhoneMessage; hasName: boolean }): VNode {
  const { state } = usePage();
  const edits = state.edits[placeOf(state.chat, message.id)] ?? 0;
  const pieces = useMemo(() => toRichPieces(message.text, [...message.entities, ...message.autoEntities]), [message]);
  const hasFoot = message.text === '' || message.reactions.length > 0;
  return html`<div class="bubble">
    ${edits > 0 && html`<span class="flash" key=${edits} aria-hidden="true"></span>`}
    ${hasName && html`<b class="sender hue-${hueOf(message.from.id)}">${message.from.name}</b>`}
    ${message.forwardedFrom && html`<p class="forwarded">Forwarded from <b>${message.forwardedFrom}</b></p>`}
    ${message.replyTo !== null && html`<${Quote} id=${message.replyTo} />`}
    <${Attachment} message=${message} />
    ${message.text !== '' && html`<div class="text" dir="auto"><${RichText} pieces=${pieces} />${!hasFoot && html`<${Stamp} message=${message} />`}</div>`}
    ${message.preview && html`<p class="preview">Telegram fetches and shows <bdi>${message.preview}</bdi></p>`}
    ${hasFoot && html`<${Foot} message=${message} />`}
  </div>`;
}

function Quote({ id }: { id: number }): VNode {
  const { state } = usePage();
  const target = messagesOf(state, state.chat).find((message) => message.id === id);
  return html`<blockquote class="quote">
    <b>${target?.from.name ?? 'Deleted message'}</b>
    <span>${target ? target.text.slice(0, 120) || target.document?.name || 'Photo' : ''}</span>
  </blockquote>`;
}

function Foot({ message }: { message: PhoneMessage }): VNode {
  return html`<div class="foot">
    ${message.reactions.map(
      ({ emoji }) =>
        html`<span class="reaction" key=${emoji}> <span class="visually-hidden">Reaction </span>${emoji} </span>`,
    )}
    <${Stamp} message=${message} />
  </div>`;
}

/** When a message was sent, and what a phone says of it beside that. */
function Stamp({ message: { date, editDate, silent, pinned } }: { message: PhoneMessage }): VNode {
  return html`<span class="stamp">
    ${pinned && html`<span>pinned</span>`}
    ${silent && html`<${Icon} name="silent" /><span class="visually-hidden">sent without sound, </span>`}
    ${editDate !== null && html`<span>edited</span>`}
    <time datetime=${date}>${clockTextOf(Date.parse(date))}</time>
  </span>`;
}

function labelOf(message: PhoneMessage, isMine: boolean): string {
  const buttons = message.keyboard.flat().length;
  const words = [isMine ? 'You' : message.from.name, clockTextOf(Date.parse(message.date))];
  if (message.editDate !== null) words.push('edited');
  if (buttons > 0) words.push(buttons === 1 ? '1 button' : `${buttons} buttons`);
  return words.join(', ');
}
