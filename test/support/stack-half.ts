import { join } from 'node:path';
import { runBot } from '#src/bot.ts';
import { runWorker } from '#src/worker.ts';

// One half of SocBot, started by a stack: both share its data directory, and go when the stack goes.
process.on('disconnect', () => process.exit(0));
const [half] = process.argv.slice(2);
const logTo = { file: join(process.env['SOCBOT_DATA'] ?? 'data', `${half}.log`) };
if (half === 'bot') await runBot({ needs: ['telegram', 'temporal'], logTo });
else await runWorker({ needs: ['temporal'], logTo });
process.exit();
