import type { SimulatedAnswer, SimulatorDefinition } from '#connectors/simulator-definition.ts';
import type { Story } from '#connectors/world-story.ts';
import { daysAgo } from '#connectors/world.ts';

const NOT_LISTED: SimulatedAnswer = { status: 404, json: { error: 'not listed' } };

/** The tool on loopback: `GET /v1/domains/{name}`. */
export const templateSimulator: SimulatorDefinition = {
  name: 'template',
  key: {
    header: 'x-api-key',
    value: 'simulated-template-key',
    missing: { status: 401, json: { error: 'no key' } },
    wrong: { status: 401, json: { error: 'wrong key' } },
  },
  rateLimited: { status: 429, json: { error: 'too many calls' } },
  settings: (url) => ({ TEMPLATE_URL: url, TEMPLATE_API_KEY: 'simulated-template-key' }),
  respond: ({ method, path }, world) => {
    const [, name] = /^\/v1\/domains\/([^/]+)$/.exec(path) ?? [];
    if (method !== 'GET' || name === undefined) return { status: 404, json: { error: 'no such page' } };
    const { observable, story } = world.find({ kind: 'domain', value: decodeURIComponent(name) });
    if (!story) return NOT_LISTED;
    return { status: 200, json: { domain: observable.value, rating: ratingOf(story), changedAt: daysAgo(1) } };
  },
};

/** From the world's words into the tool's. The observable of the answer comes from the world, which may lie. */
function ratingOf({ engines }: Story): string {
  if ((engines?.malicious ?? 0) > 0) return 'bad';
  return (engines?.suspicious ?? 0) > 0 ? 'watched' : 'good';
}
