import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SourceConnector } from '#connectors/connector.ts';
import { createToolConnectors } from '#connectors/own-tool/index.ts';
import type { ResponderConnector } from '#connectors/responder-connector.ts';
import { ofCore, ofFile } from './assemble.ts';
import type { Config } from './config.ts';
import { CORE_PREFIXES, CORE_SECRETS, CoreSettings } from './core-settings.ts';
import { readEnvFile } from './env-file.ts';
import { mergeEnvironment, type Environment, type KnownSettings } from './environment.ts';
import { FileSettings } from './file-settings.ts';
import { freezeDeep } from './freeze.ts';
import { openEnvFile, openSettingsFile, type GivenFiles } from './open-files.ts';
import { flawsInHosts } from './own-settings.ts';
import { flawsInPeople, toPeople } from './people.ts';
import { flawsInPolicy } from './policy.ts';
import { ConfigError, type Problem } from './problem.ts';
import { type Need, objectionsToEnvironment } from './requirements.ts';
import { dryRunSettingOf, flawsInTools, readResponders } from './responders.ts';
import { readSettingsFile } from './settings-file.ts';
import { problemOf, problemsOfIssue } from './settings-problems.ts';
import { isSecretSetting, prefixOf, readSettings, readSources } from './sources.ts';
import { storeFileIn } from './store-file.ts';
import { readTemporal } from './temporal.ts';
import { wording } from './wording.ts';

/** Where the configuration comes from. */
export type ConfigSources = {
  /** The process environment; what it sets wins over `.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where `.env`, `socbot.yaml` and `temporal.toml` lie, and where relative paths start. */
  readonly cwd: string;
  readonly connectors: readonly SourceConnector[];
  readonly responders?: readonly ResponderConnector[];
  /** From the command line; wins over `SOCBOT_DATA`. */
  readonly dataDir?: string;
  /** What this process cannot do without. */
  readonly needs?: readonly Need[];
  /** Nothing is made: without a `DATABASE_URL` the store has to be in the data directory already. */
  readonly isStoreThere?: boolean;
  /** Texts to read in place of the files, or null for none. */
  readonly files?: GivenFiles;
};

/**
 * Reads the whole configuration. Makes the data directory and the signing key in it if there is none yet.
 * Throws ConfigError, which names every problem at once.
 */
export function loadConfig(options: ConfigSources): Config {
  const env = openEnvFile(options.files, options.cwd);
  const entries = readEnvFile(env.file);
  const builtIn = options.responders ?? [];
  const merge = (tools: readonly ResponderConnector[]) =>
    mergeEnvironment(
      options.env,
      entries.entries,
      knownSettings(options.connectors, [...builtIn, ...tools]),
      options.cwd,
    );
  const keys = knownSettings(options.connectors, builtIn).keys;
  const file = readFileSettings(options, merge([]).environment, keys);
  // What a tool of one's own is told in the environment is known only once its description is.
  const tools = createToolConnectors(file.settings?.tools ?? {});
  const merged = merge(tools);
  const { environment } = merged;
  const core = readSettings(CoreSettings, environment);
  const sources = readSources(options.connectors, environment);
  const responders = readResponders(builtIn, tools, environment);
  const temporal = readTemporal(environment, options.env, options.cwd);
  const problems = [
    ...env.problems,
    ...entries.problems,
    ...merged.problems,
    ...core.problems,
    ...file.problems,
    ...sources.problems,
    ...responders.problems,
    ...temporal.problems,
    ...objectionsToEnvironment(environment, options.needs ?? [], temporal.cluster !== null),
  ];
  if (problems.length > 0 || !core.settings || !file.settings) throw new ConfigError(problems);
  const dataDir = resolve(options.cwd, options.dataDir ?? core.settings.SOCBOT_DATA);
  if (options.isStoreThere && !core.settings.DATABASE_URL) demandStore(dataDir);
  return freezeDeep({
    ...ofCore(core.settings, dataDir),
    ...ofFile(file.settings),
    settingsFile: settingsFileOf(options, environment),
    temporal: temporal.cluster,
    responders: responders.responders,
    respondersOff: responders.respondersOff,
    sources: sources.sources,
    off: sources.off,
  });
}

/** Every setting there is: those of SocBot and those of the connectors. */
export function knownSettings(
  connectors: readonly SourceConnector[],
  responders: readonly ResponderConnector[] = [],
): KnownSettings {
  const shapes = [...connectors, ...responders].flatMap(({ settings }) => Object.entries(settings.shape));
  return {
    keys: [...Object.keys(CoreSettings.shape), ...shapes.map(([key]) => key), ...responders.map(dryRunSettingOf)],
    secrets: [...CORE_SECRETS, ...shapes.filter(([, schema]) => isSecretSetting(schema)).map(([key]) => key)],
    prefixes: [...CORE_PREFIXES, ...[...connectors, ...responders].map(prefixOf)],
  };
}

/** The settings file, whether it is there or not; null where its text was given. */
function settingsFileOf({ files, cwd }: ConfigSources, environment: Environment): string | null {
  if (files?.settings !== undefined) return null;
  return resolve(cwd, environment.get('SOCBOT_SETTINGS')?.text ?? 'socbot.yaml');
}

function demandStore(dataDir: string): void {
  const file = storeFileIn(dataDir);
  if (existsSync(file)) return;
  throw new ConfigError([
    { place: { file }, text: 'there is no such file; name the data directory that SocBot runs with' },
  ]);
}

const NO_SETTINGS_FILE: Problem = {
  place: { file: 'socbot.yaml' },
  text: 'there is none, so nobody may ask or approve; copy socbot.example.yaml to it and put your people in',
};

/** Whether any system that enforces is switched on. */
function canContain(
  { tools }: FileSettings,
  environment: Environment,
  responders: readonly ResponderConnector[] = [],
): boolean {
  if (Object.keys(tools).length > 0) return true;
  return ['BLOCK_FEED_LISTEN', ...responders.map(({ switchOn }) => switchOn)].some((key) => environment.has(key));
}

function readFileSettings(
  { files, cwd, responders }: ConfigSources,
  environment: Environment,
  environmentKeys: readonly string[],
): { readonly settings: FileSettings | null; readonly problems: readonly Problem[] } {
  const opened = openSettingsFile(files, cwd, environment);
  const file = readSettingsFile(opened.file);
  if (opened.problems.length + file.problems.length > 0) {
    return { settings: null, problems: [...opened.problems, ...file.problems] };
  }
  const parsed = FileSettings.safeParse(file.data, { error: wording });
  const issues = parsed.success ? [] : parsed.error.issues;
  const problems = [
    ...issues.flatMap((issue) => problemsOfIssue(file, issue, environmentKeys)),
    ...flawsInPeople(file.data).map((flaw) => problemOf(file, flaw)),
  ];
  if (!parsed.success) return { settings: null, problems };
  const flaws = [
    ...flawsInHosts(parsed.data.hosts),
    ...flawsInTools(parsed.data.tools, responders),
    ...flawsInPolicy(parsed.data, toPeople(parsed.data.people), canContain(parsed.data, environment, responders)),
  ];
  if (flaws.length > 0 && opened.isMissing) return { settings: null, problems: [NO_SETTINGS_FILE] };
  return { settings: parsed.data, problems: [...problems, ...flaws.map((flaw) => problemOf(file, flaw))] };
}
