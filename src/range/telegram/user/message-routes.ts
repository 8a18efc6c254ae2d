import { z } from 'zod';
import { readBody } from '../body.ts';
import type { World } from '../world/world.ts';
import { type Exchange, idIn, json, readJson, readQuery, type Reply, type Route } from './exchange.ts';
import { personOf, refuseOutsider, titleOf } from './look-up.ts';
import { Objection } from './objection.ts';
import { toPhoneMessage } from './phone-view.ts';
import { renderScreen } from './screen.ts';
import { writeFile, writeMessage } from './write-message.ts';

/** Larger than what a bot may fetch, so that this too can be tried. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

const NEW_MESSAGE = z.strictObject({
  from: z.int(),
  chat: z.int(),
  text: z.string().default(''),
  replyTo: z.int().optional(),
  editOf: z.int().optional(),
  asAnonymousAdmin: z.boolean().optional(),
  forwardOf: z
    .union([z.strictObject({ chat: z.int(), message: z.int() }), z.strictObject({ name: z.string().min(1) })])
    .optional(),
  agoMs: z.number().min(0).optional(),
});

const NEW_FILE = z.strictObject({
  from: z.coerce.number().int(),
  chat: z.coerce.number().int(),
  name: z.string().min(1).max(255).default('file.bin'),
  caption: z.string().default(''),
  replyTo: z.coerce.number().int().optional(),
  album: z.string().optional(),
});

const VIEW = z.strictObject({ as: z.coerce.number().int().optional(), after: z.coerce.number().int().default(0) });

/** Writing and reading messages. */
export const MESSAGE_ROUTES: readonly Route[] = [
  { method: 'POST', pattern: '/user/messages', answer: postMessage },
  { method: 'POST', pattern: '/user/files', answer: postFile },
  { method: 'GET', pattern: '/user/files/:file', answer: getFile },
  { method: 'GET', pattern: '/user/chats/:chat/messages', answer: listMessages },
  { method: 'GET', pattern: '/user/chats/:chat/screen', answer: showScreen },
];

async function postMessage(exchange: Exchange): Promise<Reply> {
  const message = writeMessage(exchange.world, await readJson(exchange, NEW_MESSAGE));
  return json({ message: toPhoneMessage(exchange.world, message) });
}

async function postFile(exchange: Exchange): Promise<Reply> {
  const { name, caption, album, ...target } = readQuery(exchange, NEW_FILE);
  const bytes = await readBody(exchange.request, MAX_FILE_BYTES);
  if (bytes === null) throw new Objection(`a file has at most ${MAX_FILE_BYTES} bytes here`);
  const mimeType = exchange.request.headers['content-type'] ?? 'application/octet-stream';
  const message = writeFile(exchange.world, { ...target, text: caption }, { name, mimeType, bytes }, album ?? null);
  return json({ message: toPhoneMessage(exchange.world, message) });
}

function getFile({ world, path }: Exchange): Reply {
  const file = world.files.find(path['file'] ?? '');
  if (!file) throw new Objection('there is no such file');
  return { kind: 'bytes', bytes: world.files.bytesOf(file), name: file.name, mimeType: file.mimeType };
}

function listMessages(exchange: Exchange): Reply {
  const { chat, after } = readView(exchange);
  const messages = exchange.world.messages.listAfter(chat, after);
  return json({ messages: messages.map((message) => toPhoneMessage(exchange.world, message)) });
}

function showScreen(exchange: Exchange): Reply {
  const { chat, after } = readView(exchange);
  const { world } = exchange;
  const messages = world.messages.listAfter(chat, after).map((message) => toPhoneMessage(world, message));
  return { kind: 'text', text: renderScreen(titleOf(world, chat), messages) };
}

function readView(exchange: Exchange): { readonly chat: number; readonly after: number } {
  const chat = idIn(exchange, 'chat');
  const { as, after } = readQuery(exchange, VIEW);
  refuseUnseen(exchange.world, chat, as);
  return { chat, after };
}

function refuseUnseen(world: World, chat: number, as: number | undefined): void {
  if (as === undefined) titleOf(world, chat);
  else refuseOutsider(world, personOf(world, as), chat);
}
