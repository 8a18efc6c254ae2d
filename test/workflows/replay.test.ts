import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as workflows from '#workflows/index.ts';

const FOLDER = join(import.meta.dirname, '../histories');

const recorded = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ name: file.slice(0, -'.json'.length), json: readFileSync(join(FOLDER, file), 'utf8') }));

/** Replays histories with the workflows of today, and gives what went wrong by the history's name. */
async function replay(histories: readonly { name: string; json: string }[]): Promise<Record<string, string | null>> {
  const found: Record<string, string | null> = {};
  const results = Worker.runReplayHistories(
    { workflowBundle: { codePath: inject('workflowBundle') } },
    histories.map(({ name, json }) => ({ workflowId: name, history: JSON.parse(json) as unknown })),
  );
  for await (const { workflowId, error } of results) found[workflowId] = error?.message ?? null;
  return found;
}

describe('recorded histories', () => {
  let found: Record<string, string | null>;

  beforeAll(async () => {
    found = await replay(recorded);
  });

  it.each(recorded.map(({ name }) => name))('%s goes on with the workflows of today', (name) => {
    expect(found[name]).toBeNull();
  });

  it('are there for every type of workflow', () => {
    const types = recorded.map(({ json }) => /"workflowType":\{"name":"(\w+)"/.exec(json)?.[1]);

    expect(new Set(types)).toEqual(new Set(Object.keys(workflows)));
  });

  it.each([
    ['another activity', (json: string) => json.replace('"name":"wall.contain"', '"name":"moat.contain"')],
    ['an activity that was never begun', (json: string) => json.replaceAll(/.*"name":"wall.readBack".*\n/g, '')],
  ])('are caught when they tell of %s', async (_, change) => {
    const honest = recorded.find(({ name }) => name === 'lease-lifts-itself');
    if (!honest) throw new Error('no history of a lease');
    const tampered = { name: 'tampered', json: change(honest.json) };
    expect(tampered.json).not.toBe(honest.json);

    expect(await replay([tampered])).toEqual({ tampered: expect.stringMatching(/nondeterminism|out of order/i) });
  });

  it('name no machine, no folder and no person of those who recorded them', () => {
    for (const { json } of recorded) {
      const payloads = [...json.matchAll(/"data":"([^"]*)"/g)].map(([, data]) =>
        Buffer.from(data ?? '', 'base64').toString(),
      );
      const text = [json, ...payloads].join('\n');

      expect(text).not.toMatch(/"identity"|"stackTrace"|node_modules|file:\/\/|\.ts:\d+/);
    }
  });

  it('are read and written by one copy of the library that knows them', () => {
    // With two copies of protobufjs this throws "type must be a Type": hence the direct dependency.
    const [first] = recorded;
    const history = historyFromJSON(JSON.parse(first?.json ?? ''));

    expect(historyFromJSON(JSON.parse(historyToJSON(history)))).toEqual(history);
  });
});
