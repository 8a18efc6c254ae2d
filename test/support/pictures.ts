import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { PhoneMessage } from '#range/telegram/phone.ts';
import type { UserSide } from '#range/telegram/user-side.ts';
import { createUserSide } from '#range/telegram/user-side.ts';
import { launchBrowser } from './browser.ts';
import { startWholeRange, type WholeRange } from './whole-range.ts';

/** Where the README's pictures lie. */
const PICTURES = join(import.meta.dirname, '../../docs');

const ANA = 1001;
const BEN = 1002;
const PATIENCE_MS = 30_000;

const DESK: BrowserContextOptions = {
  viewport: { width: 1340, height: 1000 },
  deviceScaleFactor: 1.5,
  colorScheme: 'light',
};
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  colorScheme: 'dark',
};
const CONSOLE: BrowserContextOptions = { ...DESK, viewport: { width: 1280, height: 1016 } };

/**
 * Makes the pictures of the README anew, from a range of its own: Ana looks an address up and asks to block it, Ben
 * has the card that asks him, and the finished look-up stands in the Temporal UI.
 */
async function makePictures(): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  const dir = mkdtempSync(join(tmpdir(), 'socbot-pictures-'));
  const range = await startWholeRange(dir);
  const browser = await launchBrowser();
  try {
    await playScene(createUserSide(`${range.pageUrl}user`));
    await picture(browser, { name: 'chat-desk', options: DESK, show: async (page) => showChat(page, range, 'Ana') });
    await picture(browser, { name: 'chat-phone', options: PHONE, show: async (page) => showChat(page, range, 'Ben') });
    await picture(browser, { name: 'temporal-ui', options: CONSOLE, show: async (page) => showLookUp(page, range) });
  } finally {
    await browser.close();
    await range.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Brings the range to the moment that the pictures show. */
async function playScene(people: UserSide): Promise<void> {
  await ask(people, BEN, '/ioc update-cdn.example');
  const verdict = await ask(people, ANA, '/ioc 203.0.113.66');
  const button = verdict.keyboard.flat().find(({ text }) => text.includes('Block'));
  if (!button) throw new Error(`there is no button to block below: ${verdict.text}`);
  await people.press({ from: ANA, chat: ANA, message: verdict.id, button: button.text }, PATIENCE_MS);
  await people.waitFor({ chat: BEN, as: BEN }, ({ text }) => text.includes('APPROVAL'), PATIENCE_MS);
}

/** Writes to SocBot in private and gives its card. */
async function ask(people: UserSide, person: number, text: string): Promise<PhoneMessage> {
  await people.send({ from: person, chat: person, text });
  return people.waitFor({ chat: person, as: person }, ({ from }) => from.isBot, PATIENCE_MS);
}

type Picture = {
  readonly name: string;
  readonly options: BrowserContextOptions;
  readonly show: (page: Page) => Promise<void>;
};

async function picture(browser: Browser, { name, options, show }: Picture): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await show(page);
  await page.evaluate(async () => document.fonts.ready);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  await context.close();
}

/** The chat page, with somebody's phone in hand. */
async function showChat(page: Page, { pageUrl }: WholeRange, person: string): Promise<void> {
  await page.goto(pageUrl);
  const people = page.getByRole('navigation', { name: 'Who holds the phone' });
  await people.getByRole('button', { name: new RegExp(`^${person}`) }).click();
  await page.getByRole('log').getByRole('article').last().waitFor();
}

/** The finished look-up in the Temporal UI, from its timeline down. */
async function showLookUp(page: Page, { uiUrl }: WholeRange): Promise<void> {
  const query = encodeURIComponent('SocKind="look_up" AND SocPhase="done"');
  await page.goto(`${uiUrl}/namespaces/default/workflows?query=${query}`);
  await page.getByRole('link', { name: 'lookUp' }).first().click();
  await page.getByText('First card at the latest').first().waitFor();
  await page
    .getByRole('button', { name: /collapse|sidebar|navigation/i })
    .first()
    .click();
  // The pointer rests nowhere, and nothing is marked.
  await page.mouse.move(0, 0);
  await page.evaluate(() => getSelection()?.removeAllRanges());
}

await makePictures();
