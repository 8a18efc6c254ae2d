import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NIGHT } from './fake-range.ts';
import { ANA, BEN, DESK, EVE, GROUP, handToAna, messageBox, openStage, PHONE } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.open();
});
beforeEach(async () => {
  stage.range.asked.length = 0;
  stage.range.change(NIGHT);
  await handToAna(page);
});
afterAll(() => stage.close());
afterEach(() => expect(stage.problems.splice(0)).toEqual([]));

describe('behind the scenes', () => {
  it('kills the worker with one press and tells its states as they come', async () => {
    const plug = page.getByRole('button', { name: 'Pull the plug' });

    await plug.click();

    await page.getByText('The worker is dead', { exact: true }).waitFor();
    expect(stage.range.asked).toEqual(['plug']);
    expect(await plug.isDisabled()).toBe(true);
    await page.getByText('What was asked is kept.').waitFor();
    stage.range.change({ worker: { state: 'starting', pid: null, restarts: 2 } });
    await page.getByText('The worker is starting', { exact: true }).waitFor();
    stage.range.change({ worker: { state: 'up', pid: 4712, restarts: 3 } });
    await page.getByText('Process 4712, restarted 3 times').waitFor();
    expect(await plug.isDisabled()).toBe(false);
  });

  it('switches a fault on and all faults off', async () => {
    await page.getByRole('combobox', { name: 'How VirusTotal behaves' }).selectOption('slow');
    await page.getByText('2 faults are on').waitFor();
    await page.getByRole('button', { name: 'Switch all faults off' }).click();
    await page.getByText('break one and ask again').waitFor();

    expect(stage.range.asked).toEqual(['fault virustotal slow', 'fault virustotal off', 'fault urlhaus off']);
  });

  it('follows a request step by step, each with its state in words and a way to the Temporal UI', async () => {
    const request = page.getByRole('article', { name: '#7K3M Look up 203.0.113[.]66' });

    expect(await request.getByRole('listitem').allInnerTexts()).toHaveLength(4);
    expect(await request.getByRole('listitem').nth(2).textContent()).toContain('failed: URLhaus');
    expect(await request.getByRole('link', { name: 'In Temporal: #7K3M' }).getAttribute('href')).toContain(
      'ioc-731000001',
    );
    stage.range.change({ requests: [] });
    await page.getByText('Nothing is open.').waitFor();
  });

  it('puts an observable of the world into the message box', async () => {
    await page.getByRole('button', { name: /new-domain\.example/ }).click();

    const box = messageBox(page, 'Ana');
    expect(await box.inputValue()).toBe('new-domain.example');
    await expect.poll(() => box.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('lets others act: the stranger presses Approve and is told no', async () => {
    stage.bot.answerPresses(({ from }) => ({ text: from.id === EVE ? 'Not allowed.' : 'Approved.' }));
    expect(await page.getByRole('button', { name: 'Eve presses Approve' }).isDisabled()).toBe(true);
    const reply_markup = { inline_keyboard: [[{ text: '✅ Approve', callback_data: 'yes' }]] };
    await stage.bot.call('sendMessage', { chat_id: GROUP, text: 'Block it?', reply_markup });
    await stage.bot.call('sendMessage', { chat_id: BEN, text: 'Block it?', reply_markup });

    await page.getByRole('button', { name: 'Eve presses Approve' }).click();
    await page.getByRole('status').getByText('Not allowed.').waitFor();
    await page.getByRole('button', { name: 'Ben approves' }).click();

    await page.getByRole('status').getByText('Approved.').waitFor();
    expect(await page.getByRole('main', { name: 'Ben’s phone' }).count()).toBe(1);
  });

  it('is a sheet with tabs on a phone, and leads back to the chat', async () => {
    await page.setViewportSize(PHONE);
    await page.getByRole('button', { name: /^Behind the scenes/ }).click();
    const sheet = page.getByRole('dialog', { name: 'Behind the scenes' });
    await sheet.getByText('Open requests').waitFor();

    await sheet.getByRole('tab', { name: 'World' }).click();
    await sheet.getByRole('button', { name: /new-domain\.example/ }).click();

    await sheet.waitFor({ state: 'detached' });
    expect(await messageBox(page, 'Ana').inputValue()).toBe('new-domain.example');
    await page.setViewportSize(DESK);
  });

  it('says when the range is gone and goes on when it is back', async () => {
    await page.route('**/events', (route) => route.abort());
    const lost = page.getByRole('alert').getByText('The range does not answer.');
    expect(await lost.count()).toBe(0);
    await page.reload();
    await lost.waitFor();
    await page.unroute('**/events');
    await lost.waitFor({ state: 'detached' });

    await stage.users.send({ from: ANA, chat: ANA, text: 'still here' });
    await page.getByRole('log').getByText('still here').waitFor();
    stage.problems.length = 0;
  });
});
