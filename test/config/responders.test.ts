import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeConfig } from '#config/describe.ts';
import { loadConfig } from '#config/load.ts';
import { ConfigError } from '#config/problem.ts';
import { secretsOf } from '#config/secrets.ts';
import { defineResponder } from '#connectors/responder-connector.ts';
import { SecretText, ServiceUrl } from '#connectors/settings.ts';
import { createFolder } from './load-texts.ts';

const TEAM = 'people:\n  Ana: { role: analyst, telegram: 1 }\n  Ben: { role: responder, telegram: 2 }\n';

/** A system that enforces, switched on by its key. */
const wall = defineResponder({
  id: 'acme-wall',
  title: 'Acme Wall',
  kinds: ['ipv4'],
  settings: z.object({ ACME_WALL_API_KEY: SecretText, ACME_WALL_URL: ServiceUrl.default('https://wall.example') }),
  switchOn: 'ACME_WALL_API_KEY',
  create: () => {
    throw new Error('not made here');
  },
  endpoints: [],
});

function start(env: Readonly<Record<string, string>>, yaml = TEAM) {
  const settings = { name: 'socbot.yaml', text: yaml };
  return loadConfig({ env, cwd: createFolder(), connectors: [], responders: [wall], files: { env: null, settings } });
}

function refusalOf(env: Readonly<Record<string, string>>, yaml = TEAM): string {
  try {
    start(env, yaml);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('this configuration was accepted');
}

describe('a system that enforces', () => {
  it('is off until its setting is there, and says which one', () => {
    const config = start({});

    expect(config.responders).toEqual([]);
    expect(describeConfig(config, null)).toContain('Acme Wall           off · set ACME_WALL_API_KEY');
  });

  it('is on with it, and shows its secret to nobody', () => {
    const config = start({ ACME_WALL_API_KEY: 'canary-wall-1' });

    expect(config.responders).toMatchObject([{ connector: { id: 'acme-wall' }, isDryRun: false }]);
    expect(describeConfig(config, null)).toContain('Acme Wall           on');
    expect(JSON.stringify(config)).not.toContain('canary-wall-1');
    expect(secretsOf(config)).toContain('canary-wall-1');
  });

  it('can be told nothing, alone or with all others, and the start says so', () => {
    const alone = start({ ACME_WALL_API_KEY: 'key', ACME_WALL_DRY_RUN: 'true' });
    const all = start({ ACME_WALL_API_KEY: 'key', SOCBOT_DRY_RUN: 'true' });

    expect(alone.responders).toMatchObject([{ isDryRun: true }]);
    const line = 'Acme Wall           on · dry run: it is told nothing';
    expect(describeConfig(alone, null)).toContain(line);
    expect(describeConfig(all, null)).toContain(line);
  });

  it('has its mistakes found while it is off', () => {
    expect(refusalOf({ ACME_WALL_URL: 'nowhere' })).toMatch(/^environment: ACME_WALL_URL /);
    expect(refusalOf({ ACME_WALL_DRY_RUN: 'perhaps' })).toMatch(/^environment: ACME_WALL_DRY_RUN /);
    expect(refusalOf({ ACME_WALL_DRY_RUM: 'true' })).toContain('did you mean ACME_WALL_DRY_RUN?');
  });

  it('makes approvals needed: with it on, somebody has to be able to approve', () => {
    const nobody = 'people:\n  Ana: { role: analyst, telegram: 1 }\n';

    expect(start({}, nobody).people).toHaveLength(1);
    expect(refusalOf({ ACME_WALL_API_KEY: 'key' }, nobody)).toContain('a policy that nobody can satisfy');
  });
});
