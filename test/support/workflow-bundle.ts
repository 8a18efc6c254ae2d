import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

declare module 'vitest' {
  // Augmenting a library's interface takes an interface.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  export interface ProvidedContext {
    /** The file with the bundled workflows, made once per run: for `workflowBundle: { codePath }`. */
    workflowBundle: string;
  }
}

/** Bundles the workflows into a temporary file; takes a few seconds, so once per run. */
export function bundleOnce(): { readonly path: Promise<string>; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'socbot-bundle-'));
  return { path: bundleInto(join(folder, 'workflows.js')), remove: () => rmSync(folder, { recursive: true }) };
}

async function bundleInto(path: string): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../src/workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  await writeFile(path, code);
  return path;
}
