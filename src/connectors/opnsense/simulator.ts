import type { SimulatedAnswer, SimulatedRequest, SimulatorDefinition } from '#connectors/simulator-definition.ts';
import { readNetwork } from '#domain/address.ts';

/** An alias: what the configuration keeps of it, and what is in force. The two are one only after a reload. */
type Alias = { readonly type: 'host' | 'network' | 'external'; content: string[]; table: string[] };

/** What a firewall with one empty alias knows. */
export type OpnsenseState = { readonly aliases: Record<string, Alias> };

const KEY = 'simulated-opnsense-key';
const SECRET = 'simulated-opnsense-secret';
const REFUSED: SimulatedAnswer = { status: 401, json: { status: 401, message: 'Authentication Failed' } };
const FAILED: SimulatedAnswer = { status: 200, json: { status: 'failed' } };
const DONE: SimulatedAnswer = { status: 200, json: { status: 'done' } };

/** The alias utilities of OPNsense on loopback, after AliasUtilController of opnsense/core, with its oddities. */
export const opnsenseSimulator: SimulatorDefinition<OpnsenseState> = {
  name: 'opnsense',
  key: {
    header: 'authorization',
    value: `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`,
    missing: REFUSED,
    wrong: REFUSED,
  },
  // OPNsense counts no calls; a proxy in front of it may
  rateLimited: { status: 429, text: '' },
  settings: (url) => ({ OPNSENSE_URL: url, OPNSENSE_API_KEY: KEY, OPNSENSE_API_SECRET: SECRET }),
  createState: () => ({ aliases: { socbot: { type: 'network', content: [], table: [] } } }),
  respond: (request, _world, state) => {
    const [, verb = '', name = ''] = /^\/api\/firewall\/alias_util\/(\w+)\/([^/]+)$/.exec(request.path) ?? [];
    const alias = state.aliases[decodeURIComponent(name)];
    const { address } = bodyOf(request);
    const isAsked = request.method === 'POST' && typeof address === 'string';
    switch (verb) {
      case 'list':
        return listTable(alias?.table ?? [], request);
      case 'add':
        return isAsked ? addTo(alias, address, name) : FAILED;
      case 'delete':
        return isAsked ? deleteFrom(alias, address) : FAILED;
      case 'flush':
        if (request.method !== 'POST') return FAILED;
        if (alias) alias.table = [];
        return DONE;
      default:
        return { status: 404, json: { errorMessage: 'Endpoint not found' } };
    }
  },
  entries: (state) =>
    Object.entries(state.aliases).flatMap(([name, { type, table }]) =>
      table.map((text) => ({ text, detail: `alias ${name} (${type})` })),
    ),
};

/** Puts in force what the configuration keeps, as a reload of the filter does. */
export function reloadAliases({ aliases }: OpnsenseState): void {
  for (const alias of Object.values(aliases)) {
    if (alias.type !== 'external') alias.table = [...new Set(alias.content.flatMap((text) => asPf(text) ?? []))];
  }
}

/** Pages are named in the body alone: a GET always gets the first 9999. */
function listTable(table: readonly string[], request: SimulatedRequest): SimulatedAnswer {
  const { rowCount = 9999, current = 1 } = request.method === 'POST' ? bodyOf(request) : {};
  const size = Number(rowCount) === -1 ? table.length : Number(rowCount);
  const offset = (Number(current) - 1) * size;
  const rows = table.slice(offset, offset + size).map((ip) => ({ ip }));
  return { status: 200, json: { total: table.length, rowCount: rows.length, current: Number(current), rows } };
}

function addTo(alias: Alias | undefined, address: string, name: string): SimulatedAnswer {
  if (/[^0-9a-f:./_]/.test(address)) return { status: 200, json: { status: 'not_an_address' } };
  if (!alias) return { status: 200, json: { status: 'failed', status_msg: `nonexistent alias ${name}` } };
  const kept = alias.type === 'network' && !address.includes('/') ? `${address}/${bitsOf(address)}` : address;
  // `!array_search(…)` of PHP: what stands first is not found, and is kept once more
  if (alias.type !== 'external' && alias.content.indexOf(kept) <= 0) alias.content.push(kept);
  const text = asPf(kept);
  const isThere = text === null || alias.table.includes(text) || alias.table.includes(`!${text}`);
  if (!isThere) alias.table.push(text);
  return DONE;
}

/** Says "done" to everything: also for an alias that is not there, and for an address that is not in it. */
function deleteFrom(alias: Alias | undefined, address: string): SimulatedAnswer {
  if (!alias) return DONE;
  const masked = address.includes('/') ? address : `${address}/${bitsOf(address)}`;
  for (const spelling of new Set([masked, address])) {
    const at = alias.content.indexOf(spelling);
    if (at >= 0) alias.content.splice(at, 1);
  }
  alias.table = alias.table.filter((text) => text !== address.trim());
  return DONE;
}

/** As pf writes it; null for what pf does not take, of which the interface says nothing. */
function asPf(text: string): string | null {
  const network = readNetwork(text);
  if (!network) return null;
  const { start, prefix } = network;
  return prefix === (start.kind() === 'ipv4' ? 32 : 128) ? start.toString() : `${start.toString()}/${prefix}`;
}

function bitsOf(address: string): number {
  return address.includes(':') ? 128 : 32;
}

function bodyOf({ body }: SimulatedRequest): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {};
  } catch {
    return {};
  }
}
