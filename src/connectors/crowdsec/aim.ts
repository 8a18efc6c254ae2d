import { ConnectorError } from '#connectors/errors.ts';
import type { Network } from '#domain/address.ts';
import { observableKey, type Observable } from '#domain/observable.ts';
import { type Ban, BAN, bansOf, networkOf, objectToOthers, observableOf, scenarioOf } from './bans.ts';
import type { CrowdSecClient, ExactFilter, Search } from './client.ts';

/** A target, how it is searched for, and how a decision on it is named. */
export type Aim = { readonly network: Network; readonly search: Search; readonly filter: ExactFilter };

/** Fails with `refused` where the target is no address and no network, or is not spelt as SocBot spells it. */
export function aimAt(target: Observable): Aim {
  const network = networkOf(target.value);
  if (network === null || observableKey(observableOf(network)) !== observableKey(target)) {
    throw refused(`cannot hold ${target.kind} of this form`);
  }
  const { value } = target;
  const isRange = target.kind === 'cidr';
  const search = isRange ? { range: value } : { ip: value };
  return { network, search, filter: { value, scopes: isRange ? 'Range' : 'Ip', type: BAN } };
}

/** The scenario that names a lease; fails with `refused` where its id does not fit. */
export function checkedScenario(leaseId: string): string {
  const scenario = scenarioOf(leaseId);
  if (scenario === null) throw refused('not a fit id of a lease');
  return scenario;
}

/** The bans on a target and on the networks around it; with an origin, only that one's. */
export async function findBans(
  client: CrowdSecClient,
  { network, search }: Aim,
  { origin, signal }: { readonly origin?: string; readonly signal: AbortSignal },
): Promise<readonly Ban[]> {
  const decisions = await client.findDecisions(origin === undefined ? search : { ...search, origin }, signal);
  objectToOthers(decisions, network);
  return bansOf(decisions, Date.now());
}

function refused(message: string): ConnectorError {
  return new ConnectorError({ kind: 'refused', connector: 'crowdsec', message });
}
