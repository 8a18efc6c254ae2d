import { describe, expect, it } from 'vitest';
import { BOT_TOKEN, refusalOf, type Texts } from './load-texts.ts';

const KEY = 'SOCBOT_KEY is not a key of 32 random bytes; write what this prints: openssl rand -base64 32';

/** What `.env` or the environment says, and the whole message. */
const CASES: readonly (readonly [name: string, texts: Texts, message: string])[] = [
  [
    'a misspelt key in .env',
    { dotenv: '# mine\n\nTELEGRAM_BOT_TOKN=x' },
    '.env:3: TELEGRAM_BOT_TOKN is not a setting; did you mean TELEGRAM_BOT_TOKEN?',
  ],
  [
    'a key in small letters',
    { dotenv: 'acme_intel_api_key=x' },
    '.env:1: acme_intel_api_key is not a setting; did you mean ACME_INTEL_API_KEY?',
  ],
  ['a key of somebody else in .env', { dotenv: 'GREETING=hello' }, '.env:1: GREETING is not a setting'],
  [
    'a key that is a secret itself',
    { dotenv: 'dGhpc0lzQVNlY3JldEtleTEyMzQ1Njc4==' },
    '.env:1: this key is not a setting',
  ],
  [
    'an unknown key in the environment that starts like one of ours',
    { env: { SOCBOT_DATTA: 'x', PATH: '/bin' } },
    'environment: SOCBOT_DATTA is not a setting; did you mean SOCBOT_DATA?',
  ],
  [
    'an unknown key in the environment that starts like a connector',
    { env: { ACME_INTEL_KEY: 'x' } },
    'environment: ACME_INTEL_KEY is not a setting; did you mean ACME_INTEL_API_KEY?',
  ],
  [
    'a file for a setting that is no secret',
    { dotenv: 'SOCBOT_DATA_FILE=x' },
    '.env:1: SOCBOT_DATA_FILE is not a setting; did you mean SOCBOT_DATA?',
  ],
  ['a line without =', { dotenv: BOT_TOKEN }, '.env:1: this line sets nothing; write KEY=value, or # before a comment'],
  ['a line without a key', { dotenv: '=x' }, '.env:1: this line sets nothing; write KEY=value, or # before a comment'],
  [
    'an open quote',
    { dotenv: 'SOCBOT_DATA="x\nSOCBOT_KEY=y"' },
    `.env:1: SOCBOT_DATA has an open quote; write SOCBOT_DATA="…" on one line\n.env:2: ${KEY}`,
  ],
  [
    'text after a closing quote',
    { dotenv: 'SOCBOT_DATA="x" y' },
    '.env:1: SOCBOT_DATA has an open quote; write SOCBOT_DATA="…" on one line',
  ],
  [
    'a # inside a value',
    { dotenv: 'ACME_INTEL_API_KEY=ab#cd' },
    '.env:1: ACME_INTEL_API_KEY has a # in it, which starts a comment; put the value in quotes',
  ],
  ['a key twice', { dotenv: 'SOCBOT_DATA=a\nSOCBOT_DATA=b' }, '.env:2: SOCBOT_DATA is also on line 1; keep one'],
];

describe('a configuration is refused for', () => {
  it.each(CASES)('%s', (_, texts, message) => {
    expect(refusalOf(texts)).toBe(message);
  });
});
