import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PhoneMessage } from '#range/telegram/phone.ts';
import { usePage } from '../context.ts';
import { Icon } from '../icons.ts';
import { messagesOf, telegramNow } from '../reading.ts';
import { EmptyChat } from './empty-chat.ts';
import { Message } from './message.ts';
import { dayTextOf } from './moment.ts';

/** How many messages are drawn at first, and how many more for each request for earlier ones. */
const PAGE_SIZE = 120;

/** Messages of one person within this time stand together. */
const FOLLOW_UP_MS = 300_000;

/** How near the end, in pixels, still counts as reading the end. */
const END_SLACK = 80;

/**
 * The messages of the open chat. One of them takes part in the tab order, with its buttons; arrow keys, Home and End
 * move to the others. New messages are read out; the view follows them unless somebody is reading further
 * up, and always one's own.
 */
export function Log(): VNode {
  const { state } = usePage();
  const messages = messagesOf(state, state.chat);
  const [limit, setLimit] = useState(PAGE_SIZE);
  const [chosen, setChosen] = useState(0);
  const { box, isAtEnd, toEnd } = useFollowedEnd(messages, state.person);
  const shown = messages.slice(-limit);
  const active = shown.some(({ id }) => id === chosen) ? chosen : (shown.at(-1)?.id ?? 0);
  const move = (event: KeyboardEvent): void => {
    const next = neighbourOf(event, box.current);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return html`<div class="log-frame">
    <div class="log" ref=${box} role="log" aria-label="Messages" aria-relevant="additions" onKeyDown=${move}>
      ${
        messages.length > limit &&
        html`<button type="button" class="earlier" onClick=${() => setLimit(limit + PAGE_SIZE)}>
          Earlier messages
        </button>`
      }
      ${shown.length === 0 && html`<${EmptyChat} />`}
      ${shown.map(
        (message, index) =>
          html`<${Row}
            key=${message.id}
            message=${message}
            before=${shown[index - 1]}
            isActive=${message.id === active}
            onFocus=${() => setChosen(message.id)}
          />`,
      )}
    </div>
    ${
      !isAtEnd &&
      html`<button type="button" class="to-end" aria-label="To the newest message" onClick=${toEnd}>
        <${Icon} name="down" />
      </button>`
    }
  </div>`;
}

type RowProps = { message: PhoneMessage; before?: PhoneMessage; isActive: boolean; onFocus: () => void };

function Row({ message, before, isActive, onFocus }: RowProps): VNode {
  const { state } = usePage();
  const day = dayTextOf(Date.parse(message.date), telegramNow(state));
  const hasDay = !before || dayTextOf(Date.parse(before.date), telegramNow(state)) !== day;
  const isFollowUp =
    !hasDay && before?.from.id === message.from.id && Date.parse(message.date) - Date.parse(before.date) < FOLLOW_UP_MS;
  return html`${hasDay && html`<p class="day"><span>${day}</span></p>`}
    <div class="row" onFocusCapture=${onFocus}>
      <${Message} message=${message} isActive=${isActive} isFollowUp=${isFollowUp} />
    </div>`;
}

/** The message that a key leads to from the one that has the focus; null for other keys and places. */
function neighbourOf(event: KeyboardEvent, box: HTMLElement | null): HTMLElement | null {
  const current = document.activeElement;
  const articles = [...(box?.querySelectorAll<HTMLElement>('article.message') ?? [])];
  const index = articles.findIndex((article) => article === current);
  if (index < 0) return null;
  const targets: Record<string, number> = {
    ArrowUp: index - 1,
    ArrowDown: index + 1,
    Home: 0,
    End: articles.length - 1,
  };
  const target = targets[event.key];
  return target === undefined ? null : (articles[target] ?? null);
}

type FollowedEnd = { box: { current: HTMLDivElement | null }; isAtEnd: boolean; toEnd: () => void };

function useFollowedEnd(messages: readonly PhoneMessage[], person: number): FollowedEnd {
  const box = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const toEnd = (): void => box.current?.scrollTo({ top: box.current.scrollHeight });
  const newestOwn = messages.findLast(({ from }) => from.id === person)?.id ?? 0;
  const seenOwn = useRef(newestOwn);
  useLayoutEffect(() => {
    if (isAtEnd || newestOwn > seenOwn.current) toEnd();
    seenOwn.current = newestOwn;
  }, [messages]);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = (): void => setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < END_SLACK);
    const observer = new ResizeObserver(() => toEnd());
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  return { box, isAtEnd, toEnd };
}
