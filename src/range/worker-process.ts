import { join } from 'node:path';
import { runWorker } from '#src/worker.ts';

// The range's worker: it shares the data directory with the process that started it, and goes when that one goes.
process.on('disconnect', () => process.exit(0));
await runWorker({ needs: ['temporal'], logTo: { file: join(process.env['SOCBOT_DATA'] ?? 'data', 'socbot.log') } });
process.disconnect();
