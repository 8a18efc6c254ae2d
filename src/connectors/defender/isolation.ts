import { ConnectorError } from '#connectors/errors.ts';
import { faultOfOtherIndicator } from '#connectors/faults.ts';
import { writeLeaseNote } from '#connectors/lease-note.ts';
import type { ContainmentAnswer, Freeing, Hold, Responder } from '#domain/responder.ts';
import type { DefenderClient } from './client.ts';
import { quote } from './indicator-values.ts';
import {
  filterOfActions,
  heldBy,
  hostOf,
  isolationOf,
  isolationsByMachine,
  isOpen,
  RELEASED,
} from './isolation-state.ts';
import type { MachineAction } from './schema.ts';

const DONE: ContainmentAnswer = { isDone: true };
const refuse = (why: string): ContainmentAnswer => ({ isDone: false, why });

/** A machine that is up takes some seconds; one that is off may take days. */
const LOOK_AGAIN_MS = 15_000;

/** Cuts machines off the network, and lets them back. */
export function createIsolationResponder(client: DefenderClient): Responder {
  return {
    async contain(hold, signal) {
      const machine = await machineNamed(client, hold.target.value, signal);
      return 'why' in machine ? refuse(machine.why) : isolate(client, { hold, machineId: machine.id }, signal);
    },
    async release(freeing, signal) {
      const machine = await machineNamed(client, freeing.target.value, signal);
      return 'why' in machine ? refuse(machine.why) : letBack(client, { freeing, machineId: machine.id }, signal);
    },
    async readBack(target, signal) {
      for (const machineId of await machinesNamed(client, target.value, signal)) {
        const { held, open } = isolationOf(await client.actions(filterOfActions(machineId), signal));
        if (held) return heldBy(held, target);
        if (open?.type === 'Isolate') throw underWay(open);
      }
      return null;
    },
    async list(signal) {
      const actions = await client.actions(filterOfActions(null), signal);
      return isolationsByMachine(actions).flatMap(({ held }) => {
        const target = held && hostOf(held);
        return target ? [heldBy(held, target)] : [];
      });
    },
  };
}

/** Asks once for each lease: what it asked for before is found by its remark, and neither repeated nor taken for done. */
async function isolate(
  client: DefenderClient,
  { hold, machineId }: { readonly hold: Hold; readonly machineId: string },
  signal: AbortSignal,
): Promise<ContainmentAnswer> {
  const { open, held, failed } = isolationOf(await client.actions(filterOfActions(machineId), signal));
  if (open) throw underWay(open);
  if (held) return answerTo(held, hold.leaseId);
  if (failed?.type === 'Isolate' && failed.note?.leaseId === hold.leaseId) return notDone(failed);
  const ask = client.isolate(machineId, writeLeaseNote(hold), signal);
  return outcomeOf(client, { asked: await unlessBusy(client, { ask, machineId }, signal), machineId }, signal);
}

/** What an isolation that is in force already is worth. Somebody else's counts where it cuts everything off. */
function answerTo(held: MachineAction, leaseId: string): ContainmentAnswer {
  if (held.note?.leaseId === leaseId) return DONE;
  if (held.note) return refuse(`another isolation by ${held.note.by} holds it`);
  return held.scope === 'Selective' ? refuse('somebody else has isolated it already, but only in part') : DONE;
}

/**
 * Lets a machine back. An isolation that is still to come is called off: else it would come when nobody wants it any
 * more. Letting go is owed, so one that failed before is asked for again.
 */
async function letBack(
  client: DefenderClient,
  { freeing: { leaseId }, machineId }: { readonly freeing: Freeing; readonly machineId: string },
  signal: AbortSignal,
): Promise<ContainmentAnswer> {
  const remark = leaseId === null ? RELEASED : `${RELEASED}, lease ${leaseId}`;
  const isMeant = ({ note }: MachineAction): boolean => leaseId === null || note?.leaseId === leaseId;
  const { open, held } = isolationOf(await client.actions(filterOfActions(machineId), signal));
  const isToCome = open?.type === 'Isolate' && isMeant(open);
  if (isToCome) await callOff(client, { open, remark }, signal);
  if (!held || !isMeant(held)) return DONE;
  if (open && !isToCome) throw underWay(open);
  const ask = client.unisolate(machineId, remark, signal);
  return outcomeOf(client, { asked: await unlessBusy(client, { ask, machineId }, signal), machineId }, signal);
}

async function callOff(
  client: DefenderClient,
  { open, remark }: { readonly open: MachineAction; readonly remark: string },
  signal: AbortSignal,
): Promise<void> {
  try {
    const ended = await client.cancel(open.id, remark, signal);
    if (ended.id !== open.id) throw faultOfOtherIndicator('defender');
    if (ended.status !== 'Cancelled') throw underWay(ended);
  } catch (error) {
    // It has ended meanwhile, and perhaps the machine is isolated now: the next look tells.
    if (error instanceof ConnectorError && error.kind === 'refused') throw underWay(open);
    throw error;
  }
}

/** A machine takes one such ask at a time (`ActiveRequestAlreadyExists`): then the one before has to end first. */
async function unlessBusy(
  client: DefenderClient,
  { ask, machineId }: { readonly ask: Promise<MachineAction>; readonly machineId: string },
  signal: AbortSignal,
): Promise<MachineAction> {
  try {
    return await ask;
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== 'refused') throw error;
    const { open } = isolationOf(await client.actions(filterOfActions(machineId), signal));
    throw open ? underWay(open) : error;
  }
}

/** Asking is not doing: the machine has to report that it did. */
async function outcomeOf(
  client: DefenderClient,
  { asked, machineId }: { readonly asked: MachineAction; readonly machineId: string },
  signal: AbortSignal,
): Promise<ContainmentAnswer> {
  if (asked.machineId !== machineId) throw faultOfOtherIndicator('defender');
  const now = await client.action(asked.id, signal);
  if (now.id !== asked.id || now.machineId !== machineId) throw faultOfOtherIndicator('defender');
  if (isOpen(now)) throw underWay(now);
  return now.status === 'Succeeded' ? DONE : notDone(now);
}

function notDone({ type, status }: MachineAction): ContainmentAnswer {
  return refuse(`Defender’s ${type === 'Isolate' ? 'isolation' : 'release'} of it ended as ${status}`);
}

/** Not yet. The same call again finds what was asked for, and does not ask twice. */
function underWay({ type, status }: MachineAction): ConnectorError {
  const what = type === 'Isolate' ? 'an isolation' : 'a release';
  const message = `${what} of the machine is under way: ${status}`;
  const fault = { kind: 'unreachable', connector: 'defender', message, isAnswered: true } as const;
  return new ConnectorError({ ...fault, retryAfterMs: LOOK_AGAIN_MS });
}

/** The one machine of this name. None and several are a "no": a machine is never guessed. */
async function machineNamed(
  client: DefenderClient,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly id: string } | { readonly why: string }> {
  const [id, ...others] = await machinesNamed(client, name, signal);
  if (id === undefined) return { why: `Defender knows no machine by the full name ${name}` };
  if (others.length === 0) return { id };
  return { why: `Defender knows ${others.length + 1} machines by the name ${name}: isolate or release it there` };
}

async function machinesNamed(client: DefenderClient, name: string, signal: AbortSignal): Promise<string[]> {
  const machines = await client.machines(`computerDnsName eq ${quote(name.toLowerCase())}`, signal);
  const isNamedSo = (other: string | null | undefined) => other?.toLowerCase() === name.toLowerCase();
  return machines.filter(({ computerDnsName }) => isNamedSo(computerDnsName)).map(({ id }) => id);
}
