import type { World } from '../world/world.ts';
import type { CallInput } from './call-input.ts';
import { answerCallbackQuery } from './methods/answer-callback.ts';
import { deleteWebhook, getMe, getWebhookInfo } from './methods/bot-account.ts';
import { getChat, getChatMember, leaveChat, pinChatMessage, sendChatAction } from './methods/chats.ts';
import { deleteMessage } from './methods/delete-message.ts';
import {
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  editMessageText,
} from './methods/edit-message.ts';
import { getFile } from './methods/get-file.ts';
import { deleteMyCommands, getMyCommands, setMyCommands } from './methods/my-commands.ts';
import { sendDocument, sendPhoto } from './methods/send-media.ts';
import { sendMessage } from './methods/send-message.ts';
import { setMessageReaction } from './methods/set-reaction.ts';

/** One method: takes a call's input, changes the world, returns `result`, throws an ApiRefusal. */
export type Method = (world: World, input: CallInput) => unknown;

const METHODS: readonly Method[] = [
  answerCallbackQuery,
  deleteMessage,
  deleteMyCommands,
  deleteWebhook,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  editMessageText,
  getChat,
  getChatMember,
  getFile,
  getMe,
  getMyCommands,
  getWebhookInfo,
  leaveChat,
  pinChatMessage,
  sendChatAction,
  sendDocument,
  sendMessage,
  sendPhoto,
  setMessageReaction,
  setMyCommands,
];

const BY_NAME = new Map(METHODS.map((method) => [method.name.toLowerCase(), method]));

/** The method of that name; case does not matter. `getUpdates` is not here, since it waits. */
export function findMethod(name: string): Method | null {
  return BY_NAME.get(name.toLowerCase()) ?? null;
}
