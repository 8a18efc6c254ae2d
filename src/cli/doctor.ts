import { type ConfigSources, loadConfig } from '#config/load.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { examine } from '#src/doctor/examine.ts';

const MARKS = { well: '✓', doubtful: '⚠', ill: '✗' } as const;
const WIDTH = 20;

/**
 * `socbot doctor`: calls every configured system, read-only, and says in words what is wrong and what to do. Throws where
 * something is ill, so that scripts see it.
 */
export async function runDoctor(
  sources: Pick<ConfigSources, 'env' | 'cwd' | 'dataDir'>,
  print: (line: string) => void,
): Promise<void> {
  const config = loadConfig({ ...sources, connectors: sourceConnectors, responders: responderConnectors });
  const findings = await examine(config);
  for (const { state, what, says, todo } of findings) {
    print(`${MARKS[state]} ${what.padEnd(WIDTH)}${says}`);
    if (todo !== undefined) print(`${' '.repeat(WIDTH + 2)}→ ${todo}`);
  }
  const ill = findings.filter(({ state }) => state === 'ill').length;
  if (ill > 0) throw new Error(`${ill} ${ill === 1 ? 'thing needs' : 'things need'} mending.`);
  print('Everything that is configured answers.');
}
