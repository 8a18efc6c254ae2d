import { compareWithSystems, showSoon } from './proxies.ts';

/** Compares what SocBot holds with what the systems list, and tells the responders where they differ. Mends nothing. */
export async function reconcile(): Promise<void> {
  const postings = await compareWithSystems();
  for (const posting of postings) await showSoon(posting, 'Tell of a difference');
}
