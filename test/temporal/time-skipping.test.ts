import { expect, inject, it, onTestFinished } from 'vitest';
import { startTimeSkipping } from '#support/temporal-servers.ts';

it('has a server whose clock jumps over three days at once', async () => {
  const environment = await startTimeSkipping(inject('testServerBinary'));
  onTestFinished(() => environment.teardown());
  const before = await environment.currentTimeMs();

  await environment.sleep('3 days');

  expect(await environment.currentTimeMs()).toBeGreaterThanOrEqual(before + 3 * 86_400_000);
});
