import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createToolConnectors, ToolSettings } from '#connectors/own-tool/index.ts';
import type { ResponderConnector } from '#connectors/responder-connector.ts';

const README = join(import.meta.dirname, '../../src/connectors/own-tool/README.md');

/** The examples of the page that tells how a tool is connected, as `socbot.yaml` would hold them. */
export function toolExamples(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const blocks = [...readFileSync(README, 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);
  return Object.assign({}, ...blocks.map((text) => (parse(text) as { readonly tools: object }).tools));
}

/** A tool as a connector, from a description as YAML gives it. */
export function connectTool(name: string, description: unknown): ResponderConnector {
  const [connector] = createToolConnectors(ToolSettings.parse({ [name]: description }));
  if (!connector) throw new Error(`no tool came of ${name}`);
  return connector;
}

/** What is wrong with a description: `place: what; what to write`, one each. */
export function flawsOf(name: string, description: unknown): readonly string[] {
  const issues = ToolSettings.safeParse({ [name]: description }).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
