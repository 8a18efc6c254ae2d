import type { World } from '../../world/world.ts';
import { messageOf } from '../access.ts';
import { type CallInput, jsonOf } from '../call-input.ts';
import { badRequest } from '../refusal.ts';

/** All that a bot may use; from `ReactionTypeEmoji`, core.telegram.org/bots/api#reactiontypeemoji. */
const ALLOWED: ReadonlySet<string> = new Set(
  (
    '👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 ' +
    '👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡'
  ).split(' '),
);

/** See core.telegram.org/bots/api#setmessagereaction. At most one, and setting it again is no error. */
export function setMessageReaction(world: World, input: CallInput): true {
  const emoji = readEmoji(jsonOf(input, 'reaction', 'reaction types'));
  const message = messageOf(world, input, 'message to react', 'read');
  if (emoji.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  if (emoji.some((one) => !ALLOWED.has(one)) || message.service !== null) throw badRequest('REACTION_INVALID');
  message.reactions = emoji.map((one) => ({ by: 'bot', emoji: one }));
  world.events.emit({ type: 'reaction', chat: message.chat, message: message.id });
  return true;
}

function readEmoji(value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badRequest('Expected an Array of ReactionType');
  return value.map((reaction: unknown) => {
    if (typeof reaction !== 'object' || reaction === null) {
      throw badRequest("Can't parse ReactionType: expected an Object");
    }
    const { type, emoji } = reaction as Readonly<Record<string, unknown>>;
    if (type === 'custom_emoji' || type === 'paid') throw badRequest('REACTION_INVALID');
    if (type !== 'emoji') throw badRequest("Can't parse ReactionType: invalid reaction type specified");
    if (typeof emoji !== 'string') throw badRequest('Can\'t parse ReactionType: Can\'t find field "emoji"');
    return emoji.replaceAll('\ufe0f', '');
  });
}
