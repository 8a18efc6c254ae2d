import { isNumericHost, overlaps, readNetwork } from '#domain/address.ts';
import type { GuardFinding, OwnHost } from './guard.ts';
import type { Protected } from './protected.ts';

/**
 * What speaks against isolating a machine. What SocBot runs on is never isolated, and neither is what has its address. A
 * critical machine needs two people, and so does one that the settings do not know: nobody can say what hangs on it.
 */
export function judgeMachine(name: string, kept: Protected, hosts: readonly OwnHost[]): readonly GuardFinding[] {
  if (isNumericHost(name)) return [{ tier: 'never', why: 'A machine is isolated by its name, not by an address.' }];
  const machines = hosts.filter((host) => isSameMachine(host.name, name));
  const lifelines = [
    ...kept.names.filter((one) => one.isLifeline && isSameMachine(one.name, name)),
    ...kept.networks.filter((one) => one.isLifeline && machines.some((host) => hasAddressIn(host, one))),
  ];
  const cut = [...new Set(lifelines.map(({ what }) => what))].map((what): GuardFinding => ({
    tier: 'never',
    why: `It would take ${what} along.`,
  }));
  return machines.length === 0
    ? [...cut, { tier: 'two_people', why: 'It is not among the machines in the settings.' }]
    : [...cut, ...machines.flatMap(judgeTier)];
}

/** A short name stands for a full one: `dc1` may be `dc1.corp.example`, and is then guarded like it. */
function isSameMachine(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase().replace(/\.$/, ''), other.toLowerCase()];
  const isShort = !a.includes('.') || !b.includes('.');
  return a === b || (isShort && a.split('.')[0] === b.split('.')[0]);
}

function hasAddressIn({ addresses }: OwnHost, { network }: Protected['networks'][number]): boolean {
  return addresses.map(readNetwork).some((address) => address !== null && overlaps(address, network));
}

function judgeTier({ name, tier }: OwnHost): GuardFinding[] {
  if (tier === 'critical') return [{ tier: 'two_people', why: `The machine ${name} is critical.` }];
  return tier === 'server' ? [{ tier: 'tell', why: `The machine ${name} is a server.` }] : [];
}
