import { describe, expect, it } from 'vitest';
import { AUDIT_KEY, BOT_TOKEN, refusalOf, SIGNING_KEY, type Texts } from './load-texts.ts';

const FEED_TOKEN = 'write at least 16 letters and digits, such as: openssl rand -hex 16';
const KEY = 'SOCBOT_KEY is not a key of 32 random bytes; write what this prints: openssl rand -base64 32';
const ACME_EMPTY = 'ACME_INTEL_API_KEY must not be empty; write ACME_INTEL_API_KEY=<the key>, or take the line out';
const KEYS = `SOCBOT_KEY=${SIGNING_KEY}\nSOCBOT_AUDIT_KEY=${AUDIT_KEY}`;
const DATABASE =
  'DATABASE_URL is not the address of a PostgreSQL database; write postgres://user:password@host:5432/database';
const SHARED_KEY =
  'DATABASE_URL is set, so processes on several machines may share the work, and they must share one key; write SOCBOT_KEY=<what this prints: openssl rand -base64 32>';
const OPEN_FEED =
  'BLOCK_FEED_LISTEN is open to the network, and anybody there could read what you block; write BLOCK_FEED_TOKEN=<what this prints: openssl rand -hex 16>, or BLOCK_FEED_ALLOW=<the addresses of your firewalls>, or listen on 127.0.0.1';

const TEAM = 'people:\n  Ana: { role: analyst, telegram: 1001 }\n  Ben: { role: responder, telegram: 1002 }\n';

