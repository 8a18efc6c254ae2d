/** Resolves with the first signal that asks this process to end; a second one ends it at once. */
export async function stopSignal(): Promise<NodeJS.Signals> {
  const asked = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked.resolve(signal);
      process.on(signal, () => process.exit(130));
    });
  }
  return asked.promise;
}
