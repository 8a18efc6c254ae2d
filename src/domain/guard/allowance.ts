import { readNetwork } from '#domain/address.ts';
import type { Observable } from '#domain/observable.ts';
import { isSharedSuffix } from './names.ts';
import { objectionToWidth } from './networks.ts';

/**
 * Why a target cannot be put on the allow list, as a sentence; null where it can. What is allowed keeps others from holding
 * it off: no more of the Internet may be taken out of reach by one decision than may be blocked by one.
 */
export function objectionToAllowance({ kind, value }: Observable): string | null {
  if (kind === 'cidr') {
    const network = readNetwork(value);
    return network ? objectionToWidth(network) : 'It cannot be read.';
  }
  return kind === 'domain' && isSharedSuffix(value) ? 'Many owners have names under it: it is a shared suffix.' : null;
}
