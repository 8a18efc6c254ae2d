import type { ContainmentCard } from '#domain/card.ts';
import type { ContainmentState } from '#domain/containment-state.ts';
import { digestOf } from '#domain/containment.ts';
import type { Review } from '#domain/gate.ts';
import { refOf } from '#domain/ids.ts';
import { changedPlan, narrowerThan } from '#domain/plan-change.ts';
import { DENY_REASONS } from '#domain/press.ts';
import { type Button, pressButton } from './button.ts';
import { effectLine, freezeLine, stakesLines, targetLines } from './containment-lines.ts';
import { subjectOf } from './containment-words.ts';
import { titleOf } from './system-titles.ts';
import { bold, code, lasting, line, lines, type Rendered } from './text.ts';

/** The page that a person's own card shows; null where it shows the request itself. */
export function pageOf({ state, person }: ContainmentCard): Review | null {
  if (state.phase !== 'awaiting_approval') return null;
  return Object.hasOwn(state.reviews, person) ? (state.reviews[person] ?? null) : null;
}

const BACK = pressButton('↩ Back', 'back');

/** A page of the decision: the second look, a narrower scope, why not, the code. Each says all that it would count for. */
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
          ...stakesLines(state),
          isAlone ? 'No second person looks at it. Every admin is told.' : null,
          freezeLine(state),
          foot,
        ),
        [
          [
            pressButton(isAlone ? `🚨 Yes, ${verb} alone` : `⛔ Yes, ${verb}`, isAlone ? 'emergency' : 'approve', {
              style: 'danger',
              arg: choice,
            }),
          ],
          [BACK],
        ],
      );
    case 'code':
      return rendered(
        lines(
          head('🔑 YOUR CODE'),
          ...about,
          'Send the six digits of your authenticator as a message in our private chat. I delete them at once.',
          foot,
        ),
        [[BACK]],
      );
    case 'choose':
      return rendered(
        lines(head('✏ LESS OF'), ...about, 'Choose what you would approve. You see it again before it counts.', foot),
        [...rowsOf(narrowerThan(state.asked, choice).map(choiceButton)), [BACK]],
      );
    case 'refuse':
      return rendered(lines(head('🚫 DENY?'), ...about, 'One no ends it. Why?', foot), [
        ...rowsOf(DENY_REASONS.slice(1).map((why, at) => pressButton(`🚫 ${capital(why)}`, 'deny', { arg: at + 1 }))),
        [pressButton('🚫 Without a reason', 'deny', { arg: 0 }), BACK],
      ]);
  }
}

/** What is left out, where less is approved than was asked. */
function narrowedLine({ asked }: ContainmentState, choice: number) {
  return choice === 0 ? null : line('Less than asked: ', effectLine(asked, true));
}

function choiceButton({ choice, durationMs, system }: ReturnType<typeof narrowerThan>[number]): Button {
  const label = durationMs === undefined ? `Only ${titleOf(system ?? '')}` : lasting(durationMs);
  return pressButton(label, 'change', { arg: choice });
}

function rowsOf(buttons: readonly Button[]): (readonly Button[])[] {
  return Array.from({ length: Math.ceil(buttons.length / 3) }, (_, at) => buttons.slice(at * 3, at * 3 + 3));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
