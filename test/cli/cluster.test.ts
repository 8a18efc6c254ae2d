import { expect, it } from 'vitest';
import { runClusterSetUp } from '#src/cli/cluster.ts';
import { findQuietPort } from '#support/free-port.ts';

it('says once what it waits for while no cluster answers, then that it gives up, and what to look at', async () => {
  const address = `127.0.0.1:${await findQuietPort()}`;
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const times = { warnAfterMs: 1, giveUpAfterMs: 300 };

  const setUp = runClusterSetUp({ print: say, warn: say, env: { TEMPORAL_ADDRESS: address }, ...times });

  await expect(setUp).rejects.toThrow(
    `No Temporal answers at ${address}: check TEMPORAL_ADDRESS, and that the cluster runs`,
  );
  expect(said).toEqual([`Still waiting for Temporal at ${address}.`]);
});
