import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { findQuietPort } from './free-port.ts';

/** A BIND of the tests' own on loopback: primary of a policy zone, resolver that obeys it, and primary of `evil.example`. */
export type TestBind = {
  readonly dir: string;
  readonly port: number;
  /** The environment that points the connector here. */
  readonly settings: Readonly<Record<string, string>>;
  /** What a client is told: the addresses of a name, or the code of the error, e.g. `ENOTFOUND` for NXDOMAIN. */
  ask(name: string): Promise<string>;
  /** The same for TXT records. */
  askTxt(name: string): Promise<string>;
  /** Changes the policy zone with BIND's own tool, as a person would. */
  nsupdate(...lines: readonly string[]): void;
  /** Kills it like a crash of the machine would, and waits until it is gone. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
};

const README = new URL('../../src/connectors/dns-rpz/README.md', import.meta.url);
const ZONE = 'rpz.socbot';

const EVIL_EXAMPLE = `$TTL 1
@ SOA localhost. root.localhost. 1 3600 600 604800 1
@ NS localhost.
@ A 192.0.2.66
* A 192.0.2.67
`;

/** Makes and starts a server with the lines of the connector's README. Throws where BIND is not installed. */
export async function startBind(): Promise<TestBind> {
  const dir = mkdtempSync(join(tmpdir(), 'socbot-bind-'));
  const port = await findQuietPort();
  const key = execFileSync(findProgram('tsig-keygen'), ['-a', 'hmac-sha256', 'socbot'], { encoding: 'utf8' });
  const [zone = '', file = '', policy = ''] = linesToCopy();
  const keyFile = join(dir, 'socbot.key');
  writeFileSync(keyFile, key, { mode: 0o600 });
  writeFileSync(join(dir, ZONE), file);
  writeFileSync(join(dir, 'evil.example'), EVIL_EXAMPLE);
  writeFileSync(join(dir, 'named.conf'), configOf({ dir, port, keyFile, zone, policy }));
  let server = await run(dir);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill(signal);
    await gone;
  };
  const resolver = new Resolver({ tries: 1, timeout: 5_000 });
  resolver.setServers([`127.0.0.1:${port}`]);
  return {
    dir,
    port,
    settings: {
      DNS_RPZ_SERVER: `127.0.0.1:${port}`,
      DNS_RPZ_ZONE: ZONE,
      DNS_RPZ_KEY_NAME: 'socbot',
      DNS_RPZ_KEY: /secret "([^"]+)"/.exec(key)?.[1] ?? '',
    },
    ask: async (name) => tell(resolver.resolve4(name)),
    askTxt: async (name) => tell(resolver.resolveTxt(name)),
    nsupdate: (...lines) => {
      const input = [`server 127.0.0.1 ${port}`, `zone ${ZONE}`, ...lines, 'send', ''].join('\n');
      execFileSync(findProgram('nsupdate'), ['-v', '-k', keyFile], { input, stdio: 'pipe' });
    },
    kill: async () => end('SIGKILL'),
    start: async () => {
      server = await run(dir);
    },
    stop: async () => {
      await end('SIGTERM');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Debian puts servers where only root looks for programs. */
function findProgram(name: string): string {
  const folders = ['/usr/sbin', '/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const path = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (path === undefined) throw new Error(`no ${name}: install bind9 and bind9-dnsutils`);
  return path;
}

/** The README's lines: the zone, its file, the policy. */
function linesToCopy(): readonly string[] {
  const blocks = readFileSync(README, 'utf8').matchAll(/^ {3}```\n(.*?)^ {3}```$/gms);
  return Array.from(blocks, ([, block = '']) => block.replaceAll(/^ {3}/gm, ''));
}

function configOf(parts: { dir: string; port: number; keyFile: string; zone: string; policy: string }): string {
  const { dir, port, keyFile, zone, policy } = parts;
  return `include "${keyFile}";
options {
  directory "${dir}";
  pid-file none;
  session-keyfile none;
  managed-keys-directory "${dir}";
  listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; };
  recursion yes;
  dnssec-validation no;
  ${policy}};
controls { };
${zone.replace('/var/lib/bind', dir)}
zone "evil.example" { type primary; file "evil.example"; };
`;
}

/** Starts the server and waits until it has loaded its zones and the policy. */
async function run(dir: string): Promise<ChildProcess> {
  const server = spawn(findProgram('named'), ['-g', '-c', join(dir, 'named.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  const awaited = [/ running$/, new RegExp(`rpz: ${ZONE}: reload done: success`)];
  const ready = Promise.withResolvers<ChildProcess>();
  createInterface({ input: server.stderr }).on('line', (line) => {
    said.push(line);
    if (awaited.every((pattern) => said.some((one) => pattern.test(one)))) ready.resolve(server);
  });
  server.once('error', ready.reject);
  server.once('exit', () => ready.reject(new Error(`named ended:\n${said.slice(-20).join('\n')}`)));
  return ready.promise;
}

async function tell(answer: Promise<readonly unknown[]>): Promise<string> {
  try {
    return (await answer).flat().join(' ');
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
