import { domainToASCII, domainToUnicode } from 'node:url';

/** An entry of the allow or the deny list of a simulated Pi-hole. */
export type SimulatedEntry = {
  readonly id: number;
  readonly domain: string;
  type: 'allow' | 'deny';
  readonly kind: 'exact' | 'regex';
  comment: string | null;
  groups: number[];
  enabled: boolean;
};

/** The lists of a simulated Pi-hole, and what becomes of writing to them. */
export type SimulatedLists = {
  entries: SimulatedEntry[];
  lastId: number;
  /** The groups that there are. */
  groups: readonly number[];
  /** Another process writes to the database. */
  isLocked: boolean;
  /** Names on lists that it subscribes to. */
  subscribed: readonly string[];
};

/** What SQLite says when another process writes. */
export const LOCKED = 'database is locked';

const DUPLICATE = 'UNIQUE constraint failed: domainlist.domain, domainlist.type';

/** Every entry that concerns a name, as `GET /api/search` gives them. */
export function searchLists(item: string, { entries, subscribed }: SimulatedLists): unknown {
  const domain = domainToASCII(item);
  const exact = entries.filter((entry) => entry.kind === 'exact' && entry.domain === domain);
  const regex = entries.filter((entry) => entry.kind === 'regex' && entry.enabled && matches(entry.domain, domain));
  const list = { address: 'https://lists.example/hosts.txt', type: 'block', enabled: true, groups: [0] };
  const gravity = subscribed.includes(domain) ? [{ domain, ...list }] : [];
  const counts = {
    domains: { exact: exact.length, regex: regex.length },
    gravity: { allow: 0, block: gravity.length },
  };
  const results = { ...counts, total: exact.length + regex.length + gravity.length };
  const parameters = { N: 10_000, partial: false, domain: item, debug: false };
  return { domains: [...exact, ...regex].map(rowOf), gravity, results, parameters };
}

function matches(expression: string, domain: string): boolean {
  return new RegExp(expression, 'i').test(domain);
}

type Wish = {
  readonly type: string;
  readonly kind: string;
  readonly domain: string;
  readonly isNew: boolean;
  readonly body: Readonly<Record<string, unknown>>;
};

/** Stores one entry, and gives SQLite's words where that failed; the entry may be there, in part, all the same. */
export function storeEntry(
  state: SimulatedLists,
  wish: Wish,
): { readonly item: string; readonly error: string | null } {
  const { domain: item, isNew, body } = wish;
  const type = wish.type === 'allow' ? 'allow' : 'deny';
  const kind = wish.kind === 'regex' ? 'regex' : 'exact';
  if (state.isLocked) return { item, error: LOCKED };
  const before = state.entries.find((one) => one.domain === item && one.type === type && one.kind === kind);
  if (before && isNew) return { item, error: DUPLICATE };
  const entry = before ?? {
    id: (state.lastId += 1),
    domain: item,
    type,
    kind,
    comment: null,
    groups: [0],
    enabled: true,
  };
  if (!before) state.entries.push(entry);
  entry.comment = typeof body['comment'] === 'string' && body['comment'] !== '' ? body['comment'] : null;
  entry.enabled = typeof body['enabled'] === 'boolean' ? body['enabled'] : true;
  if (!('groups' in body)) return { item, error: null };
  const sent: unknown[] = Array.isArray(body['groups']) ? body['groups'] : [];
  const wanted = sent.filter((id) => typeof id === 'number');
  entry.groups = wanted.filter((id) => state.groups.includes(id));
  return { item, error: entry.groups.length < wanted.length ? 'FOREIGN KEY constraint failed' : null };
}

/** Lower case and punycode; what follows a NUL is lost. A last dot stays, and makes a name that nobody asks for. */
export function nameOf(text: string, kind: string): string {
  const [name = ''] = text.split('\0');
  return kind === 'regex' ? name : domainToASCII(name) || name.toLowerCase();
}

/** What Pi-hole takes for no domain: URLs, wildcards, spaces, ports. */
export function isInvalid(domain: string): boolean {
  return domain.length > 255 || /^[-.]|[\s/*:@;"%]|\.\./.test(domain);
}

/** An entry as the interface gives it. */
export function rowOf(entry: SimulatedEntry): unknown {
  const dates = { date_added: 1_795_499_083, date_modified: 1_795_499_083 };
  return { ...entry, unicode: domainToUnicode(entry.domain) || entry.domain, ...dates };
}
