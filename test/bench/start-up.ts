import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

/** `npm start` on an empty data directory, and again on the same one; seconds until it has printed what it prints. */
export async function measureStartUp(): Promise<{ readonly coldSeconds: number; readonly warmSeconds: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'socbot-bench-start-'));
  try {
    const coldSeconds = await timeStart(dataDir);
    const warmSeconds = await timeStart(dataDir);
    return { coldSeconds, warmSeconds };
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function timeStart(dataDir: string): Promise<number> {
  const startedAt = performance.now();
  // A process group of its own: npm does not always hand signals on.
  const child = spawn('npm', ['start', '--silent', '--', '--data', dataDir], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('Data ')) break;
  const seconds = (performance.now() - startedAt) / 1000;
  child.stdout.resume();
  if (child.pid !== undefined) await endGroup(child.pid);
  return seconds;
}

/** Ends npm and what it started, and waits for the last of them: the data directory is theirs until then. */
async function endGroup(pid: number): Promise<void> {
  process.kill(-pid, 'SIGTERM');
  while (isAlive(-pid)) await delay(50);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
