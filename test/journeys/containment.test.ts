import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#support/browser.ts';
import { startWholeRange, type WholeRange } from '#support/whole-range.ts';

/** Holding a whole network takes a code. */
const NETWORK = '203.0.113.64/28';
const DURATION_MS = 60_000;
/** Longer than it is held. */
const PATIENCE_MS = 100_000;

let dir: string;
let range: WholeRange;
let browser: Browser;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'socbot-journey-'));
  [range, browser] = await Promise.all([startWholeRange(dir), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await range.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
});

/** The phone of one person, as the page shows it. */
async function phoneOf(name: string, chat: RegExp = /^SocBot/): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(range.pageUrl);
  const people = page.getByRole('navigation', { name: 'Who holds the phone' });
  await people.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  const chats = page.getByRole('navigation', { name: `On ${name}’s phone` });
  await chats.getByRole('button', { name: chat }).click();
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Message as/ }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Presses the newest button that says this. */
async function press(page: Page, words: RegExp): Promise<void> {
  await page.getByRole('log').getByRole('button', { name: words }).last().click();
}

async function reads(page: Page, words: RegExp): Promise<void> {
  await page.getByRole('log').getByText(words).last().waitFor();
}

async function isToldOnPress(page: Page, words: RegExp): Promise<void> {
  await page.getByText(words).last().waitFor();
}

async function feed(): Promise<string> {
  const address = range.printed
    .map((line) => /https?:\S+\.txt|127\.0\.0\.1:\d+/.exec(line.startsWith('Block feed') ? line : '')?.[0])
    .find(Boolean);
  if (address === undefined) throw new Error(`no block feed: ${range.printed.join('\n')}`);
  const url = address.startsWith('http') ? address : `http://${address}/blocklist.txt`;
  return (await fetch(url)).text();
}

describe('a containment, from the phone', { timeout: 240_000 }, () => {
  it('is decided by the right person alone, seen in every system, and lifts itself although all was killed', async () => {
    const ana = await phoneOf('Ana', /SOC night shift/);
    await say(ana, `/block ${NETWORK} 1m command and control`);
    await reads(ana, /BLOCK ASKED/);

    const eve = await phoneOf('Eve', /SOC night shift/);
    await press(eve, /Decide/);
    await isToldOnPress(eve, /not allowed/i);
    await press(ana, /Decide/);
    await isToldOnPress(ana, /You asked for this one; somebody else must decide/);
    expect(await feed()).not.toContain('203.0.113.64');

    const ben = await phoneOf('Ben');
    await press(ben, /Approve block/);
    await press(ben, /Yes, block/);
    await reads(ben, /YOUR CODE/);
    expect(await feed()).not.toContain('203.0.113.64');
    await ben.getByRole('button', { name: 'Type the code' }).click();
    await ben.getByRole('button', { name: 'Send', exact: true }).click();
    await reads(ben, /BLOCKED/);
    const heldAtMs = Date.now();
    expect(await feed()).toContain(NETWORK);
    await say(ben, '/blocked');
    await reads(ben, /CrowdSec/);

    await range.kill();
    range = await startWholeRange(dir);

    const again = await phoneOf('Ben');
    await reads(again, /LIFTED/);
    expect(Date.now() - heldAtMs).toBeGreaterThan(DURATION_MS - 5_000);
    expect(await feed()).not.toContain('203.0.113.64');
    await say(again, '/blocked');
    await reads(again, /NOTHING BLOCKED/);
  });
});
