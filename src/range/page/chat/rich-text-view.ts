import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useNow, usePage } from '../context.ts';
import { dateTimeTextOf, fullTextOf, relativeTextOf } from './moment.ts';
import type { RichPiece, TextEntity } from './rich-text.ts';
import { foundAddressOf, safeAddressOf } from './safe-address.ts';

/** A message's text with its entities. Every character of it becomes text, whatever it says. */
export function RichText({ pieces }: { pieces: readonly RichPiece[] }): VNode {
  return html`${pieces.map((piece, index) =>
    typeof piece === 'string' ? piece : html`<${Piece} key=${index} entity=${piece.entity} pieces=${piece.pieces} />`,
  )}`;
}

type PieceProps = { entity: TextEntity; pieces: readonly RichPiece[] };

function Piece({ entity, pieces }: PieceProps): VNode {
  const inner = html`<${RichText} pieces=${pieces} />`;
  switch (entity.type) {
    case 'bold':
      return html`<strong>${inner}</strong>`;
    case 'italic':
      return html`<em>${inner}</em>`;
    case 'underline':
      return html`<u>${inner}</u>`;
    case 'strikethrough':
      return html`<s>${inner}</s>`;
    case 'spoiler':
      return html`<${Spoiler}>${inner}<//>`;
    case 'code':
      return html`<${Code} text=${plainTextOf(pieces)} />`;
    case 'pre':
      return html`<pre tabindex="0"><code>${inner}</code></pre>`;
    case 'blockquote':
      return html`<blockquote>${inner}</blockquote>`;
    case 'expandable_blockquote':
      return html`<${Expandable}>${inner}<//>`;
    case 'date_time':
      return html`<${Moment} entity=${entity} text=${plainTextOf(pieces)} />`;
    case 'bot_command':
      return html`<${Command} text=${plainTextOf(pieces)} />`;
    default:
      return html`<${Link} entity=${entity} pieces=${pieces} />`;
  }
}

/** Links open elsewhere and tell nobody where from; what else a phone makes tappable looks tappable. */
function Link({ entity, pieces }: PieceProps): VNode {
  const text = plainTextOf(pieces);
  const address = addressOf(entity, text);
  const inner = html`<${RichText} pieces=${pieces} />`;
  if (address === null) return html`<span class="tappable">${inner}</span>`;
  return html`<a href=${address} target="_blank" rel="noopener noreferrer">${inner}</a>`;
}

function addressOf(entity: TextEntity, text: string): string | null {
  if (entity.type === 'text_link') return safeAddressOf(entity.url);
  if (entity.type === 'url') return foundAddressOf(text);
  return entity.type === 'email' ? safeAddressOf(`mailto:${text}`) : null;
}

/** A tap copies, as on a phone; by keyboard the message's menu does. */
function Code({ text }: { text: string }): VNode {
  const { actions } = usePage();
  return html`<code title="Tap to copy" onClick=${() => void actions.copy(text)}>${text}</code>`;
}

function Command({ text }: { text: string }): VNode {
  const { actions } = usePage();
  return html`<button type="button" class="command" onClick=${() => void actions.sendNow(text)}>${text}</button>`;
}

function Moment({ entity, text }: { entity: TextEntity; text: string }): VNode {
  const { state } = usePage();
  const now = useNow(10_000) + state.clockAheadMs;
  const momentMs = (entity.unix_time ?? Number.NaN) * 1000;
  if (!(Math.abs(momentMs) < 8.64e15)) return html`${text}`;
  const isRelative = /^r$/i.test(entity.date_time_format ?? '');
  const hint = `${fullTextOf(momentMs)}${isRelative ? '' : `, ${relativeTextOf(momentMs, now)}`}`;
  return html`<time class="moment" datetime=${new Date(momentMs).toISOString()} title=${hint}>
    ${dateTimeTextOf(momentMs, entity.date_time_format ?? '', now) ?? text}
  </time>`;
}

function Spoiler({ children }: { children: ComponentChildren }): VNode {
  const [isShown, setShown] = useState(false);
  if (isShown) return html`<span class="spoiler is-shown">${children}</span>`;
  return html`<button type="button" class="spoiler" aria-label="Hidden text, show it" onClick=${() => setShown(true)}>
    <span aria-hidden="true">${children}</span>
  </button>`;
}

function Expandable({ children }: { children: ComponentChildren }): VNode {
  const [isOpen, setOpen] = useState(false);
  return html`<blockquote class=${isOpen ? 'expandable is-open' : 'expandable'}>
    <div>${children}</div>
    <button type="button" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>
      ${isOpen ? 'Show less' : 'Show more'}
    </button>
  </blockquote>`;
}

function plainTextOf(pieces: readonly RichPiece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : plainTextOf(piece.pieces))).join('');
}
