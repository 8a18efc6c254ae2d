import type { RequestsCard, StatusCard } from '#domain/card.ts';
import { visibleText } from '#domain/visible-text.ts';
import { type Button, pressButton } from './button.ts';
import { bold, code, line, lines, outside, type Rendered, when } from './text.ts';

const GRAVEST_FIRST = ['down', 'degraded', 'ok', 'unknown'] as const;
const LIGHTS = { ok: '🟢', unknown: '⚪', degraded: '🟠', down: '🔴' };

/** How SocBot and what it depends on are doing; the worst of it first. */
export function renderStatus(card: StatusCard): Rendered {
  const isDown = card.lines.some((one) => one.state === 'down');
  const isDegraded = card.lines.some((one) => one.state === 'degraded');
  const headline = isDown
    ? '🔴 SocBot has trouble'
    : isDegraded
      ? '🟠 SocBot is up, not all of it'
      : '🟢 SocBot is fine';
  return {
    text: lines(
      bold(headline),
      ...card.lines
        .toSorted(byGravity)
        .map(({ state, what, detail }) => line(`${LIGHTS[state]} ${what} · `, outside(detail, 120))),
      line('as of ', when(card.at)),
    ),
    rows: [],
    request: null,
    rev: 0,
  };
}

function byGravity(a: StatusCard['lines'][number], b: StatusCard['lines'][number]): number {
  return GRAVEST_FIRST.indexOf(a.state) - GRAVEST_FIRST.indexOf(b.state);
}

const MOST_LISTED = 10;

/** Requests in a list: what, where it stands, who asked. */
export function renderRequests(card: RequestsCard): Rendered {
  const shown = card.requests.slice(0, MOST_LISTED);
  const nothing = card.title === 'pending' ? 'Nothing waits for a decision.' : 'There is no such request any more.';
  return {
    text: lines(
      bold(card.title === 'pending' ? `⏳ PENDING (${card.requests.length})` : '🧾 REQUEST'),
      shown.length === 0 ? nothing : null,
      ...shown.map(({ ref, title, phase, by, startedAt }, at) =>
        line(
          card.title === 'pending' ? `${at + 1} ` : '',
          `#${ref} `,
          code(visibleText(title, 90)),
          ` · ${phase.replaceAll('_', ' ')} · ${by} · `,
          when(startedAt),
        ),
      ),
      card.requests.length > shown.length ? `… and ${card.requests.length - shown.length} more` : null,
    ),
    rows: card.title === 'pending' ? openButtons(shown) : [],
    request: null,
    rev: 0,
  };
}

/** Each brings its card to the end of the presser's own chat, where it can be decided. */
function openButtons(shown: RequestsCard['requests']): readonly (readonly Button[])[] {
  const buttons = shown.flatMap(({ id, phase }, at) =>
    phase === 'awaiting_approval' ? [pressButton(`${at + 1}`, 'open', { request: id })] : [],
  );
  return [buttons.slice(0, 5), buttons.slice(5)].filter((row) => row.length > 0);
}
