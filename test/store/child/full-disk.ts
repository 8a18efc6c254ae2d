import { execFileSync } from 'node:child_process';
import { openStore } from '#store/open-store.ts';

/**
 * Fills a store until the operating system refuses to write, takes the limit away, and appends once more. Prints what
 * it was refused with, how many records were acknowledged before, and what the audit says of itself.
 */
const store = await openStore({ file: process.argv[2] ?? '' });
const entry = { who: null, telegramId: null, chat: null, request: null, action: 'fill', outcome: 'ok' };
const append = async () => store.audit.append([{ ...entry, at: '2026-03-02T10:00:00Z', detail: 'x'.repeat(4_000) }]);

limitFiles('300000:unlimited');
let kept = 0;
let refused = '';
while (refused === '') {
  try {
    await append();
    kept += 1;
  } catch (error) {
    refused = error instanceof Error ? error.name : String(error);
  }
}
limitFiles('unlimited:unlimited');
await append();
process.stdout.write(JSON.stringify({ refused, kept, check: await store.audit.verify() }));
await store.close();

function limitFiles(bytes: string): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}`]);
}