/** What `.env` or the environment says, and the whole message. */
const CASES: readonly (readonly [name: string, texts: Texts, message: string])[] = [
  ['an empty secret', { dotenv: 'ACME_INTEL_API_KEY=' }, `.env:1: ${ACME_EMPTY}`],
  ['a blank secret', { dotenv: 'ACME_INTEL_API_KEY="  "' }, `.env:1: ${ACME_EMPTY}`],
  ['an empty secret in the environment', { env: { ACME_INTEL_API_KEY: '' } }, `environment: ${ACME_EMPTY}`],
  [
    'an empty bot token',
    { dotenv: 'TELEGRAM_BOT_TOKEN=' },
    '.env:1: TELEGRAM_BOT_TOKEN must not be empty; write TELEGRAM_BOT_TOKEN=<the token>, or take the line out',
  ],
  [
    'a secret of two lines',
    { env: { ACME_INTEL_API_KEY: 'a\nb' } },
    'environment: ACME_INTEL_API_KEY must not hold a line break or another control character; write ACME_INTEL_API_KEY=<the key>, or take the line out',
  ],
  [
    'a bot token that is none',
    { dotenv: 'TELEGRAM_BOT_TOKEN=@socbot' },
    '.env:1: TELEGRAM_BOT_TOKEN is not a bot token; write it as @BotFather gave it, like 123456789:AA…',
  ],
  [
    'a bot token with a word before it',
    { dotenv: `TELEGRAM_BOT_TOKEN=bot${BOT_TOKEN}` },
    '.env:1: TELEGRAM_BOT_TOKEN is not a bot token; write it as @BotFather gave it, like 123456789:AA…',
  ],
  [
    'an API root that is no URL',
    { dotenv: 'TELEGRAM_API_ROOT=api.telegram.example' },
    '.env:1: TELEGRAM_API_ROOT is not the address of a Bot API server; write https:// and its host, or leave it out',
  ],
  [
    'an API root with a password',
    { dotenv: 'TELEGRAM_API_ROOT=https://a:b@api.example' },
    '.env:1: TELEGRAM_API_ROOT is not the address of a Bot API server; write https:// and its host, or leave it out',
  ],
  [
    'an API root without TLS',
    { dotenv: 'TELEGRAM_API_ROOT=http://api.telegram.example' },
    '.env:1: TELEGRAM_API_ROOT would send the token over the network in the clear; write it with https://',
  ],
  ['a short signing key', { dotenv: 'SOCBOT_KEY=c2hvcnQ=' }, `.env:1: ${KEY}`],
  ['a signing key that is a sentence', { dotenv: `SOCBOT_KEY="${'let me in '.repeat(8)}"` }, `.env:1: ${KEY}`],
  ['a signing key of one letter', { dotenv: `SOCBOT_KEY=${'a'.repeat(64)}` }, `.env:1: ${KEY}`],
  ['a signing key of 31 bytes', { dotenv: `SOCBOT_KEY=${'0123456789abcdef'.repeat(4).slice(2)}` }, `.env:1: ${KEY}`],
  [
    'an empty data directory',
    { dotenv: 'SOCBOT_DATA=' },
    '.env:1: SOCBOT_DATA must not be empty; write a value, or take the line out',
  ],
  [
    'a log level that is none',
    { dotenv: 'SOCBOT_LOG_LEVEL=loud' },
    '.env:1: SOCBOT_LOG_LEVEL must be trace or debug or info or warn or error or silent; write SOCBOT_LOG_LEVEL=trace',
  ],
  [
    'a port out of range',
    { dotenv: 'SOCBOT_PAGE_PORT=65536' },
    '.env:1: SOCBOT_PAGE_PORT is not a port; write a number from 1 to 65535',
  ],
  [
    'a port that is no number',
    { dotenv: 'SOCBOT_TEMPORAL_UI_PORT=0x50' },
    '.env:1: SOCBOT_TEMPORAL_UI_PORT is not a port; write a number from 1 to 65535',
  ],
  [
    'a settings file that is not there',
    { dotenv: 'SOCBOT_SETTINGS=' },
    '.env:1: SOCBOT_SETTINGS must not be empty; write a value, or take the line out',
  ],
  ['a database of another kind', { dotenv: `DATABASE_URL=mysql://db.example/a\n${KEYS}` }, `.env:1: ${DATABASE}`],
  ['a database without a name', { dotenv: `DATABASE_URL=postgres://db.example/\n${KEYS}` }, `.env:1: ${DATABASE}`],
  ['a database that is not a URL', { dotenv: `DATABASE_URL=localhost\n${KEYS}` }, `.env:1: ${DATABASE}`],
  [
    'a shared database without a shared key',
    { dotenv: `DATABASE_URL=postgres://a:b@db.example/c\nSOCBOT_AUDIT_KEY=${AUDIT_KEY}` },
    `.env:1: ${SHARED_KEY}`,
  ],
  [
    'a shared database without a shared key for the audit',
    { dotenv: `DATABASE_URL=postgres://a:b@db.example/c\nSOCBOT_KEY=${SIGNING_KEY}` },
    '.env:1: DATABASE_URL is set, so several processes may sign one audit, and they must share one key; write SOCBOT_AUDIT_KEY=<what this prints: openssl rand -base64 32>',
  ],
  [
    'one key for buttons and audit',
    { dotenv: `SOCBOT_KEY=${SIGNING_KEY}\nSOCBOT_AUDIT_KEY=${SIGNING_KEY}` },
    '.env:2: SOCBOT_AUDIT_KEY is the same as SOCBOT_KEY; write another one: openssl rand -base64 32',
  ],
  [
    'a key of the audit that is too long',
    { dotenv: `SOCBOT_AUDIT_KEY=${Buffer.from(`${'0123456789abcdef'.repeat(2)}x`).toString('base64')}` },
    '.env:1: SOCBOT_AUDIT_KEY is longer than 32 bytes; write what this prints: openssl rand -base64 32',
  ],
  [
    'a feed without a port',
    { dotenv: 'BLOCK_FEED_LISTEN=127.0.0.1', yaml: TEAM },
    '.env:1: BLOCK_FEED_LISTEN is not an address and port; write 127.0.0.1:8480',
  ],
  [
    'a feed with a port alone',
    { dotenv: 'BLOCK_FEED_LISTEN=8480', yaml: TEAM },
    '.env:1: BLOCK_FEED_LISTEN is not an address and port; write 127.0.0.1:8480',
  ],
  [
    'a feed on a host name',
    { dotenv: 'BLOCK_FEED_LISTEN=feed.example:8480', yaml: TEAM },
    '.env:1: BLOCK_FEED_LISTEN is not an address and port; write 127.0.0.1:8480',
  ],
  [
    'an empty feed',
    { dotenv: 'BLOCK_FEED_LISTEN=', yaml: TEAM },
    '.env:1: BLOCK_FEED_LISTEN is not an address and port; write 127.0.0.1:8480',
  ],
  [
    'a feed for everybody',
    { dotenv: 'BLOCK_FEED_ALLOW=0.0.0.0/0' },
    '.env:1: BLOCK_FEED_ALLOW is not a list of networks; write the addresses that may fetch, like 192.0.2.7, 198.51.100.0/24',
  ],
  [
    'a dry run that is neither on nor off',
    { dotenv: 'SOCBOT_DRY_RUN=maybe' },
    '.env:1: SOCBOT_DRY_RUN must be true or false; write SOCBOT_DRY_RUN=true',
  ],
  [
    'a feed token that is too short',
    { dotenv: 'BLOCK_FEED_TOKEN=secret' },
    `.env:1: BLOCK_FEED_TOKEN is too short or holds odd characters; ${FEED_TOKEN}`,
  ],
  [
    'a switch that is neither on nor off',
    { dotenv: 'OPEN_LIST_ENABLED=yes' },
    '.env:1: OPEN_LIST_ENABLED must be true or false; write OPEN_LIST_ENABLED=true',
  ],
  [
    'an empty switch',
    { dotenv: 'OPEN_LIST_ENABLED=' },
    '.env:1: OPEN_LIST_ENABLED must be true or false; write OPEN_LIST_ENABLED=true',
  ],
  [
    'a quota of nothing, although its source is off',
    { dotenv: 'ACME_INTEL_PER_MINUTE=0' },
    '.env:1: ACME_INTEL_PER_MINUTE must be a whole number of at least 1; .env.example shows how to write ACME_INTEL_PER_MINUTE',
  ],
  [
    'an address of a source that is no URL',
    { dotenv: 'ACME_INTEL_API_KEY=k\nACME_INTEL_URL=intel.example' },
    '.env:2: ACME_INTEL_URL is not a URL; write https:// and its host',
  ],
  [
    'an address of a source with a password in it',
    { dotenv: 'ACME_INTEL_API_KEY=k\nACME_INTEL_URL=https://a:b@intel.example' },
    '.env:2: ACME_INTEL_URL must be scheme, host and path only; .env.example shows how to write ACME_INTEL_URL',
  ],
  [
    'a Temporal address without a port',
    { dotenv: 'TEMPORAL_ADDRESS=temporal.example' },
    '.env:1: TEMPORAL_ADDRESS is not a host and port; write it like temporal.example:7233',
  ],
  [
    'a Temporal address that is a URL',
    { dotenv: 'TEMPORAL_ADDRESS=https://temporal.example:7233' },
    '.env:1: TEMPORAL_ADDRESS is not a host and port; write it like temporal.example:7233',
  ],
  [
    'a Temporal namespace without a cluster',
    { dotenv: 'TEMPORAL_NAMESPACE=soc' },
    '.env:1: TEMPORAL_NAMESPACE is set, and no address of a cluster; write TEMPORAL_ADDRESS=temporal.example:7233, or leave TEMPORAL_NAMESPACE out',
  ],
  [
    'a Temporal configuration that is not there',
    { dotenv: 'TEMPORAL_CONFIG_FILE=nowhere.toml' },
    '.env:1: TEMPORAL_CONFIG_FILE names a file that does not exist; write the path of a temporal.toml',
  ],
  [
    'a Temporal profile that is not there',
    { dotenv: 'TEMPORAL_PROFILE=prod' },
    '.env:1: TEMPORAL_PROFILE names a profile that is not in temporal.toml; write [profile.<name>] there',
  ],
  [
    'a certificate that is not there',
    { dotenv: 'TEMPORAL_ADDRESS=a.example:7233\nTEMPORAL_TLS_CLIENT_KEY_PATH=/nowhere/key.pem' },
    '.env:2: TEMPORAL_TLS_CLIENT_KEY_PATH names a file that does not exist; write the path of a PEM file',
  ],
  [
    'the range over the real Telegram',
    { dotenv: `SOCBOT_RANGE=true\nTELEGRAM_BOT_TOKEN=${BOT_TOKEN}` },
    '.env:1: SOCBOT_RANGE is for the training range only, whose Telegram runs on this machine; leave it out, or write TELEGRAM_API_ROOT=http://127.0.0.1:<port>',
  ],
  [
    'a feed for the network without a token',
    { dotenv: 'BLOCK_FEED_LISTEN=0.0.0.0:8480', yaml: TEAM },
    `.env:1: ${OPEN_FEED}`,
  ],
  [
    'a feed for the network over IPv6 without a token',
    { dotenv: 'BLOCK_FEED_LISTEN=[2001:db8::1]:8480', yaml: TEAM },
    `.env:1: ${OPEN_FEED}`,
  ],
  [
    'a process that needs what is missing',
    { needs: ['telegram', 'temporal', 'database'] },
    [
      'environment: TELEGRAM_BOT_TOKEN is missing; write TELEGRAM_BOT_TOKEN=<the token that @BotFather gave>',
      'environment: TEMPORAL_ADDRESS is missing; write TEMPORAL_ADDRESS=<host>:7233, where all processes find each other',
      'environment: DATABASE_URL is missing; write DATABASE_URL=postgres://user:password@host:5432/database, which all processes share',
    ].join('\n'),
  ],
];

describe('a configuration is refused for', () => {
  it.each(CASES)('%s', (_, texts, message) => {
    expect(refusalOf(texts)).toBe(message);
  });
});
