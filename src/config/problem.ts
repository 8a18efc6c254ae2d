/** Where a setting was written: a file and its line, or the process environment, which has none. */
export type Place = { readonly file: string; readonly line?: number };

/** One thing that is wrong with the configuration, and what to write instead. Never holds a value, which may be secret. */
export type Problem = { readonly place: Place; readonly text: string };

/** How messages name the process environment. */
export const ENVIRONMENT: Place = { file: 'environment' };

/** A configuration that SocBot does not start with. The message has one line per problem: `file:line: what; what to write`. */
export class ConfigError extends Error {
  override name = 'ConfigError' as const;
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = [...problems].sort(
      (a, b) => a.place.file.localeCompare(b.place.file) || (a.place.line ?? 0) - (b.place.line ?? 0),
    );
    super([...new Set(sorted.map(renderProblem))].join('\n'));
    this.problems = sorted;
  }
}

function renderProblem({ place, text }: Problem): string {
  return place.line === undefined ? `${place.file}: ${text}` : `${place.file}:${place.line}: ${text}`;
}
