import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { findTemporalBinary } from '#temporal/binary.ts';
import { startDevServer } from '#temporal/dev-server.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';
import { CONTAINMENTS, WITHOUT_TELEGRAM } from './history-containments.ts';
import { QUESTIONS } from './history-questions.ts';
import { bundleOnce } from './workflow-bundle.ts';
import { startRigOn } from './workflow-rig.ts';

// Records a history of every workflow on every main path: `node test/support/record-histories.ts`. It takes half a
// minute. Do it when workflows were changed on purpose and nobody runs the old ones; else the change needs `patched`.

const FOLDER = join(import.meta.dirname, '../histories');

/** Fields that say where a history was made. A replay reads none of them. */
const OF_THE_MACHINE = new Set(['identity', 'stackTrace', 'workerVersion', 'namespace']);

const dataDir = mkdtempSync(join(tmpdir(), 'socbot-record-'));
const bundle = bundleOnce();
const server = await startDevServer({
  binary: await findTemporalBinary({ env: process.env }),
  dataDir,
  searchAttributes: SEARCH_ATTRIBUTES,
  log: { info() {}, warn: (message) => void process.stderr.write(`${message}\n`) },
});
const rig = await startRigOn(server.address, await bundle.path);

const lived = await Promise.all([...QUESTIONS, ...CONTAINMENTS].map(async (live) => live(rig)));
lived.push(await WITHOUT_TELEGRAM(rig));

for (const old of readdirSync(FOLDER).filter((file) => file.endsWith('.json'))) rmSync(join(FOLDER, old));
for (const [name, workflowId] of lived.flatMap((story) => Object.entries(story))) {
  const history = await rig.client.workflow.getHandle(workflowId).fetchHistory();
  writeFileSync(join(FOLDER, `${name}.json`), toLines(historyToJSON(history)));
}

await rig.close();
await server.stop();
bundle.remove();
rmSync(dataDir, { recursive: true, force: true });

/** One event per line, so that a difference between two recordings can be read. */
function toLines(json: string): string {
  const { events } = JSON.parse(json, (key, value: unknown) => (OF_THE_MACHINE.has(key) ? undefined : value)) as {
    events: readonly unknown[];
  };
  return `{"events":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`;
}
