import { Composer } from 'grammy';
import { LATER_TOAST } from '#cards/toast.ts';
import type { NoteCard } from '#domain/card.ts';
import { renderDuration } from '#domain/duration.ts';
import { hasRole } from '#domain/person.ts';
import { readCode } from '#domain/totp-code.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { awaitedCode, forgetCode } from '../presses/awaited-code.ts';
import { decide } from '../presses/gate.ts';
import { showNote } from '../requests/answer.ts';
import { tellPeople } from '../requests/tell-people.ts';
import { withinMoment } from '../within-moment.ts';

/**
 * Codes from the authenticator, in the private chat alone: each is deleted at once, used once, and never kept, logged or
 * passed on. One that is forwarded is somebody else's, and counts for nothing. Must come before all that reads texts.
 */
export function createCodes(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  feature.on('message:text', async (ctx, next) => {
    const code = ctx.ask.chat.isPrivate ? readCode(ctx.message.text) : null;
    if (code === null) return next();
    ctx.isIgnored = true;
    await withinMoment(ctx.deleteMessage());
    return ctx.message.forward_origin ? refuseForwarded(ctx, deps) : takeCode(ctx, code, deps);
  });
  return feature;
}

async function refuseForwarded({ ask }: SocContext, deps: BotDeps): Promise<void> {
  const lines = ['A forwarded code counts for nothing. Type your own. I deleted this one.'];
  return showNote(ask, { kind: 'note', tone: 'error', title: '🔑 Not taken', lines }, deps);
}

async function takeCode(ctx: SocContext, code: string, deps: BotDeps): Promise<void> {
  const { ask, person } = ctx;
  const say = async (tone: NoteCard['tone'], title: string, line: string) =>
    showNote(ask, { kind: 'note', tone, title, lines: [line] }, deps);
  const awaited = await awaitedCode(ask, deps);
  if (!awaited)
    return say(
      'question',
      '🔑 No code is awaited',
      'Approve on the card first; if it waits for a code, go back there. I deleted yours.',
    );
  const verified = await deps.secondFactors.verify({ person: person.name, code, key: ask.requestId, now: deps.now() });
  await recordCode(ctx, awaited.requestId, verified.kind, deps);
  switch (verified.kind) {
    case 'right': {
      const pressId = `code-${ask.requestId}`;
      const toast = await decide(ctx, awaited.verb, { ...awaited, pressId, withCode: true }, deps);
      // Only now: where the engine is away, this message is read again, and the code has to be for something still.
      await forgetCode(ask, deps);
      if (toast === LATER_TOAST) return say('ok', '🔑 The code is right', toast.text);
      return toast?.isAlert ? say('warning', '🔑 The code is right, but', toast.text) : undefined;
    }
    case 'wrong':
      return say('error', '🔑 Wrong code', `${verified.triesLeft} ${verified.triesLeft === 1 ? 'try' : 'tries'} left.`);
    case 'used':
      return say('error', '🔑 Used already', 'Every code counts once. Wait for the next one.');
    case 'not_enrolled':
      return say('error', '🔑 No authenticator', 'You have none here yet. Ask whoever runs SocBot to enrol you.');
    case 'locked': {
      const left = renderDuration(
        Math.max(Math.ceil((Date.parse(verified.until) - Date.parse(deps.now())) / 60_000), 1) * 60_000,
      );
      await alarm(ctx, verified.until, deps);
      return say('error', '🔑 Locked', `Too many wrong codes. Try again in ${left}. All admins are told.`);
    }
  }
}

async function recordCode({ ask, person }: SocContext, request: string, outcome: string, deps: BotDeps): Promise<void> {
  const who = { who: person.name, telegramId: ask.by.telegramId, chat: ask.chat.id, request };
  await deps.audit.append([{ at: deps.now(), ...who, action: 'code', outcome, key: `${ask.requestId}/code` }]);
}

/** Somebody guesses, or somebody else holds the phone. Told once, however many more codes are tried meanwhile. */
async function alarm({ ask, person }: SocContext, until: string, deps: BotDeps): Promise<void> {
  deps.log.warn({ by: person.name, telegramId: ask.by.telegramId }, 'codes locked after wrong ones');
  const lines = [`${person.name} (${ask.by.telegramId}) sent too many wrong codes. Is it them? Ask them by voice.`];
  const card = { kind: 'note', tone: 'warning', title: '🔑 Codes locked', lines } as const;
  await tellPeople(
    { ...ask, requestId: `codes-locked-${ask.by.telegramId}-${Date.parse(until)}` },
    deps.access.people.filter((one) => hasRole(one, 'admin')),
    card,
    deps,
  );
}
