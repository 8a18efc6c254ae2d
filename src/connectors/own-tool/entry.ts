import { z } from 'zod';
import { observableKey, type Observable, type ObservableKind } from '#domain/observable.ts';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { refang } from '#domain/refang.ts';
import type { Hold } from '#domain/responder.ts';
import { type Pointer, valueAt } from './pointer.ts';
import type { EntryShape } from './schema.ts';

/** One entry of a tool, as read. What the tool does not tell is null. */
export type Entry = {
  /** The target as the tool spells it. */
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly until: string | null;
  readonly leaseId: string | null;
  readonly by: string | null;
  /** As the tool writes it: a number stays one in a body. */
  readonly id: string | number | null;
};

const LONGEST = 4096;
const ID = /^[^\p{Cc}]{1,200}$/u;
const LEASE = /^[A-Za-z0-9-]{1,64}$/;
const MARK = /^SocBot ([A-Za-z0-9-]{1,64}), asked by (.{0,200}), digest [0-9a-f ]{1,40}$/u;

/** What `{mark}` stands for: whose the entry is, for people and for reading it back. */
export function markOf({ leaseId, by, digest }: Hold): string {
  return `SocBot ${leaseId}, asked by ${by}, digest ${digest}`;
}

/**
 * Reads one entry; null where it does not have the shape. What a person put there may lack an end or a mark: then those are
 * null. One that is there and cannot be read spoils the entry.
 */
export function readEntry(item: unknown, shape: EntryShape): Entry | null {
  const text = valueAt(item, shape.target);
  const until = readEnd(item, shape);
  const id = readId(item, shape.id);
  if (typeof text !== 'string' || text === '' || text.length > LONGEST) return null;
  if (until === undefined || id === undefined) return null;
  return { text, until, id, ...readOwner(item, shape) };
}

function readEnd(item: unknown, { until, untilSeconds }: EntryShape): string | null | undefined {
  const pointer = until ?? untilSeconds;
  const value = pointer && valueAt(item, pointer);
  if (value === undefined || value === null) return null;
  const instant = until ? z.iso.datetime({ offset: true }).safeParse(value).data : secondsOf(value);
  const date = new Date(instant ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function secondsOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value * 1000 : undefined;
}

function readId(item: unknown, pointer: Pointer | undefined): string | number | null | undefined {
  if (!pointer) return null;
  const value = valueAt(item, pointer);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  return typeof value === 'string' && ID.test(value) && value.isWellFormed() ? value : undefined;
}

function readOwner(item: unknown, shape: EntryShape): Pick<Entry, 'leaseId' | 'by'> {
  const textAt = (pointer: Pointer | undefined): string | null => {
    const value = pointer && valueAt(item, pointer);
    return typeof value === 'string' ? value : null;
  };
  const mark = MARK.exec(textAt(shape.mark) ?? '');
  const lease = textAt(shape.lease);
  return {
    leaseId: mark?.[1] ?? (lease !== null && LEASE.test(lease) ? lease : null),
    by: textAt(shape.by) ?? mark?.[2] ?? null,
  };
}

/** What an entry is about, of the kinds that the tool takes; null for anything else, such as a range or a country. */
export function observableOf(text: string, kinds: readonly ObservableKind[]): Observable | null {
  if (kinds.includes('host')) return { kind: 'host', value: text.toLowerCase() };
  if (refang(text).text !== text) return null;
  const parsed = parseObservable(text);
  const observable = isUnderstood(parsed) ? parsed.observable : parsed.didYouMean;
  // A question that only a person can answer, such as file or domain, is answered by the kinds of the tool.
  const isMeant = isUnderstood(parsed) || observable?.value === text.toLowerCase();
  return observable && isMeant && kinds.includes(observable.kind) ? observable : null;
}

/** Whether an entry is about exactly this target, however the tool spells it. */
export function isAbout(entry: Entry, target: Observable, kinds: readonly ObservableKind[]): boolean {
  if (entry.text === target.value) return true;
  const observable = observableOf(entry.text, kinds);
  return observable !== null && observableKey(observable) === observableKey(target);
}
