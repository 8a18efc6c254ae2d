import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ANA, closeRunning, GROUP, startRunning } from './running.ts';

const directories: string[] = [];

afterEach(async () => {
  await closeRunning();
  await Promise.all(directories.splice(0).map((directory) => rm(directory, { recursive: true })));
});

async function newStateFile(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'socbot-telegram-'));
  directories.push(directory);
  return path.join(directory, 'telegram.json');
}

describe('a simulator with a state file', () => {
  it('goes on where it stopped: messages, updates, files, presses, groups, time', async () => {
    const state = await newStateFile();
    const before = await startRunning({ state, firstUpdateId: 50 });
    const card = await before.api.sendMessage(ANA, 'card', {
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    });
    await before.user.upload({ from: ANA, chat: ANA, name: 'a.txt', bytes: Buffer.from('bytes') });
    const press = await before.user.press({ from: ANA, chat: ANA, message: card.message_id, button: 'Go' });
    await before.user.createGroup({ title: 'Days', members: [ANA] });
    await before.user.advanceClock(3_600_000);
    await before.simulator.close();

    const after = await startRunning({ state, firstUpdateId: 1 });

    const [, file] = await after.user.messages({ chat: ANA, as: ANA });
    const updates = await after.api.getUpdates();
    expect(Buffer.from(await after.user.download(file?.document?.fileId ?? '')).toString()).toBe('bytes');
    expect(updates[0]?.update_id).toBe(50);
    expect(updates.some((update) => update.callback_query)).toBe(false);
    expect((await after.user.findPress(press.id)).answered).toBe(false);
    expect((await after.user.overview()).chats.map(({ title }) => title)).toContain('Days');
    expect(Date.parse((await after.user.overview()).clock.now)).toBeGreaterThan(Date.now() + 3_500_000);
    expect((await after.api.sendMessage(ANA, 'next')).message_id).toBeGreaterThan(card.message_id + 1);
    expect((await after.api.sendMessage(GROUP, 'first')).message_id).toBe(1);
  });

  it('writes soon after a change, without waiting for the end', async () => {
    const state = await newStateFile();
    const { api, user } = await startRunning({ state });
    await api.sendMessage(ANA, 'kept');

    let text = '';
    while (!text.includes('kept')) {
      await user.overview();
      text = await readFile(state, 'utf8').catch(() => '');
    }

    expect(JSON.parse(text)).toMatchObject({ messages: { messages: [{ text: 'kept' }] } });
  });

  it('refuses to start from a file that it cannot read', async () => {
    const state = await newStateFile();
    await writeFile(state, '{"people": [');

    await expect(startRunning({ state })).rejects.toThrow('holds no readable simulator state');
  });
});
