import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '#config/load.ts';
import { secretsOf } from '#config/secrets.ts';
import { DEFAULT_LIMITS, DEFAULT_RULES } from '#domain/policy.ts';
import {
  AUDIT_KEY,
  BOT_TOKEN,
  createFolder,
  keyedSource,
  keylessSource,
  load,
  refusalOf,
  SIGNING_KEY,
} from './load-texts.ts';

const TEAM = 'people:\n  Ana: { role: analyst, telegram: 1001 }\n  Ben: { role: responder, telegram: [1002, 1003] }\n';

describe('loadConfig', () => {
  it('needs no setting at all: then it is the training range, on this machine only', () => {
    const cwd = createFolder();

    const config = loadConfig({ env: {}, cwd, connectors: [keyedSource] });

    expect(config).toMatchObject({
      mode: 'range',
      telegram: null,
      dataDir: join(cwd, 'data'),
      logLevel: 'info',
      temporal: null,
      databaseUrl: null,
      blockFeed: null,
      people: [],
      groups: [],
      ownNetworks: [],
      ownDomains: [],
      hosts: [],
      policy: {
        rules: DEFAULT_RULES,
        limits: DEFAULT_LIMITS,
        defaultBlockMs: 14_400_000,
        defaultIsolationMs: 86_400_000,
      },
      isDryRun: false,
      responders: [],
      respondersOff: [],
      lookUp: { reuseMs: 900_000, firstCardMs: 1500 },
      markings: { default: { tlp: 'AMBER', pap: 'GREEN' }, telegramMaxTlp: 'AMBER' },
      allowDocumentationRanges: false,
      ports: {},
      sources: [],
      off: [{ id: 'acme-intel', title: 'Acme Intel', switchOn: 'ACME_INTEL_API_KEY' }],
    });
  });

  it('is the real thing with a bot token, where documentation addresses are not for practice', () => {
    const config = load({ dotenv: `TELEGRAM_BOT_TOKEN=${BOT_TOKEN}`, yaml: TEAM });

    expect(config.mode).toBe('telegram');
    expect(config.telegram?.apiRoot).toBe('https://api.telegram.org');
    expect(config.telegram?.token.reveal()).toBe(BOT_TOKEN);
    expect(config.allowDocumentationRanges).toBe(false);
  });

  it('knows the processes of the range, which have a simulated Telegram on this machine', () => {
    const env = { SOCBOT_RANGE: 'true', TELEGRAM_BOT_TOKEN: BOT_TOKEN, TELEGRAM_API_ROOT: 'http://127.0.0.1:1234/' };

    const config = load({ env });

    expect(config).toMatchObject({ mode: 'range', telegram: { apiRoot: 'http://127.0.0.1:1234' } });
    expect(config.allowDocumentationRanges).toBe(true);
  });

  it('does not take a worker, which has no use for the token, for one of the range', () => {
    const env = {
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      DATABASE_URL: 'postgres://db.example/socbot',
      SOCBOT_KEY: SIGNING_KEY,
      SOCBOT_AUDIT_KEY: AUDIT_KEY,
    };

    const config = load({ env, needs: ['temporal', 'database'] });

    expect(config.allowDocumentationRanges).toBe(false);
  });

  it('reads the files beside it', () => {
    const cwd = createFolder();
    writeFileSync(join(cwd, '.env'), `\uFEFFACME_INTEL_API_KEY=key-from-file\r\nSOCBOT_DATA=elsewhere\r\n`);
    writeFileSync(join(cwd, 'socbot.yaml'), TEAM);

    const config = loadConfig({ env: {}, cwd, connectors: [keyedSource] });

    expect(config.dataDir).toBe(join(cwd, 'elsewhere'));
    expect(config.sources.map(({ connector }) => connector.id)).toEqual(['acme-intel']);
    expect(config.people).toEqual([
      { name: 'Ana', role: 'analyst', telegramIds: [1001] },
      { name: 'Ben', role: 'responder', telegramIds: [1002, 1003] },
    ]);
  });

  it('reads the settings file that SOCBOT_SETTINGS names, and insists that it is there', () => {
    const cwd = createFolder();
    writeFileSync(join(cwd, 'mine.yaml'), 'lookUps:\n  reuse: 1h\n');
    const start = (name: string) =>
      loadConfig({ env: { SOCBOT_SETTINGS: name }, cwd, connectors: [], files: { env: null } });

    expect(start('mine.yaml').lookUp.reuseMs).toBe(3_600_000);
    expect(() => start('yours.yaml')).toThrow(
      `environment: SOCBOT_SETTINGS names a file that does not exist, ${join(cwd, 'yours.yaml')}; write the path of a settings file, or leave it out`,
    );
  });

  it('takes the data directory of the command line before any other', () => {
    const cwd = createFolder();

    const config = loadConfig({ env: { SOCBOT_DATA: 'a' }, cwd, dataDir: 'b', connectors: [] });

    expect(config.dataDir).toBe(join(cwd, 'b'));
  });

  it('lets the process environment win over .env, however a secret is given', () => {
    const cwd = createFolder();
    writeFileSync(join(cwd, 'key'), 'from-a-file\n');
    const keyOf = (env: Record<string, string>, dotenv: string) => {
      const [source] = load({ env, dotenv, cwd }).sources;
      return secretsOf({ ...load({ env, dotenv, cwd }), sources: source ? [source] : [] });
    };

    expect(keyOf({ ACME_INTEL_API_KEY: 'real' }, 'ACME_INTEL_API_KEY=written')).toContain('real');
    expect(keyOf({ ACME_INTEL_API_KEY: 'real' }, 'ACME_INTEL_API_KEY_FILE=key')).toContain('real');
    expect(keyOf({ ACME_INTEL_API_KEY_FILE: 'key' }, 'ACME_INTEL_API_KEY=written')).toContain('from-a-file');
    expect(keyOf({}, 'ACME_INTEL_API_KEY_FILE=key')).toContain('from-a-file');
  });

  it('says what is wrong with a file that should hold a secret', () => {
    const cwd = createFolder();
    mkdirSync(join(cwd, 'folder'));
    writeFileSync(join(cwd, 'empty'), '\n');
    writeFileSync(join(cwd, 'bytes'), Buffer.from([0xff, 0xfe, 0x00]));
    writeFileSync(join(cwd, 'large'), 'x'.repeat(1024 * 1024 + 1));
    const refusal = (name: string) => refusalOf({ dotenv: `ACME_INTEL_API_KEY_FILE=${name}`, cwd });
    const advice = 'write the path of a file that holds ACME_INTEL_API_KEY';

    expect(refusal('nowhere')).toBe(`.env:1: the file that ACME_INTEL_API_KEY_FILE names does not exist; ${advice}`);
    expect(refusal('folder')).toBe(`.env:1: the file that ACME_INTEL_API_KEY_FILE names is a folder; ${advice}`);
    expect(refusal('bytes')).toBe(`.env:1: the file that ACME_INTEL_API_KEY_FILE names is not UTF-8 text; ${advice}`);
    expect(refusal('large')).toBe(
      `.env:1: the file that ACME_INTEL_API_KEY_FILE names is larger than 1 MiB; ${advice}`,
    );
    expect(refusal('')).toBe(`.env:1: the file that ACME_INTEL_API_KEY_FILE names has no name; ${advice}`);
    expect(refusal('empty')).toBe(
      `.env:1: the file that ACME_INTEL_API_KEY_FILE names is empty; write ACME_INTEL_API_KEY into ${join(cwd, 'empty')}`,
    );
    expect(refusalOf({ dotenv: 'ACME_INTEL_API_KEY=a\nACME_INTEL_API_KEY_FILE=b', cwd })).toBe(
      '.env:2: ACME_INTEL_API_KEY is set as well as ACME_INTEL_API_KEY_FILE; keep one',
    );
  });

  it('says what is wrong with a settings file as such', () => {
    const cwd = createFolder();
    mkdirSync(join(cwd, 'socbot.yaml'));

    expect(() => loadConfig({ env: {}, cwd, connectors: [] })).toThrow(
      'socbot.yaml: is a folder; write a text file of settings, as the example file shows',
    );
  });

  it('reads quotes, blanks, export and comments as they are written', () => {
    const dotenv = ['# first', '', '  export SOCBOT_DATA = "a # b"  # why', "SOCBOT_LOG_LEVEL='debug'"].join('\n');

    const config = load({ dotenv, cwd: '/tmp' });

    expect(config.dataDir).toBe('/tmp/a # b');
    expect(config.logLevel).toBe('debug');
  });

  it('does not mind what Kubernetes sets for a service of its name, nor what belongs to others', () => {
    const env = {
      SOCBOT_SERVICE_HOST: '192.0.2.1',
      SOCBOT_SERVICE_PORT_HTTP: '80',
      SOCBOT_PORT: 'tcp://192.0.2.1:80',
      SOCBOT_PORT_80_TCP_ADDR: '192.0.2.1',
      TEMPORAL_CLOUD_SOMETHING: 'x',
      EDITOR: 'vi',
    };

    expect(() => load({ env })).not.toThrow();
  });

  it('keeps a source off that is switched off, and on when it is switched on', () => {
    expect(load({ dotenv: 'OPEN_LIST_ENABLED=false' }).off.map(({ id }) => id)).toContain('open-list');
    expect(load({ dotenv: 'OPEN_LIST_ENABLED=true' }).sources.map(({ connector }) => connector)).toEqual([
      keylessSource,
    ]);
  });

  it('lets one person look things up alone where there is nothing to approve', () => {
    const yaml = 'people:\n  Ana: { role: viewer, telegram: 1001 }';

    expect(load({ yaml }).people).toHaveLength(1);
    expect(refusalOf({ yaml, env: { BLOCK_FEED_LISTEN: '127.0.0.1:8480' } })).toMatch(/nobody can satisfy/);
  });

  it.each([
    ['127.0.0.1:8480', { host: '127.0.0.1', port: 8480 }],
    ['[::1]:1', { host: '::1', port: 1 }],
    ['localhost:65535', { host: 'localhost', port: 65_535 }],
  ])('opens the block feed on loopback at %s without a token', (text, address) => {
    expect(load({ env: { BLOCK_FEED_LISTEN: text }, yaml: TEAM }).blockFeed).toEqual({
      ...address,
      token: null,
      allow: null,
      isDryRun: false,
    });
  });

  it('opens the block feed to the network for the addresses that may fetch', () => {
    const env = { BLOCK_FEED_LISTEN: '0.0.0.0:8480', BLOCK_FEED_ALLOW: '192.0.2.7, 198.51.100.0/24' };

    expect(load({ env, yaml: TEAM }).blockFeed).toMatchObject({ token: null, allow: ['192.0.2.7', '198.51.100.0/24'] });
  });

  it('lets all systems, or the block feed alone, be told nothing', () => {
    const feed = { BLOCK_FEED_LISTEN: '127.0.0.1:8480' };

    expect(load({ env: { SOCBOT_DRY_RUN: 'true' } }).isDryRun).toBe(true);
    expect(load({ env: { ...feed, BLOCK_FEED_DRY_RUN: 'true' }, yaml: TEAM })).toMatchObject({
      isDryRun: false,
      blockFeed: { isDryRun: true },
    });
  });

  it('opens the block feed to the network with a token', () => {
    const env = { BLOCK_FEED_LISTEN: '0.0.0.0:8480', BLOCK_FEED_TOKEN: 'canary-feed-0011' };

    expect(load({ env, yaml: TEAM }).blockFeed?.token?.reveal()).toBe('canary-feed-0011');
  });

  it('writes networks and groups in one spelling', () => {
    const yaml =
      'ownNetworks: [203.0.113.0/24, 203.0.113.0/24, "2001:DB8:0:0::/32"]\ngroups:\n  SOC night shift: -1002000000001\n';

    const config = load({ yaml });

    expect(config.ownNetworks).toEqual(['203.0.113.0/24', '2001:db8::/32']);
    expect(config.groups).toEqual([{ name: 'SOC night shift', id: -1_002_000_000_001 }]);
  });

  it('finds the audit chat among the groups', () => {
    const yaml = 'groups: { SOC audit: -1002000000009 }\nauditChat: SOC audit\n';

    expect(load({ yaml }).auditChat).toBe(-1_002_000_000_009);
    expect(load({ yaml: TEAM }).auditChat).toBeNull();
    expect(() => load({ yaml: 'groups: { SOC: -1002000000009 }\nauditChat: SOC audit\n' })).toThrow(
      'auditChat is no group under groups; write one of these: SOC',
    );
  });

  it('is frozen, and shows no secret however it is printed', () => {
    const canaries = [
      AUDIT_KEY,
      'canary-acme-1',
      'canary-feed-123456',
      'canary-db-pw',
      'canary-temporal',
      SIGNING_KEY,
      BOT_TOKEN,
    ];
    const config = load({
      yaml: TEAM,
      dotenv: [
        `TELEGRAM_BOT_TOKEN=${BOT_TOKEN}`,
        `SOCBOT_KEY=${SIGNING_KEY}`,
        `SOCBOT_AUDIT_KEY=${AUDIT_KEY}`,
        'ACME_INTEL_API_KEY=canary-acme-1',
        'BLOCK_FEED_LISTEN=127.0.0.1:8480',
        'BLOCK_FEED_TOKEN=canary-feed-123456',
        'DATABASE_URL=postgres://socbot:canary-db-pw@db.example/socbot',
        'TEMPORAL_ADDRESS=temporal.example:7233',
        'TEMPORAL_API_KEY=canary-temporal',
      ].join('\n'),
    });

    const printed = `${inspect(config, { depth: 20, showHidden: true })}${JSON.stringify(config)}`;

    expect(canaries.filter((canary) => printed.includes(canary))).toEqual([]);
    expect(canaries.filter((canary) => !secretsOf(config).includes(canary))).toEqual([]);
    expect(Object.isFrozen(config) && Object.isFrozen(config.people[0]) && Object.isFrozen(config.policy)).toBe(true);
  });
});
