import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

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
  const gone = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('Data ')) break;
  const seconds = (performance.now() - startedAt) / 1000;
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
  child.stdout.resume();
  await gone;
  return seconds;
}
