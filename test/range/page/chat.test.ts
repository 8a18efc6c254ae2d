import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  DESK,
  EVE,
  GROUP,
  handToAna,
  messageBox,
  messages,
  openStage,
  personButton,
  PHONE,
} from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
afterEach(() => expect(stage.problems.splice(0)).toEqual([]));

const APPROVE = { inline_keyboard: [[{ text: 'Approve', callback_data: 'yes', style: 'success' }]] };

describe.each([
  ['on a desk', { viewport: DESK }],
  ['on a phone', { viewport: PHONE, hasTouch: true }],
])('the chat %s', (_, options) => {
  let page: Page;
  beforeAll(async () => {
    page = await stage.open(options);
  });
  beforeEach(() => handToAna(page));

  it('sends what is typed with Enter and breaks lines with Shift and Enter', async () => {
    const box = messageBox(page, 'Ana');

    await box.fill('first line');
    await box.press('Shift+Enter');
    await box.pressSequentially('second line');
    await box.press('Enter');

    const sent = await stage.users.waitFor({ chat: ANA, as: ANA }, ({ text }) => text.includes('second line'));
    expect(sent).toMatchObject({ text: 'first line\nsecond line', from: { id: ANA } });
    await page.getByRole('log').getByText('second line').last().waitFor();
    expect(await box.inputValue()).toBe('');
  });

  it('shows what is sent, also to somebody who was reading further up', async () => {
    for (let at = 0; at < 30; at += 1) await stage.users.send({ from: ANA, chat: ANA, text: `line ${at}` });
    const log = page.getByRole('log');
    await log.getByText('line 29').waitFor();
    await log.evaluate((element) => element.scrollTo({ top: 0 }));
    await page.getByRole('button', { name: 'To the newest message' }).waitFor();

    await messageBox(page, 'Ana').fill('my word');
    await messageBox(page, 'Ana').press('Enter');
    await log.getByText('my word').last().waitFor();

    await expect.poll(() => log.getByText('my word').last().evaluate(isInView)).toBe(true);
  });

  it('hands the phone over with one tap and keeps every draft where it was written', async () => {
    await messageBox(page).fill('half a thought');

    await personButton(page, 'Ben').click();

    expect(await messageBox(page, 'Ben').inputValue()).toBe('');
    await personButton(page, 'Ana').click();
    expect(await messageBox(page, 'Ana').inputValue()).toBe('half a thought');
    expect(await personButton(page, 'Ana').getAttribute('aria-current')).toBe('true');
  });

  it('counts what each person has not read, until they open it', async () => {
    await stage.bot.call('sendMessage', { chat_id: BEN, text: 'for Ben alone' });
    const ben = personButton(page, 'Ben', 'unread');
    await ben.waitFor();

    await ben.click();
    await page.getByRole('log').getByText('for Ben alone').last().waitFor();
    await page.getByRole('button', { name: /SOC night shift/ }).click();

    await expect.poll(() => personButton(page, 'Ben', 'unread').count()).toBe(0);
  });

  it('presses a button for whoever holds the phone and shows the answer as a toast', async () => {
    stage.bot.answerPresses(({ from }) => ({ text: from.id === EVE ? 'Not allowed.' : 'Recorded.' }));
    await stage.bot.call('sendMessage', { chat_id: GROUP, text: 'Block it?', reply_markup: APPROVE });

    await personButton(page, 'Eve').click();
    await page.getByRole('button', { name: /SOC night shift/ }).click();
    await page.getByRole('button', { name: 'Approve', exact: true }).last().click();

    await page.getByRole('status').getByText('Not allowed.').waitFor();
  });

  it('shows an edit in place, lights it up, marks it and tells a screen reader', async () => {
    const { message_id: id } = await stage.bot.call('sendMessage', { chat_id: ANA, text: 'Checking' });
    const message = messages(page).last();
    await message.getByText('Checking').waitFor();
    const count = await messages(page).count();

    await stage.bot.call('editMessageText', { chat_id: ANA, message_id: id, text: 'MALICIOUS 58 of 94' });

    await message.getByText('MALICIOUS 58 of 94').waitFor();
    expect(await messages(page).count()).toBe(count);
    expect(await message.locator('.flash').count()).toBe(1);
    await message.getByText('edited').waitFor();
    await page.getByRole('status').getByText('SocBot changed a message: MALICIOUS 58 of 94').waitFor();
  });

  it('answers a message, and shows what is answered', async () => {
    await stage.bot.call('sendMessage', { chat_id: ANA, text: 'Which one did you mean?' });
    const question = messages(page).filter({ hasText: 'Which one did you mean?' }).last();
    await question.click({ button: 'right' });

    await page.getByRole('menuitem', { name: 'Reply' }).click();
    await messageBox(page).fill('the first');
    await messageBox(page).press('Enter');

    const answer = await stage.users.waitFor({ chat: ANA, as: ANA }, ({ text }) => text === 'the first');
    expect(answer.replyTo).not.toBeNull();
    await page.locator('.quote').getByText('Which one did you mean?').last().waitFor();
  });
});

function isInView(element: Element): boolean {
  const frame = element.closest('[role=log]')?.getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  return frame !== undefined && top >= frame.top && bottom <= frame.bottom;
}
