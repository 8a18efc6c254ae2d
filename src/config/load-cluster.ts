import { readEnvFile } from './env-file.ts';
import { mergeEnvironment } from './environment.ts';
import { type ConfigSources, knownSettings } from './load.ts';
import { openEnvFile } from './open-files.ts';
import { ConfigError, ENVIRONMENT } from './problem.ts';
import { readTemporal, type TemporalCluster } from './temporal.ts';

/**
 * Reads only how to reach the Temporal cluster, for a set-up that is given no other secret. Throws ConfigError, also
 * where no cluster is named.
 */
export function loadCluster({
  env,
  cwd,
  connectors,
  responders,
  files,
}: Pick<ConfigSources, 'env' | 'cwd' | 'connectors' | 'responders' | 'files'>): TemporalCluster {
  const envFile = openEnvFile(files, cwd);
  const entries = readEnvFile(envFile.file);
  const merged = mergeEnvironment(env, entries.entries, knownSettings(connectors, responders), cwd);
  const temporal = readTemporal(merged.environment, env, cwd);
  const problems = [...envFile.problems, ...entries.problems, ...merged.problems, ...temporal.problems];
  if (problems.length > 0) throw new ConfigError(problems);
  if (temporal.cluster) return temporal.cluster;
  const text = 'TEMPORAL_ADDRESS is missing; write TEMPORAL_ADDRESS=<host>:7233, where the cluster to prepare is';
  throw new ConfigError([{ place: ENVIRONMENT, text }]);
}
