import { MAX_CAPTION_UNITS } from '../bot-api/media-input.ts';
import { MAX_TEXT_UNITS } from '../bot-api/methods/send-message.ts';
import { ApiRefusal } from '../bot-api/refusal.ts';
import type { OutgoingMessage } from '../phone.ts';
import { autoEntitiesOf } from '../text/auto-entities.ts';
import type { FormattedText } from '../text/entities.ts';
import { readFormattedText } from '../text/formatted-text.ts';
import type { Keyboard } from '../text/keyboard.ts';
import { deliverMessage } from '../world/delivery.ts';
import type { NewFile } from '../world/files.ts';
import type { NewMessage, Origin, StoredMessage } from '../world/messages.ts';
import type { Person } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { groupOf, messageIn, personOf, refuseOutsider } from './look-up.ts';
import { Objection } from './objection.ts';

/** A person writes, edits or forwards. Returns the message as it now stands in the chat. */
export function writeMessage(world: World, outgoing: OutgoingMessage): StoredMessage {
  const person = writerOf(world, outgoing);
  if (outgoing.editOf !== undefined) return editOwn(world, person, outgoing, outgoing.editOf);
  const { forwardOf } = outgoing;
  if (forwardOf && 'message' in forwardOf) {
    refuseOutsider(world, person, forwardOf.chat);
    return post(world, outgoing, forwarded(messageIn(world, forwardOf.chat, forwardOf.message)));
  }
  const content = typed(outgoing.text, MAX_TEXT_UNITS, false);
  const origin: Origin | null = forwardOf ? { kind: 'hidden', name: forwardOf.name } : null;
  return post(world, outgoing, { ...content, origin });
}

/** A person sends a file, with the text as its caption. */
export function writeFile(world: World, outgoing: OutgoingMessage, file: NewFile, album: string | null): StoredMessage {
  writerOf(world, outgoing);
  if (file.bytes.length === 0) throw new Objection('a file must not be empty');
  const caption = typed(outgoing.text, MAX_CAPTION_UNITS, true);
  return post(world, outgoing, { ...caption, media: { kind: 'document', fileId: world.files.add(file).id }, album });
}

function writerOf(world: World, { from, chat, asAnonymousAdmin, replyTo }: OutgoingMessage): Person {
  const person = personOf(world, from);
  refuseOutsider(world, person, chat);
  if (chat === from && person.hasBlockedBot)
    throw new Objection(`${person.name} has blocked the bot; unblock it first`);
  if (asAnonymousAdmin && !groupOf(world, chat).admins.includes(from)) {
    throw new Objection(`${person.name} does not administer this group and cannot write anonymously`);
  }
  if (world.groups.get(chat)?.migratedTo) throw new Objection('this group became a supergroup; write there');
  if (replyTo !== undefined) messageIn(world, chat, replyTo);
  return person;
}

function post(world: World, outgoing: OutgoingMessage, content: Omit<NewMessage, 'chat' | 'author'>): StoredMessage {
  const { from, chat } = outgoing;
  const person = personOf(world, from);
  if (chat === from) person.isStarted = true;
  const message = world.messages.add(
    {
      ...content,
      chat,
      author: outgoing.asAnonymousAdmin ? { kind: 'anonymous' } : { kind: 'person', id: from },
      replyTo: outgoing.replyTo ?? null,
      date: world.clock.nowSeconds() - Math.floor((outgoing.agoMs ?? 0) / 1000),
    },
    world.clock.nowSeconds(),
  );
  deliverMessage(world, message);
  world.events.emit({ type: 'message', chat, message: message.id });
  return message;
}

function editOwn(world: World, person: Person, outgoing: OutgoingMessage, id: number): StoredMessage {
  const message = messageIn(world, outgoing.chat, id);
  if (message.author.kind !== 'person' || message.author.id !== person.id) {
    throw new Objection(`${person.name} did not write message ${id} and cannot edit it`);
  }
  const limit = message.media ? MAX_CAPTION_UNITS : MAX_TEXT_UNITS;
  Object.assign(message, typed(outgoing.text, limit, message.media !== null));
  message.editDate = world.clock.nowSeconds();
  message.isEditShown = true;
  deliverMessage(world, message);
  world.events.emit({ type: 'edit', chat: message.chat, message: message.id });
  return message;
}

type Typed = FormattedText & Pick<StoredMessage, 'autoEntities'>;

function typed(text: string, maxUnits: number, allowsEmpty: boolean): Typed {
  const content = cleaned(text, allowsEmpty);
  if (content.text.length > maxUnits) {
    throw new Objection(`a phone sends at most ${maxUnits} characters at once; these are ${content.text.length}`);
  }
  return { ...content, autoEntities: autoEntitiesOf(content.text, []) };
}

function cleaned(text: string, allowsEmpty: boolean): FormattedText {
  try {
    return readFormattedText({ text, parseMode: undefined, entities: undefined }, allowsEmpty);
  } catch (error) {
    if (error instanceof ApiRefusal) throw new Objection(error.description);
    throw error;
  }
}

/** A forwarded message keeps links on buttons and loses every other button. */
function forwarded(source: StoredMessage): Omit<NewMessage, 'chat' | 'author'> {
  if (source.isProtected) throw new Objection('this message is protected and cannot be forwarded');
  const { text, entities, autoEntities, media } = source;
  return { text, entities, autoEntities, media, keyboard: linksOnly(source.keyboard), origin: originOf(source) };
}

function linksOnly(keyboard: Keyboard | null): Keyboard | null {
  const rows = (keyboard ?? []).map((row) => row.filter((button) => button.kind === 'url'));
  const shown = rows.filter((row) => row.length > 0);
  return shown.length === 0 ? null : shown;
}

function originOf({ origin, author }: StoredMessage): Origin {
  if (origin) return origin;
  return author.kind === 'anonymous' ? { kind: 'hidden', name: 'Group' } : author;
}
