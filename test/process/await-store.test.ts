import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { createLog } from '#src/log.ts';
import { awaitStore } from '#src/process/await-store.ts';
import { findQuietPort } from '#support/free-port.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';

function listeningLog() {
  const lines: string[] = [];
  const log = createLog({ level: 'warn', destination: { write: (line) => void lines.push(line) }, secrets: [] });
  return { log, lines };
}

it('waits for a store that is not there yet, says so, and opens it when it is', async () => {
  const folder = join(createScratchDirectory(), 'mount');
  const { log, lines } = listeningLog();

  const opening = awaitStore({ file: join(folder, 'socbot.db') }, { log, asked: new Promise(() => undefined) });
  await vi.waitFor(() => expect(lines.join('')).toContain('the store does not answer'), 5_000);
  mkdirSync(folder);
  const store = await opening;

  expect(await store?.marks.get('nothing')).toBeNull();
  await store?.close();
});

it('stops waiting when asked to', async () => {
  const databaseUrl = `postgres://socbot:CANARY@127.0.0.1:${await findQuietPort()}/socbot`;
  const { log, lines } = listeningLog();
  const asked = Promise.withResolvers<void>();

  const opening = awaitStore({ databaseUrl }, { log, asked: asked.promise });
  await vi.waitFor(() => expect(lines.length).toBeGreaterThan(0), 5_000);
  asked.resolve();

  expect(await opening).toBeNull();
  expect(lines.join('')).not.toContain('CANARY');
});

it('does not wait for what waiting cannot heal', async () => {
  const { log } = listeningLog();

  const opening = awaitStore({ databaseUrl: 'nonsense' }, { log, asked: new Promise(() => undefined) });

  await expect(opening).rejects.toThrow('The database address is not of the form');
});
