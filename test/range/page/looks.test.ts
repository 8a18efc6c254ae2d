import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ANA, messages, openStage } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  const reply_markup = {
    inline_keyboard: [[{ text: 'A button with quite a lot to say for itself', callback_data: 'a', style: 'danger' }]],
  };
  await stage.bot.call('sendMessage', { chat_id: ANA, text: `${'a'.repeat(300)} 🔴 ${'b '.repeat(90)}`, reply_markup });
});
afterAll(() => stage.close());
afterEach(() => expect(stage.problems.splice(0)).toEqual([]));

describe('the page', () => {
  it('does not scroll sideways at any width from 320 pixels up', async () => {
    const page = await stage.open();
    await messages(page).first().waitFor();

    for (const width of [320, 390, 859, 860, 1000, 1179, 1180, 1280, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      const tooWide = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.page, .log, .desk, .rail')]
          .filter((element) => element.scrollWidth > element.clientWidth)
          .map((element) => element.className),
      );
      expect(tooWide, `at ${width} pixels`).toEqual([]);
    }
  });

  it('is readable in light and in dark colours, moves less and keeps borders for those who ask', async () => {
    const page = await stage.open();
    const bubble = messages(page).first().locator('.bubble');
    await bubble.waitFor();

    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { color, backgroundColor } = await bubble.evaluate((element) => {
        const style = getComputedStyle(element);
        return { color: style.color, backgroundColor: style.backgroundColor };
      });
      expect(contrastOf(color, backgroundColor)).toBeGreaterThan(7);
    }
    stage.range.change({ worker: { state: 'starting', pid: null, restarts: 0 } });
    const dot = page.locator('.plug .worker-dot.is-starting');
    await dot.waitFor();
    await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });

    expect(await dot.evaluate((element) => getComputedStyle(element).animationIterationCount)).toBe('1');
    expect(await bubble.evaluate((element) => getComputedStyle(element).borderStyle)).toBe('solid');
  });
});

/** The contrast ratio of two colours written as `rgb(r, g, b)`. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrastOf(first: string, second: string): number {
  const [darker = 0, lighter = 0] = [luminanceOf(first), luminanceOf(second)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
