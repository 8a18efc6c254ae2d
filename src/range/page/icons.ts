import { html } from 'htm/preact';
import type { VNode } from 'preact';

/** Strokes on a 24 by 24 grid. */
const STROKES = {
  send: 'M5 12 4 4.6a.6.6 0 0 1 .9-.6l15.4 7.5a.6.6 0 0 1 0 1L4.9 20a.6.6 0 0 1-.9-.6L5 12Zm0 0h7',
  attach: 'm20 11-8.2 8.2a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8l-8.2 8.1a1.7 1.7 0 0 1-2.4-2.4L14.6 7',
  slash:
    'M9.5 18 14.5 6M5 3.5h14A1.5 1.5 0 0 1 20.5 5v14a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 19V5A1.5 1.5 0 0 1 5 3.5Z',
  reply: 'M10 6 4.5 11.5 10 17v-3.5c5 0 8 1.5 9.5 4.5 0-6-3.5-9-9.5-9V6Z',
  close: 'M6 6l12 12M18 6 6 18',
  edit: 'M4.5 19.5l1-4.5L16 4.5a1.8 1.8 0 0 1 2.6 0l.9.9a1.8 1.8 0 0 1 0 2.6L9 18.5l-4.5 1Z',
  copy: 'M9 9h9.5A1.5 1.5 0 0 1 20 10.5V19a1.5 1.5 0 0 1-1.5 1.5H10A1.5 1.5 0 0 1 8.5 19V10M15 8.5V5A1.5 1.5 0 0 0 13.5 3.5H5A1.5 1.5 0 0 0 3.5 5v8.5A1.5 1.5 0 0 0 5 15h3',
  out: 'M13.5 5H19v5.5M18.5 5.5 11 13M17 14v3.5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 5 17.5v-9A1.5 1.5 0 0 1 6.5 7H10',
  silent: 'M6.5 16.5V11a5.5 5.5 0 0 1 9-4.2M17.5 11v5.5H7M10.5 19.5h3M4 4l16 16',
  file: 'M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5l-5-5ZM13.5 3.5v5h5',
  plug: 'M9 3.5V8M15 3.5V8M6.5 8h11v3a5.5 5.5 0 0 1-11 0V8ZM12 16.5v4',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  bang: 'M12 6v7.5M12 17.5v.1',
  wait: 'M12 7v5l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  down: 'm6.5 10 5.5 5.5 5.5-5.5',
  layers: 'm12 4 8.5 4.5L12 13 3.5 8.5 12 4ZM4 12.5l8 4.3 8-4.3M4 16.5l8 4.3 8-4.3',
  group:
    'M9 11.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM3 19.5c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M15.5 5.5a3 3 0 0 1 0 5.8M17.5 14.5c2 .7 3.5 2.5 3.5 5',
  spark: 'M12 3.5l1.9 5.6 5.6 1.9-5.6 1.9L12 18.5l-1.9-5.6L4.5 11l5.6-1.9L12 3.5ZM19 17v4M17 19h4',
  shield: 'M12 3.5 5 6v5.5c0 4.3 2.9 7.3 7 9 4.1-1.7 7-4.7 7-9V6l-7-2.5Zm-3 8.3 2.2 2.2 4-4.2',
} as const;

/** The drawings the page has. */
export type IconName = keyof typeof STROKES;

/** A drawing in the colour of the text around it; decoration only, so it is hidden from screen readers. */
export function Icon({ name }: { name: IconName }): VNode {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d=${STROKES[name]} />
  </svg>`;
}
