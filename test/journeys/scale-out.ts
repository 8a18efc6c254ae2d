import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { createPhone } from '#support/journey-phone.ts';
import { CANARIES } from '#support/stack-world.ts';
import { blockAndLift } from './scale-out/block.ts';
import { lookUpOverAKill } from './scale-out/look-up.ts';
import { say, waitUntil } from './scale-out/report.ts';
import { createScaleOutShape, DATABASE_PASSWORD, type ScaleOutShape } from './scale-out/shape.ts';

/** What the containers have to end, see `stop_grace_period` in docker-compose.yml. */
const GRACE_MS = 45_000;

const ANA = { id: 1001, name: 'Ana', role: 'analyst' } as const;
const BEN = { id: 1002, name: 'Ben', role: 'responder' } as const;
const EVE = { id: 1666, name: 'Eve' } as const;

/** One journey through SocBot scaled out: `TEMPORAL_SERVER` and `TEMPORAL_SQL_TOOL` name the production server's executables. */
async function run(): Promise<void> {
  const { TEMPORAL_SERVER: server, TEMPORAL_SQL_TOOL: sqlTool } = process.env;
  if (!server || !sqlTool) throw new Error('TEMPORAL_SERVER and TEMPORAL_SQL_TOOL must name the executables');
  const shape = await createScaleOutShape({ server, sqlTool }, [ANA, BEN, EVE]);
  say(`settings and logs are in ${shape.dir}, and stay there if this fails`);
  try {
    const { people } = shape.world;
    const cast = {
      ana: createPhone(people, ANA.id),
      ben: createPhone(people, BEN.id),
      eve: createPhone(people, EVE.id),
    };
    await startBeforeWhatTheyNeed(shape);
    await lookUpOverAKill(shape, cast);
    await blockAndLift(shape, cast);
    await endWell(shape);
  } finally {
    await shape.close();
  }
  rmSync(shape.dir, { recursive: true });
  say('everything has stopped');
}

/** Bot and workers come first; PostgreSQL and Temporal come up below them. */
async function startBeforeWhatTheyNeed(shape: ScaleOutShape): Promise<void> {
  await shape.postgres.kill();
  const halves = [shape.start('bot'), shape.start('worker'), shape.start('worker')];
  say('one bot and two workers started, with neither PostgreSQL nor Temporal there');
  await shape.postgres.restart();
  const early = await shape.run('health', 'worker');
  assert.equal(early.code, 1, `a worker without Temporal must not be healthy: ${early.said}`);
  say(`health before Temporal is there: ${early.said}`);
  await shape.temporal.start();

  const first = await shape.run('cluster');
  assert.equal(first.code, 0, first.said);
  say(first.said);
  const again = await shape.run('cluster');
  assert.equal(again.code, 0, again.said);
  await Promise.all(halves.map(async (half) => half.ready));
  for (const half of ['bot', 'worker']) {
    // Temporal knows of a worker with its first question for work, a moment after the worker is ready.
    const health = await waitUntil(`a healthy ${half}`, async () => {
      const { code, said } = await shape.run('health', half);
      return code === 0 ? said : null;
    });
    say(`health: ${health}`);
  }
}

/** Every process ends by itself within its grace, and has told neither a secret nor anything that is not JSON. */
async function endWell(shape: ScaleOutShape): Promise<void> {
  const running = shape.halves.filter((half) => half.isRunning());
  const ends = await Promise.all(running.map(async (half) => half.terminate()));
  for (const [at, { code, tookMs }] of ends.entries()) {
    assert.equal(code, 0, `${running[at]?.half} ended with ${code}:\n${running[at]?.written().slice(-2000)}`);
    assert.ok(tookMs < GRACE_MS, `${running[at]?.half} took ${tookMs} ms to end`);
  }
  say(`SIGTERM: ${ends.map(({ tookMs }, at) => `${running[at]?.half} ended after ${tookMs} ms`).join(', ')}`);
  const lines = shape.halves.flatMap((half) =>
    half
      .written()
      .split('\n')
      .filter((line) => line !== ''),
  );
  for (const line of lines) assert.doesNotThrow(() => void JSON.parse(line), `not JSON: ${line}`);
  const secrets = [...Object.values(CANARIES), DATABASE_PASSWORD];
  assert.deepEqual(
    lines.filter((line) => secrets.some((secret) => line.includes(secret))),
    [],
  );
  say(`${lines.length} lines of log, all JSON, none with a secret`);
}

await run();
process.exit();
