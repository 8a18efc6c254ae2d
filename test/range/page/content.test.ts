import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ANA, BEN, handToAna, messageBox, messages, openStage, personButton } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.open({ permissions: ['clipboard-read', 'clipboard-write'] });
});
beforeEach(() => handToAna(page));
afterAll(() => stage.close());
afterEach(() => expect(stage.problems.splice(0)).toEqual([]));

/** Has the bot send a message and gives it as the page shows it. Every message here says something else. */
async function showMessage(body: { readonly text: string; readonly [field: string]: unknown }): Promise<Locator> {
  await stage.bot.call('sendMessage', { chat_id: ANA, ...body });
  const message = messages(page).filter({ hasText: body.text.split('\n')[0] ?? '' });
  await message.waitFor();
  return message;
}

describe('a message', () => {
  it('shows markup in outside text as text and runs none of it', async () => {
    const text = '<img src=x onerror="document.title=\'owned\'"><b>bold?</b> {{x}} ${y}';

    const message = await showMessage({ text });

    expect(await message.locator('.text').innerText()).toContain(text);
    expect(await message.locator('.text img, .text b').count()).toBe(0);
    expect(await page.title()).toBe('SocBot training range');
  });

  it('draws entities, nested ones too, and blocks on lines of their own', async () => {
    const text = 'Bold and italic\nquoted\nafter';

    const message = await showMessage({
      text,
      entities: [
        { type: 'bold', offset: 0, length: 15 },
        { type: 'italic', offset: 9, length: 6 },
        { type: 'expandable_blockquote', offset: 16, length: 6 },
      ],
    });

    const shown = message.locator('.text');
    expect(await shown.locator('strong em').innerText()).toBe('italic');
    await shown.getByRole('button', { name: 'Show more' }).click();
    expect(await shown.getByRole('button', { name: 'Show less' }).getAttribute('aria-expanded')).toBe('true');
  });

  it('shows a moment relative to the simulated clock, with the local time in full beside it', async () => {
    const moment = Math.floor(Date.now() / 1000) + 29 * 60 + 30;

    const message = await showMessage({
      text: 'This expires\nsoon',
      entities: [{ type: 'date_time', offset: 13, length: 4, unix_time: moment, date_time_format: 'r' }],
    });

    const time = message.locator('time.moment');
    expect(await time.innerText()).toBe('in 29 minutes');
    expect(await time.getAttribute('title')).toMatch(/ at .*(GMT|CE)/);
  });

  it('makes tappable what a phone would, and nothing inside code', async () => {
    const text = 'https://evil.example/x @someone hxxp https://safe.example/y';

    const message = await showMessage({ text, entities: [{ type: 'code', offset: 37, length: 22 }] });

    const links = message.locator('.text').getByRole('link');
    expect(await links.count()).toBe(1);
    expect(await links.first().getAttribute('rel')).toBe('noopener noreferrer');
  });

  it('puts the raw value of a copy button on the clipboard', async () => {
    const message = await showMessage({
      text: '203.0.113[.]66',
      reply_markup: { inline_keyboard: [[{ text: 'Copy', copy_text: { text: '203.0.113.66' } }]] },
    });

    await message.getByRole('button', { name: 'Copy', exact: true }).click();

    await page.getByRole('status').getByText('Copied: 203.0.113.66').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('203.0.113.66');
  });

  it('says that a disabled button is disabled, and sends nothing when it is pressed', async () => {
    const message = await showMessage({
      text: 'Done',
      reply_markup: { inline_keyboard: [[{ text: 'Approved by Ben', disabled: {} }]] },
    });
    const presses: string[] = [];
    page.on('request', (request) => request.url().includes('/presses') && presses.push(request.url()));

    const button = message.getByRole('button', { name: 'Approved by Ben' });
    await button.click({ force: true });

    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(presses).toEqual([]);
  });

  it('that asks for an answer opens a reply to it, and says when it came without sound', async () => {
    const message = await showMessage({
      text: 'Title of the case?',
      disable_notification: true,
      reply_markup: { force_reply: true },
    });

    await page.getByText('Reply to SocBot').waitFor();
    expect(await message.textContent()).toContain('sent without sound');
    await messageBox(page).press('Escape');
    expect(await page.getByText('Reply to SocBot').count()).toBe(0);
  });

  it('shows an alert as a dialog that must be closed', async () => {
    stage.bot.answerPresses(() => ({ text: 'Somebody else must approve.', show_alert: true }));
    const message = await showMessage({
      text: 'Block?',
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    });

    await message.getByRole('button', { name: 'Go', exact: true }).click();

    const dialog = page.getByRole('alertdialog', { name: 'SocBot to Ana' });
    await dialog.getByText('Somebody else must approve.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});

describe('a file', () => {
  it('is sent with its caption, shown with name and size, and saved byte by byte', async () => {
    const bytes = Buffer.from('X5O!P%@AP simulated');
    await messageBox(page).fill('look at this');
    await page.locator('input[type=file]').setInputFiles({ name: 'invoice.exe', mimeType: 'text/html', buffer: bytes });
    const link = page.getByRole('link', { name: /invoice\.exe/ }).last();
    await link.waitFor();

    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);

    expect(download.suggestedFilename()).toBe('invoice.exe');
    expect(await readFile(await download.path())).toEqual(bytes);
    expect(await link.innerText()).toContain('19 B');
    expect((await stage.users.messages({ chat: ANA, as: ANA })).at(-1)?.text).toBe('look at this');
  });

  it('can be dropped on the chat and pasted into the box', async () => {
    await personButton(page, 'Ben').click();
    const transfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(['dropped'], 'dropped.bin'));
      return data;
    });

    await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
    await page.getByRole('link', { name: /dropped\.bin/ }).waitFor();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['pasted'], 'pasted.bin'));
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector('#message')?.dispatchEvent(event);
    });

    await page.getByRole('link', { name: /pasted\.bin/ }).waitFor();
    expect(await stage.users.messages({ chat: BEN, as: BEN })).toHaveLength(2);
  });
});
