import { expect, it } from 'vitest';
import { createStartWatch } from '#src/process/start-watch.ts';

it('names what a long start still waits for, and not what is there', async () => {
  const said = Promise.withResolvers<string>();
  const watch = createStartWatch(said.resolve, 1);
  watch.watch('the store', Promise.resolve());
  watch.watch('Temporal', Promise.reject(new Error('refused')));
  watch.watch('Telegram', new Promise(() => undefined));

  expect(await said.promise).toBe('Still waiting for Telegram.');
  watch.end();
});
