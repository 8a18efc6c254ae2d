import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { startPageServer } from '#range/page-server.ts';
import type { PageServer } from '#range/page-server.ts';
import { startTelegramSimulator } from '#range/telegram/simulator.ts';
import type { TelegramSimulator } from '#range/telegram/simulator.ts';
import { createUserSide } from '#range/telegram/user-side.ts';
import type { UserSide } from '#range/telegram/user-side.ts';
import { launchBrowser } from '#support/browser.ts';
import { createFakeRange, NIGHT } from './fake-range.ts';
import type { FakeRange } from './fake-range.ts';
import { createScriptedBot } from './scripted-bot.ts';
import type { ScriptedBot } from './scripted-bot.ts';

/** The people and the group of the simulated Telegram. */
export const ANA = 1001;
export const BEN = 1002;
export const EVE = 1666;
export const GROUP = -1_002_000_000_001;

/** The two sizes the page is made for. */
export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 800 };

/** A page in a real browser, over a simulated Telegram, a scripted bot and a range that the test decides. */
export type Stage = {
  readonly telegram: TelegramSimulator;
  readonly users: UserSide;
  readonly bot: ScriptedBot;
  readonly range: FakeRange;
  readonly server: PageServer;
  /** Opens the page as a fresh visitor and waits until it shows a chat. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** What went wrong in any opened page: errors, and requests to anywhere but its own server. */
  readonly problems: string[];
  close(): Promise<void>;
};

/** Starts everything that a browser test needs. */
export async function openStage(): Promise<Stage> {
  const telegram = await startTelegramSimulator();
  const range = createFakeRange(NIGHT);
  const server = await startPageServer({ telegram, controls: range });
  const browser = await launchBrowser();
  const bot = createScriptedBot(telegram);
  const problems: string[] = [];
  return {
    telegram,
    range,
    server,
    bot,
    problems,
    users: createUserSide(telegram.userSide),
    open: (options = { viewport: DESK }) => openPage({ browser, server, problems, options }),
    async close() {
      await browser.close();
      await bot.stop();
      await server.close();
      await telegram.close();
    },
  };
}

type Opening = { browser: Browser; server: PageServer; problems: string[]; options: BrowserContextOptions };

async function openPage({ browser, server, problems, options }: Opening): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !/^(?:data|blob):/.test(request.url())) problems.push(request.url());
  });
  await page.goto(server.url);
  await page.getByRole('log', { name: 'Messages' }).waitFor();
  return page;
}

/** Puts the phone into Ana's hand, in her chat with the bot, with nothing written. */
export async function handToAna(page: Page): Promise<void> {
  await personButton(page, 'Ana').click();
  await page
    .getByRole('navigation', { name: 'On Ana’s phone' })
    .getByRole('button', { name: /^SocBot/ })
    .click();
  await messageBox(page, 'Ana').fill('');
}

/** The button that hands the phone to a person; with `more`, only while its name says that too. */
export function personButton(page: Page, name: string, more = ''): Locator {
  const people = page.getByRole('navigation', { name: 'Who holds the phone' });
  return people.getByRole('button', { name: new RegExp(`^${name}.*${more}`) });
}

/** Where the person who holds the phone writes. */
export function messageBox(page: Page, name = ''): Locator {
  return page.getByRole('textbox', { name: `Message as ${name}` });
}

/** The messages of the open chat. */
export function messages(page: Page): Locator {
  return page.getByRole('log').getByRole('article');
}
