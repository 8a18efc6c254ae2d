import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findQuietPort } from '#support/free-port.ts';
import { waitUntil } from '../scale-out/report.ts';

const run = promisify(execFile);

/** One decision as bouncers get it. */
type Decision = { readonly id: number; readonly origin: string; readonly value: string; readonly duration: string };
type Changes = { readonly new: readonly Decision[] | null; readonly deleted: readonly Decision[] | null };

/** A real CrowdSec: its local API alone, on loopback, with everything of its own in a scratch folder. */
export type CrowdsecServer = {
  readonly dir: string;
  /** The environment that points the connector here. */
  readonly settings: Readonly<Record<string, string>>;
  /** Runs the server's own command, as its administrator does. */
  cscli(...args: readonly string[]): Promise<string>;
  /** Every decision in force for an address or a range around it, as a bouncer that only asks is told. */
  decisionsFor(ip: string): Promise<readonly Decision[]>;
  /** What a firewall must change since it last asked. */
  changes(isFirst?: boolean): Promise<Changes>;
  /** Ends it without warning and starts it again on what it has on disk. */
  restart(): Promise<void>;
  /** Ends it; its folder stays. */
  end(): Promise<void>;
};

/** Starts a server from the unpacked package in `folder`, with one machine and two bouncers. */
export async function startCrowdsec(folder: string): Promise<CrowdsecServer> {
  const dir = mkdtempSync(join(tmpdir(), 'socbot-crowdsec-'));
  const url = `http://127.0.0.1:${await findQuietPort()}`;
  const config = writeConfig(dir, url);
  const cscli = async (...args: readonly string[]): Promise<string> =>
    (await run(join(folder, 'usr/bin/cscli'), ['-c', config, ...args])).stdout;
  const secret = (): string => randomBytes(16).toString('hex');
  const [password, firewall, watcher] = [secret(), secret(), secret()];
  await cscli('machines', 'add', 'admin', '--password', secret(), '-f', join(dir, 'admin.yaml'), '-u', url);
  await cscli('machines', 'add', 'socbot', '--password', password, '-f', join(dir, 'socbot.yaml'), '-u', url);
  await cscli('bouncers', 'add', 'firewall', '-k', firewall);
  await cscli('bouncers', 'add', 'watcher', '-k', watcher);
  let server = await start(join(folder, 'usr/bin/crowdsec'), config, { dir, url });
  const ask = async (path: string, key: string): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, { headers: { 'x-api-key': key } });
    if (response.status !== 200) throw new Error(`${path}: HTTP ${response.status}`);
    return response.json();
  };
  return {
    dir,
    settings: { CROWDSEC_URL: url, CROWDSEC_MACHINE_ID: 'socbot', CROWDSEC_PASSWORD: password },
    cscli,
    decisionsFor: async (ip) => ((await ask(`/v1/decisions?ip=${ip}`, watcher)) as Decision[] | null) ?? [],
    changes: async (isFirst = false) => (await ask(`/v1/decisions/stream?startup=${isFirst}`, firewall)) as Changes,
    restart: async () => {
      await end(server);
      server = await start(join(folder, 'usr/bin/crowdsec'), config, { dir, url });
    },
    end: async () => end(server),
  };
}

/** A configuration of its own: no agent, no hub, no word to the vendor, and no decisions by its own judgement. */
function writeConfig(dir: string, url: string): string {
  for (const name of ['data', 'hub', 'notifications', 'plugins']) mkdirSync(join(dir, name));
  const write = (name: string, text: string): string => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };
  const index = write('hub/.index.json', '{}');
  const simulation = write('simulation.yaml', 'simulation: false\n');
  const profiles = write(
    'profiles.yaml',
    'name: none\nfilters:\n - "false"\ndecisions:\n - type: ban\n   duration: 4h\non_success: break\n',
  );
  return write(
    'config.yaml',
    JSON.stringify({
      common: { daemonize: false, log_media: 'stdout', log_level: 'info', working_dir: dir },
      config_paths: {
        config_dir: dir,
        data_dir: join(dir, 'data'),
        hub_dir: join(dir, 'hub'),
        index_path: index,
        simulation_path: simulation,
        notification_dir: join(dir, 'notifications'),
        plugin_dir: join(dir, 'plugins'),
      },
      db_config: { type: 'sqlite', db_path: join(dir, 'data', 'crowdsec.db') },
      api: {
        client: { credentials_path: join(dir, 'admin.yaml') },
        server: { listen_uri: new URL(url).host, profiles_path: profiles },
      },
      prometheus: { enabled: false },
      cscli: { output: 'human' },
    }),
  );
}

type Place = { readonly dir: string; readonly url: string };

/** Starts the server and waits until it answers. */
async function start(program: string, config: string, { dir, url }: Place): Promise<ChildProcess> {
  const log = openSync(join(dir, 'server.log'), 'a');
  const child = spawn(program, ['-c', config, '-no-cs'], { cwd: dir, stdio: ['ignore', log, log] });
  await waitUntil('the local API', async () => {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}; see ${dir}/server.log`);
    const response = await fetch(`${url}/v1/decisions`).catch(() => null);
    return response?.status === 403 ? true : null;
  });
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
