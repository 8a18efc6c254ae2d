import { describe, expect, it } from 'vitest';
import { describeConfig, describeUnused } from '#config/describe.ts';
import { BOT_TOKEN, load } from './load-texts.ts';

const TEAM = 'people:\n  Ana: { role: analyst, telegram: 1001 }\n  Ben: { role: responder, telegram: 1002 }\n';

describe('describeConfig', () => {
  it('says of everything that is off which setting would switch it on', () => {
    expect(describeConfig(load({}), null)).toEqual([
      'Acme Intel          off · set ACME_INTEL_API_KEY',
      'Open List           off · set OPEN_LIST_ENABLED',
      'Block feed          off · set BLOCK_FEED_LISTEN',
    ]);
  });

  it('says of everything that is on what limits it and where it is', () => {
    const env = { ACME_INTEL_API_KEY: 'canary', OPEN_LIST_ENABLED: 'true', BLOCK_FEED_LISTEN: '127.0.0.1:8480' };
    const feedUrl = 'http://127.0.0.1:8480/blocklist.txt';

    expect(describeConfig(load({ env, yaml: TEAM }), feedUrl)).toEqual([
      'Acme Intel          on · 4 a minute, 500 a day',
      'Open List           on',
      'Block feed          on · 127.0.0.1:8480',
    ]);
  });

  it.each([
    ['another was quicker at its port', '127.0.0.1:46715'],
    ['its port is one that addresses leave out', '[::1]:80'],
  ])('names the block feed where it listens, also when %s', (_, address) => {
    const config = load({ env: { BLOCK_FEED_LISTEN: '127.0.0.1:8480' }, yaml: TEAM });

    expect(describeConfig(config, `http://${address}/blocklist.txt`)).toContain(`Block feed          on · ${address}`);
  });
});

describe('describeUnused', () => {
  const token = { TELEGRAM_BOT_TOKEN: BOT_TOKEN, TELEGRAM_API_ROOT: 'http://127.0.0.1:1234' };

  it('says that the range does not use a bot token', () => {
    const words = 'SOCBOT_RANGE is true: this is the training range, and TELEGRAM_BOT_TOKEN is not used.';

    expect(describeUnused(load({ env: { ...token, SOCBOT_RANGE: 'true' } }))).toBe(words);
  });

  it.each([{}, token, { SOCBOT_RANGE: 'true' }])('says nothing of %o', (env) => {
    expect(describeUnused(load({ env }))).toBeNull();
  });
});
