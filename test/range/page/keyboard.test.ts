import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ANA, BEN, DESK, handToAna, messageBox, messages, openStage, PHONE } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.open();
});
beforeEach(async () => {
  await page.setViewportSize(DESK);
  await handToAna(page);
});
afterAll(() => stage.close());
afterEach(() => expect(stage.problems.splice(0)).toEqual([]));

/** What has the focus, as a screen reader would name it, roughly. */
async function focusedText(): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
  });
}

async function tabTo(text: RegExp): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    if (text.test(await focusedText())) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`60 presses of Tab did not lead to ${text}; the focus is on "${await focusedText()}".`);
}

describe('by keyboard alone', () => {
  it('Ana asks, Ben takes the phone and approves', async () => {
    stage.bot.answerPresses(() => ({ text: 'Approved by Ben.' }));
    await page.reload();
    await page.keyboard.press('Tab');
    expect(await focusedText()).toBe('Skip to the message box');

    await page.keyboard.press('Enter');
    await page.keyboard.type('/block 203.0.113.66 1h');
    await page.keyboard.press('Enter');
    await stage.users.waitFor({ chat: ANA, as: ANA }, ({ text }) => text.startsWith('/block'));
    const reply_markup = {
      inline_keyboard: [
        [
          { text: 'Deny', callback_data: 'no' },
          { text: 'Approve', callback_data: 'yes' },
        ],
      ],
    };
    await stage.bot.call('sendMessage', { chat_id: BEN, text: 'Block it?', reply_markup });
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await tabTo(/^BBen/);
    await page.keyboard.press('Enter');
    await tabTo(/^SocBot, \d\d:\d\d, 2 buttons$/);
    await tabTo(/^Approve$/);
    await page.keyboard.press('Enter');

    await page.getByRole('status').getByText('Approved by Ben.').waitFor();
  });

  it('stays at a card whose pressed button vanishes', async () => {
    const reply_markup = { inline_keyboard: [[{ text: 'Withdraw', callback_data: 'w' }]] };
    await stage.bot.call('sendMessage', { chat_id: ANA, text: 'It waits.', reply_markup });
    await page.getByRole('button', { name: 'Withdraw' }).focus();
    const { id } = await stage.users.waitFor({ chat: ANA, as: ANA }, ({ text }) => text === 'It waits.');

    await stage.bot.call('editMessageText', { chat_id: ANA, message_id: id, text: 'It is withdrawn.' });
    await page.getByRole('log').getByText('It is withdrawn.').waitFor();

    expect(await page.evaluate(() => document.activeElement?.closest('article')?.textContent)).toContain('withdrawn');
  });

  it('arrow keys walk through the messages, and only one of them is in the tab order', async () => {
    for (const text of ['one', 'two', 'three']) await stage.bot.call('sendMessage', { chat_id: ANA, text });
    await page.getByRole('log').getByText('three').last().waitFor();
    await messages(page).last().focus();

    await page.keyboard.press('ArrowUp');
    const inOrder = page.locator('article.message[tabindex="0"]');

    expect(await inOrder.count()).toBe(1);
    expect(await inOrder.textContent()).toContain('two');
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('three');
  });

  it('opens a message’s menu, moves in it, and Escape leads back to the message', async () => {
    await stage.bot.call('sendMessage', { chat_id: ANA, text: 'answer me' });
    await page.getByRole('log').getByText('answer me').waitFor();
    await messages(page).last().focus();
    await page.keyboard.press('Tab');
    expect(await focusedText()).toBe('Actions for this message');

    await page.keyboard.press('Enter');
    expect(await focusedText()).toBe('Reply');
    await page.keyboard.press('ArrowDown');
    expect(await focusedText()).toBe('Copy text');
    await page.keyboard.press('Escape');

    expect(await focusedText()).toMatch(/^SocBot, /);
  });

  it('offers the bot’s commands while one is begun', async () => {
    const commands = [
      { command: 'block', description: 'Ask to block an address' },
      { command: 'blocked', description: 'What is blocked now' },
    ];
    await stage.bot.call('setMyCommands', { commands });
    await page.getByRole('button', { name: 'Commands' }).waitFor();

    await messageBox(page, 'Ana').pressSequentially('/bl');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    expect(await messageBox(page, 'Ana').inputValue()).toBe('/blocked ');
    expect(await page.getByRole('listbox').count()).toBe(0);
  });

  it('opens and closes the sheet of a phone, and moves between its tabs', async () => {
    await page.setViewportSize(PHONE);
    await tabTo(/^Behind the scenes/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Behind the scenes' }).waitFor();
    await tabTo(/^Requests$/);

    await page.keyboard.press('ArrowRight');
    expect(await focusedText()).toBe('Try');
    await page.keyboard.press('Escape');

    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focusedText()).toMatch(/^Behind the scenes/);
  });
});

describe('every control', () => {
  it.each([
    ['a desk', DESK],
    ['a phone', PHONE],
  ])('on %s has a name and shows when it has the focus', async (_, viewport) => {
    await stage.bot.call('sendMessage', {
      chat_id: ANA,
      text: '/help',
      reply_markup: { inline_keyboard: [[{ text: 'More', callback_data: 'm' }]] },
    });
    await page.setViewportSize(viewport);
    await page.getByRole('button', { name: 'More', exact: true }).last().waitFor();
    await messageBox(page, 'Ana').focus();

    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll('button, a, input:not([hidden]), select, textarea, summary')]
        .filter((element) => !(element.getAttribute('aria-label') ?? element.textContent ?? '').trim())
        .map((element) => element.outerHTML),
    );
    const focusMark = await page.evaluate(() => {
      const { boxShadow, outlineStyle } = getComputedStyle(document.activeElement ?? document.body);
      return outlineStyle === 'none' ? boxShadow : outlineStyle;
    });

    expect(nameless).toEqual([]);
    expect(focusMark).not.toBe('none');
  });
});
