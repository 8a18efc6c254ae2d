import { closest } from 'fastest-levenshtein';
import { Composer, type Filter } from 'grammy';
import { COMMANDS } from '#domain/commands.ts';
import { hasRole } from '#domain/person.ts';
import { readCode } from '#domain/totp-code.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { showNote } from '../requests/answer.ts';
import { offerFrom } from './look-up.ts';

/**
 * What no command has taken: unknown commands, pasted text, files. Must be the last feature; what it does not take
 * either is not meant for SocBot.
 */
export function createTexts(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  feature.on('message:text', async (ctx, next) => {
    const command = /^\/([A-Za-z0-9_]+)(?:@(\w+))?/.exec(ctx.message.text);
    if (command) return isNamed(command[2], ctx) ? suggestCommand(ctx, command[1] ?? '', deps) : next();
    const text = textForUs(ctx);
    if (text === null) return next();
    return readCode(text) === null ? offerFrom(ctx, text, deps) : refuseCode(ctx, deps);
  });
  feature.on('message', async (ctx, next) => (ctx.ask.chat.isPrivate ? readFile(ctx, next, deps) : next()));
  return feature;
}

/** Forwarded messages are somebody else's words: read, and never carried out. Must come before every command. */
export function createForwards(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  feature.on('message:forward_origin', async (ctx) => {
    if (!ctx.ask.chat.isPrivate) return ignore(ctx);
    const { text } = ctx.message;
    return text === undefined ? readFile(ctx, async () => ignore(ctx), deps) : offerFrom(ctx, text, deps);
  });
  return feature;
}

/** What falls through all features gets no reaction: nobody shall believe it was accepted. */
export function ignore(ctx: SocContext): void {
  ctx.isIgnored = true;
}

function isNamed(name: string | undefined, ctx: SocContext): boolean {
  return name === undefined || name.toLowerCase() === ctx.me.username.toLowerCase();
}

/** In a group only what is said to SocBot is read: answers to it, and what mentions it. Null for all else. */
function textForUs(ctx: Filter<SocContext, 'message:text'>): string | null {
  const name = `@${ctx.me.username}`.toLowerCase();
  const { text } = ctx.message;
  const mentions = ctx.entities('mention').filter((entity) => entity.text.toLowerCase() === name);
  const isToUs = ctx.ask.chat.isPrivate || ctx.message.reply_to_message?.from?.id === ctx.me.id;
  if (!isToUs && mentions.length === 0) return null;
  return mentions.reduceRight(
    (rest, { offset, length }) => `${rest.slice(0, offset)} ${rest.slice(offset + length)}`,
    text,
  );
}

/** A file's caption is text; the file itself is not taken. */
async function readFile(
  ctx: Filter<SocContext, 'message'>,
  next: () => Promise<void> | void,
  deps: BotDeps,
): Promise<void> {
  const { caption } = ctx.message;
  if (caption) return offerFrom(ctx, caption, deps);
  if (!('document' in ctx.message) && !('photo' in ctx.message)) return next();
  const lines = ['I do not take files yet. Send its hash (SHA-256) instead: I look it up by hash only.'];
  return showNote(ctx.ask, { kind: 'note', tone: 'warning', title: 'File not kept', lines }, deps);
}

/** In a private chat codes are taken before; here everybody reads along, and nothing repeats it. */
async function refuseCode({ ask }: SocContext, deps: BotDeps): Promise<void> {
  const lines = ['A code belongs in our private chat. Delete this one, and send me the next one there.'];
  return showNote(ask, { kind: 'note', tone: 'warning', title: '🔑 Not here', lines }, deps);
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
