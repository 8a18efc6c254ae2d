import { z } from 'zod';
import { isSwitchedOn, type SourceConnector } from '#connectors/connector.ts';
import { Secret } from '#domain/secret.ts';
import type { Environment } from './environment.ts';
import { ENVIRONMENT, type Problem } from './problem.ts';
import { wording } from './wording.ts';

/** A source that is on, with its settings as its connector reads them. */
export type SourceOn = { readonly connector: SourceConnector; readonly settings: Readonly<Record<string, unknown>> };

/** A source that is off, and the setting that would switch it on. */
export type SourceOff = { readonly id: string; readonly title: string; readonly switchOn: string };

/** Decides which sources are on. Settings of a source that is off are read all the same, so that a mistake shows. */
export function readSources(
  connectors: readonly SourceConnector[],
  environment: Environment,
): {
  readonly sources: readonly SourceOn[];
  readonly off: readonly SourceOff[];
  readonly problems: readonly Problem[];
} {
  const texts = Object.fromEntries([...environment].map(([key, { text }]) => [key, text]));
  const sources: SourceOn[] = [];
  const off: SourceOff[] = [];
  const problems: Problem[] = [];
  for (const connector of connectors) {
    const { id, title, switchOn } = connector;
    const isOn = isSwitchedOn(connector, texts);
    const parsed = readSettings(isOn ? connector.settings : onlyGiven(connector.settings, environment), environment);
    problems.push(...parsed.problems);
    if (!isOn) off.push({ id, title, switchOn });
    else if (parsed.settings) sources.push({ connector, settings: parsed.settings });
  }
  return { sources, off, problems };
}

/** The part of a schema whose settings are given: what is off has no settings that are missing. */
export function onlyGiven(schema: z.ZodObject, environment: Environment): z.ZodObject {
  return z.object(Object.fromEntries(Object.entries(schema.shape).filter(([key]) => environment.has(key))));
}

/** Reads the settings of one schema out of the environment. One problem per setting names it and its place, never the value. */
export function readSettings<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Environment,
): { readonly settings: z.output<Schema> | null; readonly problems: readonly Problem[] } {
  const keys = Object.keys(schema.shape);
  const input = Object.fromEntries(
    keys.flatMap((key) => {
      const given = environment.get(key);
      return given ? [[key, given.text]] : [];
    }),
  );
  const parsed = schema.safeParse(input, { error: wording });
  if (parsed.success) return { settings: parsed.data, problems: [] };
  const issues = new Map(
    parsed.error.issues.map((issue) => [String(issue.path[0] ?? keys[0]), issue] as const).toReversed(),
  );
  const problems = [...issues].map(([key, issue]) => ({
    place: environment.get(key)?.place ?? ENVIRONMENT,
    text: `${key} ${issue.message}${issue.message.includes(';') ? '' : `; ${hintFor(key, schema.shape[key], issue)}`}`,
  }));
  return { settings: null, problems };
}

function hintFor(key: string, schema: z.core.$ZodType | undefined, issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `write ${key}=${String(issue.values[0])}`;
  if (issue.code === 'too_small' || isSecretSetting(schema))
    return `write ${key}=<the ${key.endsWith('TOKEN') ? 'token' : 'key'}>, or take the line out`;
  return `.env.example shows how to write ${key}`;
}

/** Any key passes here that a secret setting might ask for. */
const PROBE = 'probe-0123456789-abcdefghijklmnop';

/** Whether a setting is read into a Secret. */
export function isSecretSetting(schema: z.core.$ZodType | undefined): boolean {
  return schema !== undefined && z.safeParse(schema, PROBE).data instanceof Secret;
}

/** What every setting of a connector starts with, e.g. `SHODAN_INTERNETDB_`. */
export function prefixOf(connector: { readonly id: string }): string {
  return `${connector.id.toUpperCase().replaceAll('-', '_')}_`;
}
