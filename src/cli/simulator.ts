import { serveSimulator } from '#connectors/simulator.ts';
import { simulators } from '#connectors/simulators.ts';
import { startTelegramSimulator } from '#range/telegram/simulator.ts';
import { stopSignal } from '#src/process/stop-signal.ts';
import { takeFixedPort } from '#temporal/free-port.ts';

const TELEGRAM = 'telegram';

/**
 * `socbot simulator`: runs one simulated system for anybody's own client until Ctrl-C. Prints one line of JSON with its
 * name, its address and what a client needs to begin. Throws in words for an unknown name or a bad port.
 */
export async function runSimulator(
  name: string,
  port: string | undefined,
  print: (line: string) => void,
): Promise<void> {
  const wanted = port === undefined ? 0 : Number(port);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) throw new Error(`${port} is not a port`);
  await takeFixedPort('--port', wanted);
  const asked = stopSignal();
  const simulator = name === TELEGRAM ? await startTelegram(wanted) : await startVendor(name, wanted);
  print(JSON.stringify(simulator.facts));
  await asked;
  await simulator.close();
}

async function startTelegram(port: number) {
  const simulator = await startTelegramSimulator({ port });
  const { url, userSide, token, people, chats } = simulator;
  return { facts: { name: TELEGRAM, url, token, userSide, people, chats }, close: async () => simulator.close() };
}

async function startVendor(name: string, port: number) {
  const definition = simulators.find((one) => one.name === name);
  if (!definition) {
    throw new Error(
      `There is no simulator ${name}. There are: ${[TELEGRAM, ...simulators.map((one) => one.name)].join(', ')}`,
    );
  }
  const simulator = await serveSimulator(definition, { port });
  const { url, key, settings } = simulator;
  const facts = { name, url, ...(key === undefined ? {} : { key }), settings };
  return { facts, close: async () => simulator.close() };
}
