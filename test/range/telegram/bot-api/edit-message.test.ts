import { InputFile } from 'grammy';
import { describe, expect, it } from 'vitest';
import { ANA, refusalOf, startRunning } from '../running.ts';
import { TINY_PNG } from '../tiny-png.ts';

const NOT_MODIFIED =
  '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a ' +
  'current content and reply markup of the message';

const GO = { reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] } };

describe('editMessageText', () => {
  it('replaces text and takes away buttons that it does not repeat', async () => {
    const { api, user } = await startRunning();
    const { message_id: id } = await api.sendMessage(ANA, 'one', GO);

    const edited = await api.editMessageText(ANA, id, 'two');

    expect(edited).toMatchObject({ text: 'two', message_id: id });
    expect(edited === true || edited.edit_date).toBeTruthy();
    expect((await user.messages({ chat: ANA, as: ANA }))[0]).toMatchObject({ text: 'two', keyboard: [] });
  });

  it('is refused when nothing changes, in text, formatting and buttons', async () => {
    const { api } = await startRunning();
    const { message_id: id } = await api.sendMessage(ANA, 'one', GO);

    expect(await refusalOf(api.editMessageText(ANA, id, ' one ', GO))).toBe(NOT_MODIFIED);
    expect(
      await api.editMessageText(ANA, id, 'one', { ...GO, entities: [{ type: 'bold', offset: 0, length: 3 }] }),
    ).toBeTruthy();
    expect(await refusalOf(api.editMessageReplyMarkup(ANA, id, GO))).toBe(NOT_MODIFIED);
  });

  it('does not show "edited" when only buttons change', async () => {
    const { api, user } = await startRunning();
    const { message_id: id } = await api.sendMessage(ANA, 'one', GO);

    await api.editMessageReplyMarkup(ANA, id);

    expect((await user.messages({ chat: ANA, as: ANA }))[0]).toMatchObject({ editDate: null, keyboard: [] });
  });

  it('is refused for messages that are gone, of others, or too long', async () => {
    const { api, user } = await startRunning();
    const { message_id: id } = await api.sendMessage(ANA, 'one');
    const theirs = await user.send({ from: ANA, chat: ANA, text: 'mine' });

    expect(await refusalOf(api.editMessageText(ANA, id, 'x'.repeat(4097)))).toBe('400 Bad Request: MESSAGE_TOO_LONG');
    expect(await refusalOf(api.editMessageText(ANA, theirs.id, 'x'))).toBe("400 Bad Request: message can't be edited");
    await api.deleteMessage(ANA, id);
    expect(await refusalOf(api.editMessageText(ANA, id, 'x'))).toBe('400 Bad Request: message to edit not found');
    expect(await refusalOf(api.deleteMessage(ANA, id))).toBe('400 Bad Request: message to delete not found');
  });
});

describe('editMessageMedia', () => {
  it('turns a text into a photo, whose caption can then be edited and whose text cannot', async () => {
    const { api, user } = await startRunning();
    const { message_id: id } = await api.sendMessage(ANA, 'one');

    const media = { type: 'photo' as const, media: new InputFile(TINY_PNG, 'chart.png'), caption: 'chart' };
    await api.editMessageMedia(ANA, id, media);
    await api.editMessageCaption(ANA, id, { caption: 'chart 2' });

    const [shown] = await user.messages({ chat: ANA, as: ANA });
    expect(shown).toMatchObject({ text: 'chart 2', photo: { width: 1, height: 1, size: TINY_PNG.length } });
    expect(await refusalOf(api.editMessageText(ANA, id, 'x'))).toBe(
      '400 Bad Request: there is no text in the message to edit',
    );
  });

  it('is refused without media, with an unknown kind, or with a caption that is too long', async () => {
    const { api } = await startRunning();
    const { message_id: id } = await api.sendMessage(ANA, 'one');
    const edit = (media: object): Promise<string> => refusalOf(api.editMessageMedia(ANA, id, media as never));

    expect(await edit({ type: 'video', media: 'x' })).toBe(
      '400 Bad Request: can\'t parse InputMedia: type "video" is unsupported',
    );
    expect(await edit({ type: 'photo', media: 'attach://missing' })).toBe(
      "400 Bad Request: can't parse InputMedia: media not found",
    );
    expect(await edit({ type: 'photo', media: 'x', caption: 'x'.repeat(1025) })).toBe(
      '400 Bad Request: message caption is too long',
    );
    expect(await refusalOf(api.editMessageCaption(ANA, id, { caption: 'x' }))).toBe(
      '400 Bad Request: there is no caption in the message to edit',
    );
  });
});
