import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { TestProject } from 'vitest/node';
import { findTemporalBinary, findTestServer } from '#temporal/binary.ts';
import type { FindOptions } from '#temporal/binary.ts';
import { startDevServer } from '#temporal/dev-server.ts';
import type { SearchAttributeTable } from '#temporal/prepare-namespace.ts';
import { createProgressPrinter } from '#temporal/progress.ts';
import { findQuietPort } from './free-port.ts';

declare module 'vitest' {
  // Augmenting a library's interface takes an interface.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  export interface ProvidedContext {
    /** Host and port of the run's dev server; its namespace is `default`. */
    temporalAddress: string;
    /** A `temporal` executable, for tests that run a server of their own. */
    temporalBinary: string;
    /** The time-skipping test server's executable. */
    testServerBinary: string;
  }
}

/**
 * For vitest's `globalSetup`: fetches both servers where the cache lacks them, starts one dev server for the whole run
 * in a temporary directory, and provides the addresses. Returns the clean-up.
 */
export async function setUpTemporal(
  project: TestProject,
  searchAttributes: SearchAttributeTable,
): Promise<() => Promise<void>> {
  const binary = await findShowingProgress('Temporal', findTemporalBinary);
  project.provide('temporalBinary', binary);
  project.provide('testServerBinary', await findShowingProgress('the time-skipping server', findTestServer));
  const dataDir = mkdtempSync(join(tmpdir(), 'socbot-test-'));
  const [port, uiPort] = [await findQuietPort(), await findQuietPort()];
  const log = { info() {}, warn: (message: string) => void process.stderr.write(`${message}\n`) };
  const server = await startDevServer({ binary, dataDir, port, uiPort, searchAttributes, log });
  project.provide('temporalAddress', server.address);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

function findShowingProgress(what: string, find: (options: FindOptions) => Promise<string>): Promise<string> {
  const progress = createProgressPrinter(process.stderr, what);
  return find({ env: process.env, onProgress: progress.show }).finally(progress.finish);
}

/**
 * A server of its own whose clock jumps over waits; the caller tears it down. One test at a time may use it, for its
 * clock is global; search attributes are registered on it by name before a workflow uses them.
 */
export function startTimeSkipping(testServerBinary: string): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: testServerBinary } },
  });
}
