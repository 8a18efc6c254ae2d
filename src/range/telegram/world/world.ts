import { type CallLog, createCallLog } from '../bot-api/calls.ts';
import { createFaultBoard, type FaultBoard } from '../bot-api/faults.ts';
import { type Clock, createClock } from './clock.ts';
import { createEventBus, type EventBus } from './events.ts';
import { createFileStore, type FileStore, type StoredFile } from './files.ts';
import { createMessageStore, type MessageDump, type MessageStore } from './messages.ts';
import type { BotIdentity, Group, Person } from './people.ts';
import { createPressStore, type PressStore, type StoredPress } from './presses.ts';
import { createUpdateQueue, type UpdateQueue, type UpdateQueueDump } from './update-queue.ts';

export type BotCommand = { readonly command: string; readonly description: string };

/** Everything the simulated Telegram knows. One per server. */
export type World = {
  readonly bot: BotIdentity;
  readonly clock: Clock;
  readonly people: Map<number, Person>;
  readonly groups: Map<number, Group>;
  readonly messages: MessageStore;
  readonly updates: UpdateQueue;
  readonly files: FileStore;
  readonly presses: PressStore;
  /** Command menus by scope and language. */
  readonly commands: Map<string, readonly BotCommand[]>;
  readonly events: EventBus;
  readonly faults: FaultBoard;
  readonly calls: CallLog;
};

/** What outlives a restart: all but faults, calls and whoever watches. */
export type WorldDump = {
  readonly skippedMs: number;
  readonly people: readonly Person[];
  readonly groups: readonly Group[];
  readonly messages: MessageDump;
  readonly updates: UpdateQueueDump;
  readonly files: readonly StoredFile[];
  readonly presses: readonly StoredPress[];
  readonly commands: readonly (readonly [string, readonly BotCommand[]])[];
};

/** Enough to answer late presses after a restart. */
const KEPT_PRESSES = 500;

export type WorldOptions = {
  readonly bot: BotIdentity;
  readonly people: readonly Person[];
  readonly groups: readonly Group[];
  readonly firstUpdateId: number;
  /** Where file contents go; in memory if null. */
  readonly fileDirectory: string | null;
};

/** A world with the given people and groups, going on from the dump if there is one. */
export function createWorld(options: WorldOptions, dump: WorldDump | null): World {
  const clock = createClock(dump?.skippedMs);
  return {
    bot: options.bot,
    clock,
    people: new Map([...options.people, ...(dump?.people ?? [])].map((person) => [person.id, person])),
    groups: new Map([...options.groups, ...(dump?.groups ?? [])].map((group) => [group.id, group])),
    messages: createMessageStore(dump?.messages),
    updates: createUpdateQueue(clock, options.firstUpdateId, dump?.updates),
    files: createFileStore(options.fileDirectory, dump?.files),
    presses: createPressStore(clock, dump?.presses),
    commands: new Map(dump?.commands ?? []),
    events: createEventBus(),
    faults: createFaultBoard(),
    calls: createCallLog(),
  };
}

/** What `createWorld` needs to go on from here. */
export function dumpOf(world: World): WorldDump {
  return {
    skippedMs: world.clock.skippedMs(),
    people: [...world.people.values()],
    groups: [...world.groups.values()],
    messages: world.messages.dump(),
    updates: world.updates.dump(),
    files: world.files.dump(),
    presses: world.presses.dump().slice(-KEPT_PRESSES),
    commands: [...world.commands],
  };
}
