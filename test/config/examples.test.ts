import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CORE_SECRETS, CoreSettings } from '#config/core-settings.ts';
import { FileSettings } from '#config/file-settings.ts';
import { loadConfig } from '#config/load.ts';
import { HostEntry } from '#config/own-settings.ts';
import { dryRunSettingOf } from '#config/responders.ts';
import { isSecretSetting } from '#config/sources.ts';
import { knownKeysAt } from '#config/wording.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { Switch } from '#connectors/settings.ts';
import { DEFAULT_LIMITS } from '#domain/policy.ts';
import { AUDIT_KEY, BOT_TOKEN, createFolder, SIGNING_KEY } from './load-texts.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOTENV = readFileSync(join(ROOT, '.env.example'), 'utf8');
const YAML = readFileSync(join(ROOT, 'socbot.example.yaml'), 'utf8');

/** Every responder's switch to do nothing. */
const DRY_RUNS = z.object(
  Object.fromEntries(responderConnectors.map((one) => [dryRunSettingOf(one), Switch.default(false)])),
);

const SETTINGS = new Map<string, z.core.$ZodType>(
  [CoreSettings, ...[...sourceConnectors, ...responderConnectors].map(({ settings }) => settings), DRY_RUNS].flatMap(
    ({ shape }) => Object.entries(shape),
  ),
);
const WRITTEN = [...DOTENV.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, key = '', value = '']) => ({ key, value }));

function isSecret(key: string): boolean {
  return CORE_SECRETS.some((secret) => secret === key) || isSecretSetting(SETTINGS.get(key));
}

describe('.env.example', () => {
  it('has every setting there is, once, and no other', () => {
    expect(WRITTEN.map(({ key }) => key).sort()).toEqual([...SETTINGS.keys()].sort());
  });

  it('sets nothing as it stands, so that a copy starts the training range', () => {
    const cwd = createFolder();

    const config = loadConfig({
      env: {},
      cwd,
      connectors: sourceConnectors,
      responders: responderConnectors,
      files: { env: { name: '.env', text: DOTENV } },
    });

    expect(config.mode).toBe('range');
    expect(config.sources).toEqual([]);
  });

  it('leaves exactly the secrets empty', () => {
    expect(WRITTEN.filter(({ value }) => value === '').map(({ key }) => key)).toEqual(
      WRITTEN.filter(({ key }) => isSecret(key)).map(({ key }) => key),
    );
  });

  it('loads with every line in use', () => {
    const cwd = createFolder();
    for (const name of ['ca.pem', 'client.pem', 'client.key']) writeFileSync(join(cwd, name), 'PEM');
    writeFileSync(join(cwd, 'temporal.toml'), '[profile.default]\n');
    writeFileSync(join(cwd, 'socbot.yaml'), YAML);
    const fitting: Record<string, string> = {
      TELEGRAM_BOT_TOKEN: BOT_TOKEN,
      SOCBOT_KEY: SIGNING_KEY,
      SOCBOT_AUDIT_KEY: AUDIT_KEY,
      SOCBOT_PAYLOAD_KEY: SIGNING_KEY,
      SOCBOT_PAYLOAD_KEY_OLD: AUDIT_KEY,
      DNS_RPZ_KEY: 'c2VjcmV0IG9mIGEgdGVzdCwgMzIgYnl0ZXMgbG9uZyE=',
      DATABASE_URL: 'postgres://socbot:secret@db.example:5432/socbot',
      BLOCK_FEED_TOKEN: '0123456789abcdef',
    };
    const text = WRITTEN.map(({ key, value }) => `${key}=${isSecret(key) ? (fitting[key] ?? 'a-key') : value}`);

    const config = loadConfig({
      env: {},
      cwd,
      connectors: sourceConnectors,
      responders: responderConnectors,
      files: { env: { name: '.env', text: text.join('\n') } },
    });

    expect(config.mode).toBe('telegram');
    expect(config.sources).toHaveLength(sourceConnectors.length);
    expect(config.temporal?.address).toBe('127.0.0.1:7233');
  });

  it('names the defaults where it names a value', () => {
    const defaults = new Map(WRITTEN.map(({ key, value }) => [key, value]));

    for (const [key, schema] of SETTINGS) {
      if (!(schema instanceof z.ZodDefault)) continue;
      const parsed = z.safeParse(schema, defaults.get(key));
      expect([key, parsed.data]).toEqual([key, schema.def.defaultValue]);
    }
  });
});

describe('socbot.example.yaml', () => {
  it('loads, with a block feed to approve for', () => {
    const config = loadConfig({
      env: { BLOCK_FEED_LISTEN: '127.0.0.1:8480' },
      cwd: createFolder(),
      connectors: [],
      files: { env: null, settings: { name: 'socbot.yaml', text: YAML } },
    });

    expect(config.people.map(({ name }) => name)).toEqual(['Ana', 'Ben', 'Cleo']);
  });

  it('has every setting there is, at its default', () => {
    const sections = knownKeysAt(FileSettings, []);
    const expected = [
      ...sections,
      'role',
      'telegram',
      ...sections.flatMap((name) => knownKeysAt(FileSettings, [name])),
      ...Object.keys(DEFAULT_LIMITS),
      ...knownKeysAt(FileSettings, ['policy', 'rules', 'block', 'usual']),
      ...Object.keys(HostEntry.shape),
    ];
    // These hold for every rule that says nothing else, and the size of a fleet is not ours to know.
    const unset = ['approvalLife', 'executionWindow', 'longestBlock', 'fleet'];

    const isWritten = (key: string) => new RegExp(`^ *${unset.includes(key) ? '# ' : ''}${key}:`, 'm').test(YAML);
    const missing = [...expected, 'fleet'].filter((key) => !isWritten(key));

    expect(missing).toEqual([]);
    const empty = loadConfig({ env: {}, cwd: createFolder(), connectors: [], files: { env: null, settings: null } });
    const example = loadConfig({
      env: {},
      cwd: createFolder(),
      connectors: [],
      files: { env: null, settings: { name: 'socbot.yaml', text: YAML } },
    });
    expect(example).toMatchObject({ policy: empty.policy, lookUp: empty.lookUp, markings: empty.markings });
    expect(example.policy).toEqual(empty.policy);
  });

  it('loads with every setting in use that it leaves to the rules', () => {
    const text = YAML.replaceAll(/^( *)# (approvalLife|executionWindow|longestBlock|fleet):/gm, '$1$2:');

    const { policy } = loadConfig({
      env: { BLOCK_FEED_LISTEN: '127.0.0.1:8480' },
      cwd: createFolder(),
      connectors: [],
      files: { env: null, settings: { name: 'socbot.yaml', text } },
    });

    expect(text).not.toBe(YAML);
    expect(policy.rules.isolate.usual.lifeMs).toBe(30 * 60_000);
  });

  it('starts with two people as well, without what is only an example', () => {
    const text = YAML.replace(/^ {2}Cleo:\n.*\n.*\n/m, '');

    expect(text).not.toContain('Cleo');
    const start = () =>
      loadConfig({
        env: { BLOCK_FEED_LISTEN: '127.0.0.1:8480' },
        cwd: createFolder(),
        connectors: [],
        files: { env: null, settings: { name: 'socbot.yaml', text } },
      });
    expect(start).not.toThrow();
  });
});
