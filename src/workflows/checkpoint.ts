import { auditTold, showSoon, takeCheckpoint } from './proxies.ts';

/**
 * Signs what was recorded since the last time, and gives it to the audit chat. A chat that cannot be reached is left alone
 * until the next time: each checkpoint covers all the earlier ones.
 */
export async function checkpoint(): Promise<void> {
  const posting = await takeCheckpoint();
  if (posting === null) return;
  const posted = await showSoon(posting, 'Tell the audit chat');
  if (posted !== null) await auditTold(posting, posted);
}
