import type { ContainmentCard } from '#domain/card.ts';
import { digestOf, planMarkOf } from '#domain/containment.ts';
import type { Review } from '#domain/gate.ts';
import { refOf } from '#domain/ids.ts';
import { changedPlan, narrowerThan } from '#domain/plan-change.ts';
import { DENY_REASONS } from '#domain/press.ts';
import { type Button, endedButton, pressButton } from './button.ts';
import { effectLine, freezeLine, hitLines, narrowedLine, stakesLines, targetLines } from './containment-lines.ts';
import { subjectOf } from './containment-words.ts';
import { titleOf } from './system-titles.ts';
import { bold, code, lasting, line, lines, type Rendered } from './text.ts';

/** The page that a person's own card shows; null where it shows the request itself. */
export function pageOf({ state, person }: ContainmentCard): Review | null {
  if (state.phase !== 'awaiting_approval') return null;
  return Object.hasOwn(state.reviews, person) ? (state.reviews[person] ?? null) : null;
}

const BACK = pressButton('↩ Back', 'back');

/** The reasons for a no, the one without a reason last. */
const DENIALS = [
  ...DENY_REASONS.slice(1).map((why, at) => pressButton(`🚫 ${capital(why)}`, 'deny', { arg: at + 1 })),
  pressButton('🚫 No reason', 'deny', { arg: 0 }),
];

/**
 * A page of the decision: the second look, a narrower scope, why not, the code. Each says all that it would count for. A
 * phone keeps the lowest row of buttons in its place: what decides never stands in the row, counted from below, of the
 * button that led there, so that a second tap by mistake decides nothing.
 */
export function renderPage({ state, person, ask }: ContainmentCard, { page, choice }: Review): Rendered {
  const plan = changedPlan(state.asked, choice) ?? state.plan;
  const isAlone = person === state.requester;
  const verb = plan.action;
  const head = (words: string) => line(bold(`${words}  ${verb} `), subjectOf({ plan }));
  const foot = line(`Asked by ${state.requester} · #${refOf(ask.requestId)} · digest `, code(digestOf(plan)));
  const about = [...targetLines({ plan }), effectLine(plan), narrowedLine(state, choice)];
  const rendered = (text: Rendered['text'], rows: readonly (readonly Button[])[]): Rendered => ({
    text,
    rows,
    request: ask.requestId,
    rev: state.rev,
  });
  switch (page) {
    case 'confirm':
      return rendered(
        lines(
          head(isAlone ? '🚨 ALONE?' : '⚠ CONFIRM'),
          ...about,
          ...stakesLines(state, choice),
          ...hitLines(state.impact),
          isAlone ? 'No second person looks at it. It takes your code, and every admin is told.' : null,
          freezeLine(state),
          foot,
        ),
        [
          [BACK],
          [
            pressButton(isAlone ? `🚨 Yes, ${verb} alone` : `⛔ Yes, ${verb}`, isAlone ? 'emergency' : 'approve', {
              style: 'danger',
              arg: choice,
              shows: planMarkOf(plan),
            }),
          ],
        ],
      );
    case 'code':
      return rendered(
        lines(
          head('🔑 YOUR CODE'),
          ...about,
          'Send me the six digits of your authenticator here, in our private chat. I delete them at once.',
          foot,
        ),
        [[BACK], [endedButton('🔑 Waiting for your code')]],
      );
    case 'choose':
      return rendered(
        lines(head('✏ LESS OF'), ...about, 'What would you approve? You see it again before it counts.', foot),
        [...rowsOf(narrowerThan(state.asked, choice).map(choiceButton), 3), [BACK]],
      );
    case 'refuse':
      return rendered(lines(head('🚫 DENY?'), ...about, 'One no ends it. Why?', foot), [...rowsOf(DENIALS, 2), [BACK]]);
  }
}

function choiceButton({ choice, durationMs, system }: ReturnType<typeof narrowerThan>[number]): Button {
  const label = durationMs === undefined ? `Only ${titleOf(system ?? '')}` : lasting(durationMs);
  return pressButton(label, 'change', { arg: choice });
}

function rowsOf(buttons: readonly Button[], width: number): (readonly Button[])[] {
  return Array.from({ length: Math.ceil(buttons.length / width) }, (_, at) =>
    buttons.slice(at * width, at * width + width),
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
