import { expect, it } from 'vitest';
import { serveSimulator } from '#connectors/simulator.ts';
import { simulators } from '#connectors/simulators.ts';
import { runSimulator } from '#src/cli/simulator.ts';

it.each(['telegram', 'virustotal'])('says that the port is taken which was named for %s', async (name) => {
  const [first] = simulators;
  if (!first) throw new Error('there is no simulator');
  const other = await serveSimulator(first);
  const { port } = new URL(other.url);

  const running = runSimulator(name, port, () => undefined);

  await expect(running).rejects.toThrow(`--port: port ${port} is taken; free it, name another`);
  await other.close();
});
