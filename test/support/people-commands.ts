import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Terminal } from '#src/cli/enrol.ts';
import { openStore, type Store } from '#store/open-store.ts';
import { createScratchDirectory } from './scratch-directory.ts';

/** Where an operator works: settings with Ana and Ben, neither of whom has an account, and a store that SocBot has made. */
export async function createOperatorPlace(env: Readonly<Record<string, string>> = {}) {
  const cwd = createScratchDirectory();
  const dataDir = join(cwd, 'data');
  writeFileSync(join(cwd, 'socbot.yaml'), 'people:\n  Ana: { role: analyst }\n  Ben: { role: responder }\n');
  return { sources: { env: { ...env, SOCBOT_KEY: SIGNING_KEY }, cwd }, dataDir };
}

/** Shaped like a signing key, and nobody's. */
export const SIGNING_KEY = 'MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=';

/** Opens the store of a data directory beside whatever else has it open. */
export async function openStoreIn(dataDir: string): Promise<Store> {
  const store = await openStore({ file: join(dataDir, 'socbot.db') });
  onTestFinished(async () => store.close());
  return store;
}

/** A terminal on which `answer` types a line, or ends the input with null, each time one is printed that asks for a code. */
export function createTerminal(
  answer: (printed: readonly string[]) => string | null,
  isTerminal = true,
): Terminal & { readonly printed: readonly string[] } {
  const printed: string[] = [];
  const input = new PassThrough();
  const print = (line: string) => {
    printed.push(line);
    if (!line.includes('digits that it shows now:')) return;
    const typed = answer(printed);
    if (typed === null) input.end();
    else input.write(`${typed}\n`);
  };
  return { print, input, isTerminal, printed };
}
