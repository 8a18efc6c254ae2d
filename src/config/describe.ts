import type { Config } from './config.ts';

const TITLE_WIDTH = 20;

/** The start-up lines: one per connector, on with what limits it, or off with the setting that would switch it on. */
export function describeConfig(config: Config): string[] {
  const { sources, off, blockFeed } = config;
  return [
    ...sources.map(({ connector, settings }) => {
      const quota = connector.quota?.(settings);
      return line(connector.title, quota ? `on · ${quota.perMinute} a minute, ${quota.perDay} a day` : 'on');
    }),
    ...off.map(({ title, switchOn }) => line(title, `off · set ${switchOn}`)),
    line('Block feed', blockFeed ? `on · ${blockFeed.host}:${blockFeed.port}` : 'off · set BLOCK_FEED_LISTEN'),
  ];
}

function line(title: string, state: string): string {
  return `${title.padEnd(TITLE_WIDTH)}${state}`;
}
