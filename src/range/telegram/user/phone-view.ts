import type { PhoneButton, PhoneChat, PhoneFile, PhoneMessage, PhonePerson, Press } from '../phone.ts';
import type { Button } from '../text/keyboard.ts';
import type { Media, Origin, ServiceNote, StoredMessage } from '../world/messages.ts';
import { isBotInside, type Person } from '../world/people.ts';
import type { StoredPress } from '../world/presses.ts';
import type { World } from '../world/world.ts';

/** A message as a phone shows it. */
export function toPhoneMessage(world: World, message: StoredMessage): PhoneMessage {
  return {
    id: message.id,
    chat: message.chat,
    from: senderOf(world, message),
    date: isoOf(message.date),
    editDate: message.editDate !== null && message.isEditShown ? isoOf(message.editDate) : null,
    text: message.text,
    entities: message.entities,
    autoEntities: message.autoEntities,
    replyTo: message.replyTo !== null && world.messages.find(message.chat, message.replyTo) ? message.replyTo : null,
    forwardedFrom: message.origin && nameOfOrigin(world, message.origin),
    reactions: message.reactions.map(({ emoji }) => ({ emoji, by: world.bot.name })),
    keyboard: (message.keyboard ?? []).map((row) => row.map(toPhoneButton)),
    document: fileOf(world, message.media, 'document'),
    photo: fileOf(world, message.media, 'photo'),
    silent: message.isSilent,
    asksReply: message.asksReply,
    pinned: message.isPinned,
    protected: message.isProtected,
    preview: message.hasPreview ? previewOf(message) : null,
    service: message.service && wordsFor(world, message.service),
  };
}

/** A press as the phone that made it shows it. */
export function toPress(press: StoredPress): Press {
  return {
    id: press.id,
    kind: press.kind,
    answered: press.isAnswered,
    text: press.text,
    alert: press.isAlert,
    url: press.url,
    copied: press.copiedText,
  };
}

/** A person, as others see them. */
export function toPhonePerson({ id, name, username, isStarted, hasBlockedBot }: Person): PhonePerson {
  return { id, name, username, started: isStarted, blocked: hasBlockedBot };
}

/** All chats: the private ones first, then the groups. */
export function listChats(world: World): readonly PhoneChat[] {
  const privates = [...world.people.values()].map((person) => ({
    id: person.id,
    type: 'private' as const,
    title: person.name,
    members: [person.id],
    hasBot: true,
    migratedTo: null,
  }));
  const groups = [...world.groups.values()].map((group) => ({
    id: group.id,
    type: group.type,
    title: group.title,
    members: group.members,
    hasBot: isBotInside(group),
    migratedTo: group.migratedTo,
  }));
  return [...privates, ...groups];
}

function toPhoneButton(button: Button): PhoneButton {
  return {
    text: button.text,
    kind: button.kind,
    style: button.style ?? null,
    disabled: button.kind === 'disabled',
    copyText: button.kind === 'copy' ? button.copyText : null,
    url: button.kind === 'url' ? button.url : null,
    data: button.kind === 'callback' ? button.data : null,
  };
}

function senderOf(world: World, { author, chat }: StoredMessage): PhoneMessage['from'] {
  if (author.kind === 'bot') return { id: world.bot.id, name: world.bot.name, isBot: true };
  if (author.kind === 'person') return { id: author.id, name: nameOf(world, author.id), isBot: false };
  return { id: chat, name: world.groups.get(chat)?.title ?? '', isBot: false };
}

function nameOf(world: World, id: number): string {
  return world.people.get(id)?.name ?? String(id);
}

function nameOfOrigin(world: World, origin: Origin): string {
  if (origin.kind === 'hidden') return origin.name;
  return origin.kind === 'bot' ? world.bot.name : nameOf(world, origin.id);
}

function fileOf(world: World, media: Media | null, kind: Media['kind']): PhoneFile | null {
  if (media?.kind !== kind) return null;
  const file = world.files.find(media.fileId);
  if (!file) return null;
  const { name, size, mimeType } = file;
  return { name, size, mimeType, fileId: file.id, width: media.width ?? null, height: media.height ?? null };
}

function previewOf({ text, entities, autoEntities }: StoredMessage): string | null {
  const links = [...entities, ...autoEntities].filter(({ type }) => type === 'text_link' || type === 'url');
  const first = links.toSorted((a, b) => a.offset - b.offset)[0];
  return first ? (first.url ?? text.slice(first.offset, first.offset + first.length)) : null;
}

function wordsFor(world: World, note: ServiceNote): string {
  if ('migrate_to_chat_id' in note) return 'The group became a supergroup';
  if ('migrate_from_chat_id' in note) return 'The group continues here as a supergroup';
  if ('group_chat_created' in note) return 'The group was created';
  if ('new_chat_members' in note) return `${world.bot.name} joined the group`;
  if ('left_chat_member' in note) return `${world.bot.name} left the group`;
  return `${world.bot.name} pinned a message`;
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
