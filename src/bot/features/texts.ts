import { closest } from 'fastest-levenshtein';
import { Composer } from 'grammy';
import { COMMANDS } from '#domain/commands.ts';
import { hasRole } from '#domain/person.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { showNote } from '../requests/answer.ts';
import { offerFrom } from './look-up.ts';

/** What no command has taken: unknown commands, pasted and forwarded text, files. Must be the last feature. */
export function createTexts(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  feature.on('message:text', async (ctx) => {
    const { text } = ctx.message;
    const command = /^\/([A-Za-z0-9_]+)(?:@(\w+))?/.exec(text);
    if (command) {
      const isForOther = command[2] !== undefined && command[2].toLowerCase() !== ctx.me.username.toLowerCase();
      if (!isForOther) await suggestCommand(ctx, command[1] ?? '', deps);
      return;
    }
    // In a group only what is said to SocBot is read.
    const isToUs = ctx.ask.chat.isPrivate || ctx.message.reply_to_message?.from?.id === ctx.me.id;
    if (isToUs || text.includes(`@${ctx.me.username}`))
      await offerFrom(ctx, text.replaceAll(`@${ctx.me.username}`, ' '), deps);
  });
  feature.on('message', async (ctx) => {
    if (!ctx.ask.chat.isPrivate) return;
    const { caption } = ctx.message;
    if (caption) return offerFrom(ctx, caption, deps);
    if (!('document' in ctx.message) && !('photo' in ctx.message)) return;
    const lines = ['I do not take files yet. Send its hash (SHA-256) instead: I look it up by hash only.'];
    return showNote(ctx.ask, { kind: 'note', tone: 'warning', title: 'File not kept', lines }, deps);
  });
  return feature;
}

async function suggestCommand(ctx: SocContext, typed: string, deps: BotDeps): Promise<void> {
  const names = COMMANDS.filter((command) => hasRole(ctx.person, command.role)).map((command) => command.name);
  const lines = [`Did you mean /${closest(typed.toLowerCase(), names)}? /help shows all you may do.`];
  return showNote(
    ctx.ask,
    { kind: 'note', tone: 'question', title: 'No such command', quoted: `/${typed}`, lines },
    deps,
  );
}
