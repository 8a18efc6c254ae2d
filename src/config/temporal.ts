import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { Secret } from '#domain/secret.ts';
import type { Environment } from './environment.ts';
import { isHostAndPort } from './listen-address.ts';
import { ENVIRONMENT, type Place, type Problem } from './problem.ts';

/** How to reach a Temporal cluster that is not SocBot's own. */
export type TemporalCluster = {
  readonly address: string;
  readonly namespace: string;
  /** What both `Connection.connect` and `NativeConnection.connect` take. A function, so that no printout shows a key. */
  readonly connectionOptions: () => ClientConnectConfig['connectionOptions'];
  readonly apiKey: Secret | null;
};

/**
 * Reads Temporal's own settings (https://docs.temporal.io/develop/environment-configuration): `TEMPORAL_ADDRESS` and its
 * siblings, and a `temporal.toml` that lies beside SocBot or that `TEMPORAL_CONFIG_FILE` names. The one in the user's
 * home, made for the command line, counts only if `TEMPORAL_PROFILE` asks for it.
 * No address means that SocBot runs a server of its own.
 */
export function readTemporal(
  environment: Environment,
  variables: Readonly<Record<string, string | undefined>>,
  cwd: string,
): { readonly cluster: TemporalCluster | null; readonly problems: readonly Problem[] } {
  const named = environment.get('TEMPORAL_CONFIG_FILE');
  const path = resolve(cwd, named?.text ?? 'temporal.toml');
  const profile = environment.get('TEMPORAL_PROFILE');
  const hasFile = existsSync(path);
  if (named && !hasFile) {
    const text = 'TEMPORAL_CONFIG_FILE names a file that does not exist; write the path of a temporal.toml';
    return { cluster: null, problems: [{ place: named.place, text }] };
  }
  const place = hasFile ? { file: named?.text ?? 'temporal.toml' } : (profile?.place ?? ENVIRONMENT);
  try {
    const config = loadClientConnectConfig({
      overrideEnvVars: { ...homeOf(variables), ...ownSettings(environment, cwd) },
      configFileStrict: true,
      ...(hasFile ? { configSource: { path } } : {}),
      ...(hasFile || profile ? {} : { disableFile: true }),
    });
    return conclude(config, environment, place);
  } catch (error) {
    return { cluster: null, problems: [problemOf(error, place, environment, cwd)] };
  }
}

function conclude(
  { connectionOptions, namespace }: ClientConnectConfig,
  environment: Environment,
  place: Place,
): { readonly cluster: TemporalCluster | null; readonly problems: readonly Problem[] } {
  const { address, apiKey } = connectionOptions;
  if (address !== undefined && !isHostAndPort(address)) {
    const text = 'the address of the Temporal cluster is not a host and port; write it like temporal.example:7233';
    return { cluster: null, problems: environment.has('TEMPORAL_ADDRESS') ? [] : [{ place, text }] };
  }
  if (address !== undefined) {
    const secret = typeof apiKey === 'string' ? new Secret(apiKey) : null;
    const cluster = {
      address,
      namespace: namespace ?? 'default',
      connectionOptions: () => connectionOptions,
      apiKey: secret,
    };
    return { cluster, problems: [] };
  }
  const stray = ['TEMPORAL_NAMESPACE', 'TEMPORAL_API_KEY', 'TEMPORAL_TLS', 'TEMPORAL_PROFILE'].find((key) =>
    environment.has(key),
  );
  if (stray === undefined) return { cluster: null, problems: [] };
  const text = `${stray} is set, and no address of a cluster; write TEMPORAL_ADDRESS=temporal.example:7233, or leave ${stray} out`;
  return { cluster: null, problems: [{ place: environment.get(stray)?.place ?? place, text }] };
}

/** In our words: the messages of the TOML parser quote the file, keys included. */
function problemOf(error: unknown, place: Place, environment: Environment, cwd: string): Problem {
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('Profile ')) {
    const profile = environment.get('TEMPORAL_PROFILE');
    const text = 'TEMPORAL_PROFILE names a profile that is not in temporal.toml; write [profile.<name>] there';
    return { place: profile?.place ?? place, text };
  }
  if (message.startsWith('Validation error')) {
    const text =
      'has a key that is not known; write address, namespace, api_key, tls or grpc_meta below [profile.default]';
    return { place, text };
  }
  if (error instanceof Error && 'line' in error && typeof error.line === 'number') {
    return {
      place: { ...place, line: error.line },
      text: 'this is not TOML; write lines such as address = "temporal.example:7233"',
    };
  }
  const lost = [...environment].find(
    ([key, { text }]) => /^TEMPORAL_.*_PATH$/.test(key) && !existsSync(resolve(cwd, text)),
  );
  if (lost) {
    const [key, given] = lost;
    return { place: given.place, text: `${key} names a file that does not exist; write the path of a PEM file` };
  }
  return { place, text: 'cannot be read; check that it is a file, and the paths of the certificates in it' };
}

/** Paths start at `cwd` like everywhere else; the library would let them start where the process happens to be. */
function ownSettings(environment: Environment, cwd: string): Record<string, string> {
  const own = [...environment].filter(([key]) => key.startsWith('TEMPORAL_') && key !== 'TEMPORAL_CONFIG_FILE');
  return Object.fromEntries(
    own.map(([key, { text }]) => [key, key.endsWith('_PATH') ? resolve(cwd, text) : text.trim()]),
  );
}

/** Where the user's own temporal.toml is looked for. */
function homeOf(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    ['HOME', 'XDG_CONFIG_HOME', 'APPDATA'].flatMap((key) => {
      const value = variables[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}
