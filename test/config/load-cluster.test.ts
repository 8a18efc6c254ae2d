import { expect, it } from 'vitest';
import { loadCluster } from '#config/load-cluster.ts';
import { createFolder, keyedSource } from './load-texts.ts';

function load(env: Record<string, string>) {
  return loadCluster({ env, cwd: createFolder(), connectors: [keyedSource], files: { env: null } });
}

it('needs the address of the cluster and no secret', () => {
  const cluster = load({ TEMPORAL_ADDRESS: 'temporal:7233' });

  expect(cluster).toMatchObject({ address: 'temporal:7233', namespace: 'default' });
});

it.each([
  [{}, 'environment: TEMPORAL_ADDRESS is missing; write TEMPORAL_ADDRESS=<host>:7233, where the cluster to prepare is'],
  [{ TEMPORAL_ADDRESS: 'temporal:7233', SOCBOT_LOGLEVEL: 'info' }, 'did you mean SOCBOT_LOG_LEVEL?'],
])('refuses %o in words', (env, message) => {
  expect(() => load(env)).toThrow(message);
});
