import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { Icon } from '../icons.ts';

/** Hues that stay apart from each other and from red, which means danger here. */
const HUES = [28, 152, 262, 330, 200, 90];

/** A round picture: the first letter in the person's own colour, or the sign of the bot or of a group. */
export function Avatar({ id, name, kind = 'person' }: { id: number; name: string; kind?: string }): VNode {
  if (kind !== 'person') {
    const icon = kind === 'bot' ? 'shield' : 'group';
    return html`<span class="avatar avatar-${kind}" aria-hidden="true"><${Icon} name=${icon} /></span>`;
  }
  return html`<span class="avatar hue-${hueOf(id)}" aria-hidden="true">${initialOf(name)}</span>`;
}

/** The first letter or sign of a name, whole even where it takes several code units. */
export function initialOf(name: string): string {
  return new Intl.Segmenter().segment(name)[Symbol.iterator]().next().value?.segment ?? '?';
}

/** Which of the page's hues a person has. */
export function hueOf(id: number): number {
  return HUES[Math.abs(id) % HUES.length] ?? 200;
}
