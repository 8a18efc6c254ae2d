import type { GuardTier } from '#domain/guard/guard.ts';
import { LEFT_OUT, NAME_ITSELF, NEVER, TELL, TWO_PEOPLE } from './choices.ts';
import { type Entry, readEntry } from './entries.ts';
import { HASH_WIDTH, MATCHES, type Reduced } from './file.ts';
import { createSetNumbers } from './set-numbers.ts';
import { type Listed, toSpans, toValues } from './spans.ts';

/** A MISP warning list as its `list.json` has it, and the name of its folder. */
export type MispList = {
  readonly folder: string;
  readonly type: string;
  readonly version: number;
  readonly list: readonly string[];
};

type Kept = { readonly list: string; readonly title: string; readonly tier: GuardTier };
type ReadList = Kept & { readonly entries: readonly Entry[] };

/** What was kept, and of how many entries nothing could be made, by list. */
export type Reduction = { readonly reduced: Reduced; readonly unread: Readonly<Record<string, number>> };

const TIERS: readonly (readonly [GuardTier, Record<string, string>])[] = [
  ['never', NEVER],
  ['two_people', TWO_PEOPLE],
  ['tell', TELL],
];

/** Makes the reduced copy of the lists. Throws when a chosen list is missing, or when nobody has decided on one. */
export function reduceLists(lists: readonly MispList[]): Reduction {
  const chosen = TIERS.flatMap(([tier, titles]) =>
    Object.entries(titles).map(([list, title]) => ({ list, title, tier })),
  );
  const objection = objectionToLists(lists, chosen);
  if (objection !== null) throw new Error(objection);
  const read = chosen.map((one) => ({ ...one, entries: readEntries(one.list, lists) }));
  const unread = read.map(({ list, entries }) => [list, sizeOf(list, lists) - entries.length] as const);
  return {
    reduced: toReduced(read, newestDate(lists)),
    unread: Object.fromEntries(unread.filter(([, left]) => left > 0)),
  };
}

function objectionToLists(lists: readonly MispList[], chosen: readonly Kept[]): string | null {
  const there = new Set(lists.map(({ folder }) => folder));
  const decided = new Set([...chosen.map(({ list }) => list), ...Object.keys(LEFT_OUT)]);
  const missing = chosen.map(({ list }) => list).filter((list) => !there.has(list));
  const undecided = [...there].filter((list) => !decided.has(list));
  if (missing.length > 0) return `These lists of choices.ts are missing: ${missing.join(', ')}.`;
  return undecided.length > 0 ? `Decide on these lists in choices.ts: ${undecided.join(', ')}.` : null;
}

function readEntries(folder: string, lists: readonly MispList[]): Entry[] {
  const { list = [], type = '' } = lists.find((one) => one.folder === folder) ?? {};
  const entries = list.map((text) => readEntry(text, type)).filter((entry) => entry !== null);
  if (!NAME_ITSELF.includes(folder)) return entries;
  return entries.map((entry) => (entry.kind === 'name' ? { ...entry, isSuffix: false } : entry));
}

function sizeOf(folder: string, lists: readonly MispList[]): number {
  return lists.find((one) => one.folder === folder)?.list.length ?? 0;
}

/** Many lists have their day for a version, such as 20251223; others count from one. */
function newestDate(lists: readonly MispList[]): string {
  const days = lists
    .map(({ version }) => String(version))
    .filter((version) => /^20[2-4]\d[01]\d[0-3]\d$/.test(version));
  const newest = days.sort().at(-1);
  if (newest === undefined) throw new Error('No list has a day for a version: the date of the lists is not known.');
  return newest.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
}

function toReduced(read: readonly ReadList[], date: string): Reduced {
  const sets = createSetNumbers();
  const networks = read.flatMap(({ entries }, list) =>
    entries.flatMap((entry): Listed[] => (entry.kind === 'network' ? [{ network: entry.network, list }] : [])),
  );
  const ofKind = (kind: 'ipv4' | 'ipv6') => networks.filter(({ network }) => network.start.kind() === kind);
  const ipv4 = toSpans(ofKind('ipv4'), 4, sets);
  const ipv6 = toSpans(ofKind('ipv6'), 16, sets);
  const digests = gather(read, ({ entry, list }) =>
    entry.kind === 'hash' ? [[entry.digits.slice(0, HASH_WIDTH * 2), list]] : [],
  );
  const hashes = {
    width: HASH_WIDTH,
    keys: Buffer.from(digests.map(([digits]) => digits).join(''), 'hex'),
    values: toValues(digests.map(([, members]) => sets.numberOf(members))),
  };
  const nameSets = createSetNumbers();
  const named = gather(read, codesOfName);
  return {
    date,
    lists: read.map(({ list, title, tier }) => ({ list, title, tier })),
    ipv4,
    ipv6,
    hashes,
    names: named.map(([name]) => name),
    nameValues: toValues(named.map(([, members]) => nameSets.numberOf(members))),
    sets: sets.all(),
    nameSets: nameSets.all(),
  };
}

type Place = { readonly entry: Entry; readonly list: number; readonly tier: GuardTier };

/** A name counts for its parents too, unless it is only told: who blocks `windows.net` blocks the log-in beneath it. */
function codesOfName({ entry, list, tier }: Place): [string, number][] {
  if (entry.kind !== 'name') return [];
  const code = (match: (typeof MATCHES)[number]) => list * MATCHES.length + MATCHES.indexOf(match);
  const labels = entry.name.split('.');
  const parents = tier === 'tell' ? [] : labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join('.'));
  return [
    [entry.name, code(entry.isSuffix ? 'suffix' : 'exact')],
    ...parents.map((name): [string, number] => [name, code('above')]),
  ];
}

/** Every key with all numbers given for it, the keys in ascending order. */
function gather(
  read: readonly ReadList[],
  pairsOf: (place: Place) => readonly [string, number][],
): [string, number[]][] {
  const gathered = new Map<string, number[]>();
  read.forEach(({ entries, tier }, list) => {
    for (const entry of entries) {
      for (const [key, number] of pairsOf({ entry, list, tier })) {
        const there = gathered.get(key);
        if (there) there.push(number);
        else gathered.set(key, [number]);
      }
    }
  });
  return [...gathered].sort(([a], [b]) => (a < b ? -1 : 1));
}
