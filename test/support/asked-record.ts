import type { Store } from '#store/open-store.ts';
import { NOW } from './sealed-orders.ts';
import { PEOPLE } from './soc-requests.ts';

/** An audit in which everything that is looked for was asked by Ana, as the bot puts it on record. */
export function withAsks(audit: Store['audit']): Store['audit'] {
  return {
    ...audit,
    list: async (query) => {
      const found = await audit.list(query);
      const { request } = query;
      if (request === undefined) return found;
      const asked = { at: NOW, who: 'ana', telegramId: PEOPLE.ana.telegramId, chat: 1, request, outcome: 'asked' };
      const actions = ['block', 'unblock', 'allow', 'isolate', 'release'];
      return [...found, ...actions.map((action, seq) => ({ ...asked, action, seq, hash: '', previousHash: '' }))];
    },
  };
}
