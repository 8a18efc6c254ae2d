import type { Observable } from '#domain/observable.ts';
import type { Held } from '#domain/responder.ts';
import { visibleText } from '#domain/visible-text.ts';
import { quote } from './indicator-values.ts';
import type { MachineAction } from './schema.ts';

/** What the asks for one machine come to. Each of them is an isolation or the end of one. */
export type Isolation = {
  /** The isolation that is in force. */
  readonly held: MachineAction | null;
  /** What was asked for and has not ended yet. */
  readonly open: MachineAction | null;
  /** The latest ask, where nothing came of it. */
  readonly failed: MachineAction | null;
};

/** How SocBot's remarks begin where it lets a machine back; what it called off itself was not refused by anybody. */
export const RELEASED = 'Released by SocBot';

const LONGEST_NAME = 64;
const HOST = /^[a-z0-9_](?:[a-z0-9._-]{0,252}[a-z0-9_])?$/;

/** An OData filter for isolations and their ends, of one machine or of all. */
export function filterOfActions(machineId: string | null): string {
  const types = "(type eq 'Isolate' or type eq 'Unisolate')";
  return machineId === null ? types : `machineId eq ${quote(machineId)} and ${types}`;
}

/**
 * Reads one machine's actions. The vendor tells no state of a machine itself: the last isolation or release that
 * succeeded is the state.
 */
export function isolationOf(actions: readonly MachineAction[]): Isolation {
  const latestFirst = actions
    .filter(({ type }) => type === 'Isolate' || type === 'Unisolate')
    .toSorted((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
  const last = latestFirst.find(({ status }) => status === 'Succeeded');
  const latest = latestFirst[0];
  return {
    held: last?.type === 'Isolate' ? last : null,
    open: latestFirst.find(isOpen) ?? null,
    failed: latest && isRefused(latest) ? latest : null,
  };
}

/** The same for each of many machines. */
export function isolationsByMachine(actions: readonly MachineAction[]): Isolation[] {
  return [...Map.groupBy(actions, ({ machineId }) => machineId).values()].map(isolationOf);
}

export function isOpen({ status }: MachineAction): boolean {
  return status === 'Pending' || status === 'InProgress';
}

function isRefused({ status, cancellationComment }: MachineAction): boolean {
  if (status === 'Cancelled') return cancellationComment?.startsWith(RELEASED) !== true;
  return status === 'Failed' || status === 'TimeOut';
}

/** The machine of an action by its name; null where it has none that could be typed. */
export function hostOf({ computerDnsName }: MachineAction): Observable | null {
  const value = computerDnsName?.toLowerCase() ?? '';
  return HOST.test(value) ? { kind: 'host', value } : null;
}

/** An isolation has no end of its own. */
export function heldBy({ note, requestor }: MachineAction, target: Observable): Held {
  const by = note?.by ?? (typeof requestor === 'string' ? visibleText(requestor, LONGEST_NAME) : null);
  return { system: 'defender', target, until: null, by, leaseId: note?.leaseId ?? null };
}
