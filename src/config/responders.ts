import { z } from 'zod';
import { isSwitchedOn } from '#connectors/connector.ts';
import type { ResponderConnector } from '#connectors/responder-connector.ts';
import { Switch } from '#connectors/settings.ts';
import type { Environment } from './environment.ts';
import type { FileSettings } from './file-settings.ts';
import type { Flaw } from './people.ts';
import type { Problem } from './problem.ts';
import { onlyGiven, prefixOf, readSettings } from './sources.ts';

/** A system that enforces and is on, with its settings as its connector reads them. */
export type ResponderOn = {
  readonly connector: ResponderConnector;
  readonly settings: Readonly<Record<string, unknown>>;
  /** It is told nothing; everything is checked and shown as if it were. */
  readonly isDryRun: boolean;
};

/** A system that is off, and the setting that would switch it on. */
export type ResponderOff = { readonly id: string; readonly title: string; readonly switchOn: string };

/** The name of the setting that lets a system do nothing, e.g. `CROWDSEC_DRY_RUN`. */
export function dryRunSettingOf(connector: Pick<ResponderConnector, 'id'>): string {
  return `${prefixOf(connector)}DRY_RUN`;
}

/** What is wrong with the names of tools of one's own: a built-in system has it already. */
export function flawsInTools(
  tools: FileSettings['tools'],
  builtIn: readonly ResponderConnector[] = [],
): readonly Flaw[] {
  const taken = ['block-feed', 'allow-list', ...builtIn.map(({ id }) => id)];
  return Object.keys(tools)
    .filter((name) => taken.includes(name))
    .map((name) => ({ path: ['tools', name], text: 'is the name of a built-in system; write another' }));
}

/**
 * Decides which systems are on; a tool of one's own that is described is. Settings of a system that is off are read all the
 * same, so that a mistake shows.
 */
export function readResponders(
  builtIn: readonly ResponderConnector[],
  tools: readonly ResponderConnector[],
  environment: Environment,
): {
  readonly responders: readonly ResponderOn[];
  readonly respondersOff: readonly ResponderOff[];
  readonly problems: readonly Problem[];
} {
  const texts = Object.fromEntries([...environment].map(([key, { text }]) => [key, text]));
  const responders: ResponderOn[] = [];
  const respondersOff: ResponderOff[] = [];
  const problems: Problem[] = [];
  for (const connector of [...builtIn, ...tools]) {
    const { id, title, switchOn } = connector;
    const isOn = tools.includes(connector) || isSwitchedOn(connector, texts);
    const parsed = readSettings(isOn ? connector.settings : onlyGiven(connector.settings, environment), environment);
    const dryRun = readSettings(z.object({ [dryRunSettingOf(connector)]: Switch.default(false) }), environment);
    problems.push(...parsed.problems, ...dryRun.problems);
    if (!isOn) respondersOff.push({ id, title, switchOn });
    else if (parsed.settings) {
      const isDryRun = dryRun.settings?.[dryRunSettingOf(connector)] === true;
      responders.push({ connector, settings: parsed.settings, isDryRun });
    }
  }
  return { responders, respondersOff, problems };
}
