import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolder, load, refusalOf } from './load-texts.ts';

const TOML = '[profile.default]\naddress = "temporal.example:7233"\nnamespace = "soc"\napi_key = "canary-toml-key"\n';

describe('the Temporal settings', () => {
  it('mean a server of our own while no address is given', () => {
    expect(load({}).temporal).toBeNull();
  });

  it('come from the environment or .env', () => {
    const config = load({ env: { TEMPORAL_ADDRESS: '127.0.0.1:7233' }, dotenv: 'TEMPORAL_NAMESPACE=soc' });

    expect(config.temporal).toMatchObject({ address: '127.0.0.1:7233', namespace: 'soc', apiKey: null });
    expect(config.temporal?.connectionOptions()).toMatchObject({ address: '127.0.0.1:7233' });
  });

  it('have the namespace default, and TLS as soon as there is a key', () => {
    const cwd = createFolder();
    writeFileSync(join(cwd, 'key'), 'canary-key\n');

    const { temporal } = load({ dotenv: 'TEMPORAL_ADDRESS=a.example:7233\nTEMPORAL_API_KEY_FILE=key', cwd });

    expect(temporal?.namespace).toBe('default');
    expect(temporal?.apiKey?.reveal()).toBe('canary-key');
    expect(temporal?.connectionOptions()).toMatchObject({ apiKey: 'canary-key', tls: true });
  });

  it('come from a temporal.toml beside SocBot, and the environment wins over it', () => {
    const cwd = createFolder();
    writeFileSync(join(cwd, 'temporal.toml'), TOML);

    const { temporal } = load({ cwd, env: { TEMPORAL_NAMESPACE: 'night' } });

    expect(temporal).toMatchObject({ address: 'temporal.example:7233', namespace: 'night' });
    expect(temporal?.apiKey?.reveal()).toBe('canary-toml-key');
  });

  it("leave the user's own temporal.toml alone, unless a profile is asked for", () => {
    const home = createFolder();
    mkdirSync(join(home, '.config', 'temporalio'), { recursive: true });
    writeFileSync(join(home, '.config', 'temporalio', 'temporal.toml'), `${TOML}\n${TOML.replace('default', 'soc')}`);
    const configHome = { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), APPDATA: join(home, '.config') };

    expect(load({ env: configHome }).temporal).toBeNull();
    if (process.platform === 'linux') {
      const { temporal } = load({ env: { ...configHome, TEMPORAL_PROFILE: 'soc' } });
      expect(temporal?.address).toBe('temporal.example:7233');
    }
  });

  it('pass headers on', () => {
    const env = { TEMPORAL_ADDRESS: 'a.example:7233', TEMPORAL_GRPC_META_X_TENANT: 'soc' };

    expect(load({ env }).temporal?.connectionOptions().metadata).toEqual({ 'x-tenant': 'soc' });
  });

  it.each([
    [
      `${TOML}colour = "blue"\n`,
      'temporal.toml: has a key that is not known; write address, namespace, api_key, tls or grpc_meta below [profile.default]',
    ],
    [
      '[profile.default]\naddress = "temporal.example"\n',
      'temporal.toml: the address of the Temporal cluster is not a host and port; write it like temporal.example:7233',
    ],
    ['[profile.default\n', 'temporal.toml:1: this is not TOML; write lines such as address = "temporal.example:7233"'],
  ])('are refused when temporal.toml is wrong (%#)', (toml, message) => {
    const cwd = createFolder();
    writeFileSync(join(cwd, 'temporal.toml'), toml);

    expect(refusalOf({ cwd })).toBe(message);
  });
});
