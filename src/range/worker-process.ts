import { join } from 'node:path';
import { runWorker } from '#src/worker.ts';

// The range's worker: it shares the data directory with the process that started it, which tells it where Temporal is,
// and goes when that one goes.
process.on('disconnect', () => process.exit(0));
process.env['TEMPORAL_ADDRESS'] = await new Promise<string>((resolve) => {
  process.once('message', (address) => resolve(String(address)));
});
await runWorker({ needs: ['temporal'], logTo: { file: join(process.env['SOCBOT_DATA'] ?? 'data', 'socbot.log') } });
process.disconnect();
