import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOT_TOKEN, createFolder, load, refusalOf, SIGNING_KEY } from './load-texts.ts';

const SECRETS = [
  BOT_TOKEN,
  SIGNING_KEY,
  'c4n4ry0123456789abcdef',
  'sk-C4n4ry/with+odd=chars&"quotes"',
  "it's C4n4ry #1",
];

/** Every place where somebody may put a secret by mistake. */
const MISTAKES: readonly ((secret: string) => { env?: Record<string, string>; dotenv?: string; yaml?: string })[] = [
  (secret) => ({ dotenv: secret }),
  (secret) => ({ dotenv: `${secret}=` }),
  (secret) => ({ dotenv: `${secret}=\n${secret}=` }),
  (secret) => ({ dotenv: `X="${secret}` }),
  (secret) => ({ dotenv: `SOCBOT_DATTA=${secret}` }),
  (secret) => ({ dotenv: `SOCBOT_PAGE_PORT='${secret}'` }),
  (secret) => ({ dotenv: `SOCBOT_LOG_LEVEL=\`${secret}\`` }),
  (secret) => ({ dotenv: `TELEGRAM_API_ROOT=\`${secret}\`` }),
  (secret) => ({ dotenv: `OPEN_LIST_ENABLED=\`${secret}\`` }),
  (secret) => ({ dotenv: `ACME_INTEL_API_KEY=k\nACME_INTEL_URL=\`${secret}\`` }),
  (secret) => ({ env: { ACME_INTEL_API_KEY_FILE: secret } }),
  (secret) => ({ env: { TEMPORAL_ADDRESS: secret } }),
  (secret) => ({ env: { TEMPORAL_PROFILE: secret } }),
  (secret) => ({ env: { TEMPORAL_CONFIG_FILE: secret } }),
  (secret) => ({ env: { ACME_INTEL_API_KEY: `${secret}\n${secret}` } }),
  (secret) => ({ env: { DATABASE_URL: `mysql://a:${secret}@db.example/a` } }),
  (secret) => ({ env: { BLOCK_FEED_LISTEN: secret } }),
  (secret) => ({ env: { BLOCK_FEED_TOKEN: `${secret} ${secret}` } }),
  (secret) => ({ yaml: JSON.stringify({ [secret]: 1 }) }),
  (secret) => ({ yaml: JSON.stringify({ people: { [secret]: { role: secret, telegram: secret } } }) }),
  (secret) => ({ yaml: JSON.stringify({ people: { Ana: { [secret]: secret } }, groups: { [secret]: secret } }) }),
  (secret) => ({ yaml: JSON.stringify({ ownNetworks: [secret], policy: { approvalLife: secret } }) }),
  (secret) => ({ yaml: JSON.stringify({ markings: { tlp: secret, pap: secret }, lookUps: secret }) }),
  (secret) => ({ yaml: `people: [${secret}\n  ${secret}` }),
  (secret) => ({ yaml: `*${secret}` }),
  (secret) => ({ yaml: `!${secret} x` }),
  (secret) => ({ yaml: `${secret}: ${secret}: ${secret}` }),
];

describe('a message about the configuration', () => {
  it.each(MISTAKES)('holds no part of a secret in the wrong place (%#)', (mistake) => {
    for (const secret of SECRETS) {
      const message = refusalOf(mistake(secret));

      expect(message).not.toMatch(/c4n4ry|SIMULATED|MDEyMzQ1/i);
      expect(message).toMatch(/^(?:\.env|socbot\.yaml|environment)(?::\d+)?: /);
    }
  });

  it('holds nothing of a temporal.toml that is broken', () => {
    const cwd = createFolder();
    writeFileSync(join(cwd, 'temporal.toml'), '[profile.default]\naddress = "a.example:7233"\napi_key = c4n4ry"');

    expect(refusalOf({ cwd })).toBe(
      'temporal.toml:3: this is not TOML; write lines such as address = "temporal.example:7233"',
    );
  });

  it('is all that ever comes of a broken file: nothing else is thrown', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'people:',
        'policy:',
        ' ',
        '\n',
        '\t',
        '- ',
        '{',
        '}',
        '[',
        ']',
        '&a',
        '*a',
        '!!x',
        '"',
        "'",
        '#',
      ),
      fc.constantFrom(': ', 'Ana', 'telegram', 'role', '1001', '__proto__', 'constructor', '=', 'SOCBOT_KEY', '---\n'),
      fc.string({ maxLength: 5, unit: 'binary' }),
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    const cwd = createFolder();
    fc.assert(
      fc.property(text, text, (dotenv, yaml) => {
        const start = () => load({ dotenv: dotenv.replaceAll('SOCBOT_KEY=', ''), yaml, cwd });

        try {
          start();
        } catch (error) {
          expect(error).toMatchObject({ name: 'ConfigError' });
        }
      }),
      { numRuns: 120 },
    );
  });
});
