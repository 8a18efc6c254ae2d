import type { TestProject } from 'vitest/node';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';
import { setUpTemporal } from './temporal-servers.ts';
import { bundleOnce } from './workflow-bundle.ts';

/** What vitest runs once before the first test file on Temporal, and after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const bundle = bundleOnce();
  const [tearDown] = await Promise.all([
    setUpTemporal(project, SEARCH_ATTRIBUTES),
    bundle.path.then((path) => project.provide('workflowBundle', path)),
  ]);
  return async () => {
    await tearDown();
    bundle.remove();
  };
}
