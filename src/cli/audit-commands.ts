import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { ExportWish } from './audit-export.ts';
import type { AuditSources } from './audit-store.ts';

type Place = { readonly data?: string };

const DATA = ['--data <dir>', 'where the data lie (SOCBOT_DATA, ./data)'] as const;

/** `socbot audit` and what stands below it. `--data` may stand before or after the name of a part. */
export function addAuditCommands(
  program: Command,
  print: (line: string) => void,
  placeOf: (dir: string | undefined) => Pick<AuditSources, 'dataDir'>,
): void {
  const audit = program
    .command('audit')
    .description('check that no record of the audit was changed, removed or put in; fails if one was')
    .option(...DATA)
    .action(async () => (await import('./audit.ts')).checkAudit(sources(), print));
  const sources = (own: Place = {}): AuditSources => {
    const { data } = { ...audit.opts<Place>(), ...own };
    return { env: process.env, cwd: process.cwd(), ...placeOf(data) };
  };
  audit
    .command('verify')
    .description('check also the signed checkpoints, and a copy of one from a witness; fails if anything does not fit')
    .option('--against <file>', 'a checkpoint from the audit chat or the log; - reads it from the input')
    .option(...DATA)
    .action(async ({ against, ...own }: Place & { against?: string }) => {
      const { verifyAudit } = await import('./audit.ts');
      await verifyAudit(sources(own), against === undefined ? null : readCopy(against), print);
    });
  audit
    .command('export')
    .description('write the records, and a checkpoint that covers them, to the output')
    .option('--since <time>', 'only what is younger: 24h, or a time like 2026-11-24T00:00:00Z')
    .option('--request <ref>', 'only one request, by what its card calls it')
    .option('--format <format>', 'jsonl or csv', 'jsonl')
    .option(...DATA)
    .action(async ({ data, ...wish }: Place & ExportWish) => {
      const { exportAudit } = await import('./audit-export.ts');
      const own = data === undefined ? {} : { data };
      await exportAudit(sources(own), wish, { write, now: new Date().toISOString() });
    });
  audit
    .command('key')
    .description('print the public key of the checkpoints')
    .option(...DATA)
    .action(async (own: Place) => (await import('./audit.ts')).printAuditKey(sources(own), print));
}

function readCopy(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Error(`--against ${file} cannot be read (${code})`, { cause: error });
  }
}

/** Waits for a slow reader, so that what it has not taken does not pile up in memory. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
