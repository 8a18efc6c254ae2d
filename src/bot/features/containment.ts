import { Composer } from 'grammy';
import type { ContainmentAction } from '#domain/containment.ts';
import { parseDuration } from '#domain/duration.ts';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { argumentOf, takeMarkings } from '../arguments.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { showNote, showObjection } from '../requests/answer.ts';
import { requestContainment } from '../requests/containment.ts';
import { needsRole } from '../rights.ts';

/** `/block`, `/unblock` and `/blocked`. They ask; they never act. */
export function createContainmentFeature(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  feature.command('block', needsRole('analyst', deps), async (ctx) =>
    askFor('block', ctx, argumentOf(ctx.message, ctx.match), deps),
  );
  feature.command('unblock', needsRole('analyst', deps), async (ctx) =>
    askFor('unblock', ctx, argumentOf(ctx.message, ctx.match), deps),
  );
  feature.command('blocked', async (ctx) => {
    const query = ctx.match.trim() || null;
    await deps.desk.startAnswer({ ask: ctx.ask, read: { what: 'held', query } }, 'List what is blocked');
  });
  return feature;
}

async function askFor(action: ContainmentAction, ctx: SocContext, text: string, deps: BotDeps): Promise<void> {
  const { ask } = ctx;
  const { markings, rest } = takeMarkings(text, deps.settings.markings);
  const [first = '', ...words] = rest.split(' ');
  if (first === '') {
    const lines = [
      `Write the address after the command. Example: /${action} 203.0.113.66${action === 'block' ? ' 24h C2 traffic' : ''}`,
    ];
    return showNote(
      ask,
      { kind: 'note', tone: 'question', title: `${action === 'block' ? 'Block' : 'Unblock'} what?`, lines },
      deps,
    );
  }
  const parsed = parseObservable(first);
  if (!isUnderstood(parsed)) return showObjection(ask, { text: first, markings, objected: parsed }, deps);
  const [second = '', ...others] = words;
  const durationMs = action === 'block' ? parseDuration(second) : null;
  const reason = (durationMs === null ? words : others).join(' ').slice(0, 300);
  const wish = { action, target: parsed.observable, markings };
  const details = { ...(durationMs === null ? {} : { durationMs }), ...(reason === '' ? {} : { reason }) };
  return requestContainment(ask, { ...wish, ...details }, deps);
}
