import { Command } from 'commander';
import { ConfigError } from '#config/problem.ts';
import { addAuditCommands } from '#src/cli/audit-commands.ts';
import type { EnrolOptions } from '#src/cli/enrol.ts';
import type { InviteOptions } from '#src/cli/invite.ts';
import manifest from '../package.json' with { type: 'json' };

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const warn = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * The one command-line tool: every way of running SocBot, and what an operator needs beside it. Each part is loaded only
 * where it runs: health checks run often.
 */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('socbot').description('Run your SOC from a phone.').version(manifest.version);
  program
    .command('start')
    .description('run everything on this machine; the training range if TELEGRAM_BOT_TOKEN is not set')
    .option('--data <dir>', 'where the data lie (SOCBOT_DATA, ./data)')
    .action(async ({ data }: DataOption) => {
      const { runSocBot } = await import('#src/socbot.ts');
      await runSocBot({ print, ...placeOf(data) });
    });
  program
    .command('bot')
    .description('run the half that listens and speaks, as a process of its own')
    .option('--data <dir>', 'where the data lie (SOCBOT_DATA, ./data)')
    .action(async ({ data }: DataOption) => {
      const { runBot } = await import('#src/bot.ts');
      await runBot({ needs: ['telegram', 'temporal', 'database'], logTo: 'stdout', ...placeOf(data) });
    });
  program
    .command('worker')
    .description('run the half that decides and acts, as a process of its own; any number of them share the work')
    .option('--data <dir>', 'where the data lie (SOCBOT_DATA, ./data)')
    .action(async ({ data }: DataOption) => {
      const { runWorker } = await import('#src/worker.ts');
      await runWorker({ needs: ['temporal', 'database'], logTo: 'stdout', ...placeOf(data) });
    });
  addTools(program);
  addAuditCommands(program, print, placeOf);
  try {
    await program.parseAsync(argv);
    // Idle connections of the SDK would keep a finished process alive for a while.
    process.exit();
  } catch (error) {
    const message = error instanceof ConfigError || error instanceof Error ? error.message : 'an unknown failure';
    warn(message);
    process.exit(1);
  }
}

/** What an operator, or somebody who adds a connector, needs beside it. */
function addTools(program: Command): void {
  program
    .command('cluster')
    .description('prepare the namespace of a Temporal cluster for bot and workers; again does no harm')
    .action(async () => (await import('#src/cli/cluster.ts')).runClusterSetUp({ print, warn, env: process.env }));
  program
    .command('health <half>')
    .description('ask whether the bot or the worker of this machine is at work; fails if not')
    .action(async (half: string) => (await import('#src/cli/health.ts')).checkHealth(half, print));
  program
    .command('doctor')
    .description('call every configured system, read-only, and say what is wrong and what to do; fails if something is')
    .option('--data <dir>', 'where the data lie (SOCBOT_DATA, ./data)')
    .action(async ({ data }: DataOption) => {
      const sources = { env: process.env, cwd: process.cwd(), ...placeOf(data) };
      await (await import('#src/cli/doctor.ts')).runDoctor(sources, print);
    });
  program
    .command('invite [name]')
    .description('print a link by which a person binds their Telegram account, once')
    .option('--list', 'show the accounts that were bound so')
    .option('--unbind <telegram id>', 'take one away')
    .option('--data <dir>', 'where the data lie (SOCBOT_DATA, ./data)')
    .action(async (name: string | undefined, { data, ...options }: DataOption & InviteOptions) => {
      const sources = { env: process.env, cwd: process.cwd(), ...placeOf(data) };
      await (await import('#src/cli/invite.ts')).invite(name, options, sources, print);
    });
  program
    .command('enrol [name]')
    .description('give a person an authenticator, whose codes step up their approvals')
    .option('--remove', 'take it away')
    .option('--list', 'show who has one')
    .option('--even-if-recorded', 'show the secret although this is no terminal')
    .option('--data <dir>', 'where the data lie (SOCBOT_DATA, ./data)')
    .action(async (name: string | undefined, { data, ...options }: DataOption & EnrolOptions) => {
      const sources = { env: process.env, cwd: process.cwd(), ...placeOf(data) };
      const terminal = { print, input: process.stdin, isTerminal: process.stdout.isTTY };
      await (await import('#src/cli/enrol.ts')).enrol(name, options, sources, terminal);
    });
  program
    .command('simulator <name>')
    .description('run one simulated system alone; prints one line of JSON once it listens')
    .option('--port <port>', 'the port to listen on; a free one if missing')
    .action(async (name: string, { port }: { port?: string }) => {
      const { runSimulator } = await import('#src/cli/simulator.ts');
      await runSimulator(name, port, print);
    });
  program
    .command('contracts <dir>')
    .description("read recorded answers of real services with the connectors' schemas")
    .action(async (dir: string) => (await import('#src/cli/contracts.ts')).checkRecordedAnswers(dir, print));
  program
    .command('connector <id>')
    .description('copy the template of a connector to begin a new one')
    .action(async (id: string) => (await import('#src/cli/connector.ts')).copyTemplate(id, print));
}

type DataOption = { readonly data?: string };

function placeOf(dataDir: string | undefined): { dataDir?: string } {
  if (dataDir?.trim() === '') throw new Error('--data is empty; name a directory, or leave it out');
  return dataDir === undefined ? {} : { dataDir };
}
