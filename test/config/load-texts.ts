import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Config } from '#config/config.ts';
import { loadConfig, type ConfigSources } from '#config/load.ts';
import { ConfigError } from '#config/problem.ts';
import { defineSource } from '#connectors/connector.ts';
import { CallLimit, SecretText, ServiceUrl, Switch } from '#connectors/settings.ts';

/** A source with a key and a quota, as most are. */
export const keyedSource = defineSource({
  id: 'acme-intel',
  title: 'Acme Intel',
  kinds: ['ipv4'],
  exposure: 'reputation_lookup',
  settings: z.object({
    ACME_INTEL_API_KEY: SecretText,
    ACME_INTEL_URL: ServiceUrl.default('https://intel.example'),
    ACME_INTEL_PER_MINUTE: CallLimit.default(4),
  }),
  switchOn: 'ACME_INTEL_API_KEY',
  quota: (settings) => ({ perMinute: settings.ACME_INTEL_PER_MINUTE, perDay: 500 }),
  create: () => ({ lookUp: () => Promise.reject(new Error('not asked here')) }),
  endpoints: [],
});

/** A source without a key, switched on by choice. */
export const keylessSource = defineSource({
  id: 'open-list',
  title: 'Open List',
  kinds: ['domain'],
  exposure: 'reputation_lookup',
  settings: z.object({ OPEN_LIST_ENABLED: Switch }),
  switchOn: 'OPEN_LIST_ENABLED',
  create: () => ({ lookUp: () => Promise.reject(new Error('not asked here')) }),
  endpoints: [],
});

export type Texts = {
  readonly env?: Readonly<Record<string, string>>;
  readonly dotenv?: string;
  readonly yaml?: string;
  readonly cwd?: string;
  readonly needs?: ConfigSources['needs'];
  readonly connectors?: ConfigSources['connectors'];
};

/** Loads a configuration from texts, in a folder that is gone after the test. */
export function load({ env = {}, dotenv = '', yaml = '', cwd, needs = [], connectors }: Texts): Config {
  return loadConfig({
    env,
    cwd: cwd ?? createFolder(),
    connectors: connectors ?? [keyedSource, keylessSource],
    needs,
    files: { env: { name: '.env', text: dotenv }, settings: { name: 'socbot.yaml', text: yaml } },
  });
}

/** The message with which a configuration is refused. */
export function refusalOf(texts: Texts): string {
  try {
    load(texts);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('this configuration was accepted');
}

/** A folder for one test. */
export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'socbot-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Shaped like a bot token, and nobody's. */
export const BOT_TOKEN = '700000001:SIMULATED-TOKEN-simulated-token-0000';
/** Shaped like a key of the audit, and nobody's. */
export const AUDIT_KEY = Buffer.from('fedcba9876543210abcdefghijklmnop').toString('base64');
/** Shaped like a signing key, and nobody's. */
export const SIGNING_KEY = 'MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=';
