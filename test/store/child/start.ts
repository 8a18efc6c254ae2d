import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AuditEntry } from '#store/audit-record.ts';
import type { Bind, Binding } from '#store/bind-account.ts';
import type { Claim, Claimed } from '#store/claim.ts';
import type { CodeAnswer, CodeProof } from '#store/judge-code.ts';
import type { Begun, LeaseAttempt } from '#store/leases.ts';
import type { StorePlace } from '#store/open-store.ts';
import type { Task } from './worker.ts';

/** The children's compiled code is kept between them: they start twice as fast. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'socbot-test-compile-cache') };

/** Another process that shares the store. */
export type Worker = {
  /** Claims all at once; gives what came of each. */
  readonly claim: (claims: readonly Claim[]) => Promise<Claimed[]>;
  /** Begins all holds at once; gives what came of each. */
  readonly begin: (attempts: readonly LeaseAttempt[]) => Promise<Begun[]>;
  /** Appends each entry in a commit of its own, all at once. */
  readonly append: (entries: readonly AuditEntry[]) => Promise<void>;
  /** Checks all codes at once. */
  readonly verify: (proofs: readonly CodeProof[]) => Promise<CodeAnswer[]>;
  /** Binds all at once. */
  readonly bind: (wishes: readonly Bind[]) => Promise<Binding[]>;
  readonly stop: () => Promise<void>;
};

/** Starts a process that has the store open when this returns. */
export async function startWorker(place: StorePlace): Promise<Worker> {
  const child = fork(pathOf('./worker.ts'), [JSON.stringify(place)], { env, execArgv: [] });
  await nextMessage(child);
  const perform = async (task: Task): Promise<unknown> => {
    const answer = nextMessage(child);
    child.send(task);
    return answer;
  };
  return {
    claim: async (claims) => (await perform({ claims })) as Claimed[],
    begin: async (attempts) => (await perform({ begins: attempts })) as Begun[],
    append: async (entries) => {
      await perform({ appends: entries });
    },
    verify: async (proofs) => (await perform({ proofs })) as CodeAnswer[],
    bind: async (wishes) => (await perform({ binds: wishes })) as Binding[],
    stop: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Starts a process that writes rounds from `first` on until it is killed. Its output is its word on what it wrote. */
export function startWriter(place: StorePlace, first: number): ChildProcess {
  return spawn(process.execPath, [pathOf('./writer.ts'), JSON.stringify(place), String(first)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const gone = new AbortController();
  const [message] = (await Promise.race([
    once(child, 'message', { signal: gone.signal }),
    once(child, 'exit', { signal: gone.signal }).then(() => [new Error('The other process ended')]),
  ])) as [unknown];
  gone.abort();
  if (message instanceof Error) throw message;
  return message;
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
