import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownSettings, loadConfig } from '#config/load.ts';
import { sourceConnectors } from '#connectors/registry.ts';
import { type ComposeService, readComposeFile, readComposeText } from '#support/compose-file.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';

const ROOT = join(import.meta.dirname, '..');
const SECRETS = '/run/secrets/';

const { services, secrets, networks } = readComposeFile();
const all = Object.entries(services);
const known = knownSettings(sourceConnectors);
const names = new Set([...known.keys, ...known.secrets.map((key) => `${key}_FILE`)]);
const halves = ['bot', 'worker'] as const;

/** Good values for the secrets, by the name of their file. */
const VALUES: Readonly<Record<string, string>> = {
  database_url: 'postgres://socbot:secret@postgres:5432/socbot',
  socbot_key: 'MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=',
  socbot_audit_key: Buffer.from('fedcba9876543210abcdefghijklmnop').toString('base64'),
  block_feed_token: 'SIMULATED-feed-token-0000',
  telegram_bot_token: '700000001:SIMULATED-TOKEN-simulated-token-0000',
};

describe('docker-compose.yml', () => {
  it('runs one bot, which Telegram demands, and two workers', () => {
    expect(services['bot']?.scale ?? 1).toBe(1);
    expect(services['worker']?.scale).toBe(2);
  });

  it('opens no port but that of the Temporal UI, and that one on this machine only', () => {
    const open = all.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));

    expect(open).toEqual(['temporal-ui 127.0.0.1:${TEMPORAL_UI_PORT:-8233}:8080']);
  });

  it('lets nothing reach PostgreSQL and Temporal but its own containers', () => {
    expect(networks['inside']?.internal).toBe(true);
    for (const name of ['postgres', 'temporal']) expect(services[name]?.networks).toEqual(['inside']);
  });

  it.each(all)('%s may do no more than it needs', (_name, service) => {
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
  });

  it.each(all)('%s gets every secret as a file', (_name, service) => {
    const asked = Object.entries(service.environment ?? {});
    const files = asked.flatMap(([key, value]) => (key.endsWith('_FILE') ? [value.replace(SECRETS, '')] : []));

    expect(asked.filter(([key]) => known.secrets.includes(key) || /PASSWORD$|PWD$/.test(key))).toEqual([]);
    for (const file of files) expect(service.secrets).toContain(file);
    for (const secret of service.secrets ?? []) expect(secrets[secret]).toEqual({ file: `./secrets/${secret}` });
  });

  it('keeps the secrets out of the image and out of the repository', () => {
    const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n');
    const image = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');

    expect(ignored).toContain('secrets/');
    expect(image.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
      '*',
      '!package.json',
      '!package-lock.json',
      '!bin',
      '!src',
    ]);
  });

  it.each(halves)('sets nothing for the %s that SocBot does not know', (half) => {
    expect(Object.keys(services[half]?.environment ?? {}).filter((key) => !names.has(key))).toEqual([]);
  });

  it('proposes no setting that SocBot does not know', () => {
    const proposed = [...readComposeText().matchAll(/^ {2}# ([A-Z_]+): /gm)].map(([, key]) => key);

    expect(proposed).toContain('VIRUSTOTAL_API_KEY_FILE');
    expect(proposed.filter((key) => key === undefined || !names.has(key))).toEqual([]);
  });

  it.each(halves)('gives the %s a configuration that it starts with', (half) => {
    const dir = createScratchDirectory();
    for (const [name, value] of Object.entries(VALUES)) writeFileSync(join(dir, name), `${value}\n`);
    const env = Object.fromEntries(
      Object.entries(services[half]?.environment ?? {}).map(([key, value]) => [key, value.replace(SECRETS, `${dir}/`)]),
    );
    const needs =
      half === 'bot' ? (['telegram', 'temporal', 'database'] as const) : (['temporal', 'database'] as const);
    const settings = { name: 'socbot.yaml', text: readFileSync(join(ROOT, 'socbot.example.yaml'), 'utf8') };

    const config = loadConfig({ env, cwd: dir, connectors: sourceConnectors, needs, files: { env: null, settings } });

    expect(config.temporal?.address).toBe('temporal:7233');
    expect(config.databaseUrl?.reveal()).toBe(VALUES['database_url']);
    expect(config.telegram === null).toBe(half === 'worker');
    expect(config.blockFeed).toMatchObject({ host: '0.0.0.0', port: 8480 });
    expect(config.allowDocumentationRanges).toBe(false);
  });

  it.each(halves)('starts the %s when all it needs is there, and gives it time to end', (half) => {
    const service = services[half] as ComposeService;

    expect(service.depends_on).toEqual({
      postgres: { condition: 'service_healthy' },
      temporal: { condition: 'service_healthy' },
      'temporal-setup': { condition: 'service_completed_successfully' },
    });
    expect(service.stop_grace_period).toBe('45s');
    expect(service.healthcheck?.test).toEqual(['CMD', 'node', 'bin/socbot.js', 'health', half]);
  });
});
