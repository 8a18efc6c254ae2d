import { InputFile } from 'grammy';
import { describe, expect, it } from 'vitest';
import { ANA, GROUP, refusalOf, type Running, startRunning } from '../running.ts';
import { TINY_PNG } from '../tiny-png.ts';

const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';

async function fetchFile({ simulator }: Running, path: string | undefined): Promise<Response> {
  return fetch(`${simulator.url}/file/bot${simulator.token}/${path}`);
}

describe('files from people', () => {
  it('reach the bot byte for byte, under a path that keeps the extension only', async () => {
    const running = await startRunning();
    const bytes = Buffer.from(EICAR);
    await running.user.upload({ from: ANA, chat: ANA, name: 'invoice Ü.pdf.exe', bytes, caption: '/sandbox' });

    const [update] = await running.api.getUpdates();
    const document = update?.message?.document;
    const file = await running.api.getFile(document?.file_id ?? '');
    const response = await fetchFile(running, file.file_path);

    expect(document).toMatchObject({ file_name: 'invoice Ü.pdf.exe', file_size: bytes.length });
    expect(update?.message).toMatchObject({ caption: '/sandbox', caption_entities: [{ type: 'bot_command' }] });
    expect(file.file_path).toBe('documents/file_1.exe');
    expect(await response.text()).toBe(EICAR);
  });

  it('can be downloaded up to 20 MiB', async () => {
    const { api, user } = await startRunning();
    const limit = 20 * 2 ** 20;
    await user.upload({ from: ANA, chat: ANA, name: 'fits.bin', bytes: Buffer.alloc(limit) });
    await user.upload({ from: ANA, chat: ANA, name: 'too-big.bin', bytes: Buffer.alloc(limit + 1) });

    const [fits, tooBig] = (await api.getUpdates()).map((update) => update.message?.document?.file_id ?? '');

    expect((await api.getFile(fits ?? '')).file_size).toBe(limit);
    expect(await refusalOf(api.getFile(tooBig ?? ''))).toBe('400 Bad Request: file is too big');
  });

  it('are refused under unknown ids and paths, and an hour after they were asked for', async () => {
    const running = await startRunning();
    await running.user.upload({ from: ANA, chat: ANA, name: 'a.txt', bytes: Buffer.from('a') });
    const [update] = await running.api.getUpdates();
    const file = await running.api.getFile(update?.message?.document?.file_id ?? '');
    await running.user.advanceClock(3_600_000);

    expect((await fetchFile(running, file.file_path)).status).toBe(404);
    expect((await fetchFile(running, 'documents/../../etc/passwd')).status).toBe(404);
    expect(await refusalOf(running.api.getFile('nonsense'))).toBe('400 Bad Request: invalid file_id');
  });

  it('come as an album when they say so', async () => {
    const { api, user } = await startRunning();
    for (const name of ['a.txt', 'b.txt']) {
      await user.upload({ from: ANA, chat: ANA, name, bytes: Buffer.from(name), album: 'both' });
    }

    expect((await api.getUpdates()).map((update) => update.message?.media_group_id)).toEqual(['both', 'both']);
  });
});

describe('files from the bot', () => {
  it('reach the phone byte for byte, with names as grammY writes them', async () => {
    const { api, user } = await startRunning();
    const bytes = Buffer.from('\r\n--x\r\n\r\nbinary \u0000\u00ff', 'latin1');

    await api.sendDocument(GROUP, new InputFile(bytes, 'report (final) ü v1.txt'), { caption: 'c' });

    const [message] = await user.messages({ chat: GROUP, as: ANA });
    expect(message).toMatchObject({ text: 'c', document: { name: 'report (final) ü v1.txt', size: bytes.length } });
    expect(Buffer.from(await user.download(message?.document?.fileId ?? ''))).toEqual(bytes);
  });

  it('can be sent again by their id', async () => {
    const { api } = await startRunning();
    const first = await api.sendDocument(ANA, new InputFile(Buffer.from('x'), 'x.txt'));

    const again = await api.sendDocument(ANA, first.document.file_id);

    expect(again.document).toEqual(first.document);
  });

  it('are pictures only when they can be read as one', async () => {
    const { api } = await startRunning();
    const wide = Buffer.from(TINY_PNG);
    wide.writeUInt32BE(9000, 16);

    const photo = await api.sendPhoto(ANA, new InputFile(TINY_PNG));

    expect(photo.photo).toMatchObject([{ width: 1, height: 1, file_size: TINY_PNG.length }]);
    expect(await refusalOf(api.sendPhoto(ANA, new InputFile(Buffer.from('no picture'))))).toBe(
      '400 Bad Request: IMAGE_PROCESS_FAILED',
    );
    expect(await refusalOf(api.sendPhoto(ANA, new InputFile(wide)))).toBe('400 Bad Request: PHOTO_INVALID_DIMENSIONS');
  });

  it('are refused when empty, unknown, remote, missing, or with a long caption', async () => {
    const { api } = await startRunning();
    const send = (file: InputFile | string, caption = ''): Promise<string> =>
      refusalOf(api.sendDocument(ANA, file, { caption }));

    expect(await send(new InputFile(Buffer.alloc(0), 'x'))).toBe('400 Bad Request: file must be non-empty');
    expect(await send('nonsense')).toBe('400 Bad Request: wrong file identifier/HTTP URL specified');
    expect(await send('https://a.example/x')).toBe('400 Bad Request: failed to get HTTP URL content');
    expect(await send('attach://missing')).toBe('400 Bad Request: there is no document in the request');
    expect(await send(new InputFile(Buffer.from('x')), 'x'.repeat(1025))).toBe(
      '400 Bad Request: message caption is too long',
    );
  });
});
