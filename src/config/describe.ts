import type { Config } from './config.ts';

const TITLE_WIDTH = 20;

/**
 * The start-up lines: one per connector, on with what limits it, or off with the setting that would switch it on. The
 * block feed is named where it listens, which need not be where it was meant to.
 */
export function describeConfig(config: Config, feedUrl: string | null): string[] {
  const { sources, off, responders, respondersOff, isDryRun, blockFeed } = config;
  const dry = (isDry: boolean) => (isDry || isDryRun ? ' · dry run: it is told nothing' : '');
  return [
    ...sources.map(({ connector, settings }) => {
      const quota = connector.quota?.(settings);
      return line(connector.title, quota ? `on · ${quota.perMinute} a minute, ${quota.perDay} a day` : 'on');
    }),
    ...off.map(({ title, switchOn }) => line(title, `off · set ${switchOn}`)),
    line(
      'Block feed',
      feedUrl === null
        ? 'off · set BLOCK_FEED_LISTEN'
        : `on · ${addressIn(feedUrl)}${dry(blockFeed?.isDryRun ?? false)}`,
    ),
    ...responders.map((one) => line(one.connector.title, `on${dry(one.isDryRun)}`)),
    ...respondersOff.map(({ title, switchOn }) => line(title, `off · set ${switchOn}`)),
  ];
}

/** What is set and counts for nothing, since the range brings a Telegram of its own; null if there is no such thing. */
export function describeUnused({ mode, telegram }: Config): string | null {
  const isUnused = mode === 'range' && telegram !== null;
  return isUnused ? 'SOCBOT_RANGE is true: this is the training range, and TELEGRAM_BOT_TOKEN is not used.' : null;
}

function line(title: string, state: string): string {
  return `${title.padEnd(TITLE_WIDTH)}${state}`;
}

/** Host and port; `URL` itself leaves out port 80. */
function addressIn(url: string): string {
  return url.split('/')[2] ?? url;
}
