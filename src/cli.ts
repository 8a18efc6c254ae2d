import { Command } from 'commander';
import { ConfigError } from '#config/problem.ts';
import { runBot } from '#src/bot.ts';
import { runClusterSetUp } from '#src/cli/cluster.ts';
import { copyTemplate } from '#src/cli/connector.ts';
import { checkRecordedAnswers } from '#src/cli/contracts.ts';
import { checkHealth } from '#src/cli/health.ts';
import { runSimulator } from '#src/cli/simulator.ts';
import { runSocBot } from '#src/socbot.ts';
import { runWorker } from '#src/worker.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** The one command-line tool: every way of running SocBot, and what an operator needs beside it. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('socbot').description('Run your SOC from a phone.').version('0.1.0');
  program
    .command('start')
    .description('run everything on this machine; the training range if TELEGRAM_BOT_TOKEN is not set')
    .option('--data <dir>', 'where the data lie (SOCBOT_DATA, ./data)')
    .action(async ({ data }: DataOption) => runSocBot({ print, ...placeOf(data) }));
  program
    .command('bot')
    .description('run the half that listens and speaks, as a process of its own')
    .option('--data <dir>', 'where the data lie (SOCBOT_DATA, ./data)')
    .action(async ({ data }: DataOption) =>
      runBot({ needs: ['telegram', 'temporal', 'database'], logTo: 'stdout', ...placeOf(data) }),
    );
  program
    .command('worker')
    .description('run the half that decides and acts, as a process of its own; any number of them share the work')
    .option('--data <dir>', 'where the data lie (SOCBOT_DATA, ./data)')
    .action(async ({ data }: DataOption) =>
      runWorker({ needs: ['temporal', 'database'], logTo: 'stdout', ...placeOf(data) }),
    );
  program
    .command('cluster')
    .description('prepare the namespace of a Temporal cluster for bot and workers; again does no harm')
    .action(async () => runClusterSetUp(print));
  program
    .command('health <half>')
    .description('ask whether the bot or the worker of this machine is at work; fails if not')
    .action(async (half: string) => checkHealth(half, print));
  program
    .command('simulator <name>')
    .description('run one simulated system alone; prints one line of JSON once it listens')
    .option('--port <port>', 'the port to listen on; a free one if missing')
    .action(async (name: string, { port }: { port?: string }) => runSimulator(name, port, print));
  program
    .command('contracts <dir>')
    .description("read recorded answers of real services with the connectors' schemas")
    .action(async (dir: string) => checkRecordedAnswers(dir, print));
  program
    .command('connector <id>')
    .description('copy the template of a connector to begin a new one')
    .action(async (id: string) => copyTemplate(id, print));
  try {
    await program.parseAsync(argv);
    // Idle connections of the SDK would keep a finished process alive for a while.
    process.exit();
  } catch (error) {
    const message = error instanceof ConfigError || error instanceof Error ? error.message : 'an unknown failure';
    process.stderr.write(`${message}\n`);
    process.exit(1);
  }
}

type DataOption = { readonly data?: string };

function placeOf(dataDir: string | undefined): { dataDir?: string } {
  return dataDir === undefined ? {} : { dataDir };
}
