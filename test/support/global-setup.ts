import type { TestProject } from 'vitest/node';
import { setUpTemporal } from './temporal-servers.ts';

/** What vitest runs once before the first test file, and after the last. */
export function setup(project: TestProject): Promise<() => Promise<void>> {
  return setUpTemporal(project, {});
}
