import { z } from 'zod';
import type { SimulatedAnswer, SimulatedRequest, SimulatorDefinition } from '#connectors/simulator-definition.ts';

/** What a small in-house tool keeps of a block. */
type Block = { readonly id: number; readonly value: string; readonly until: string | null; readonly note: string };
type State = { nextId: number; blocks: Block[] };

const createState = (): State => ({ nextId: 1, blocks: [] });
const entries = ({ blocks }: State) =>
  blocks.map(({ value, until, note }) => ({ text: value, detail: `${note} ${until ?? ''}` }));
const refused: SimulatedAnswer = { status: 401, json: { error: 'who are you?' } };
const rateLimited: SimulatedAnswer = { status: 429, json: { error: 'too many requests' } };

const Asked = z.object({
  value: z.string().default(''),
  until: z.union([z.string(), z.number()]).nullish(),
  note: z.string().default(''),
  id: z.number().optional(),
});

function askedIn({ body }: SimulatedRequest): z.output<typeof Asked> | null {
  try {
    return Asked.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

/** A proxy with an address for each block, as the first example of README.md describes it: `PUT` makes or changes one. */
export const edgeProxySimulator: SimulatorDefinition<State> = {
  name: 'edge-proxy',
  key: { header: 'authorization', value: 'Bearer simulated-edge-proxy-token', missing: refused, wrong: refused },
  rateLimited,
  settings: (url) => ({ EDGE_PROXY_URL: `${url}/api`, EDGE_PROXY_TOKEN: 'simulated-edge-proxy-token' }),
  createState,
  entries,
  respond: (request, _world, state) => {
    if (request.path === '/api/blocks' && request.method === 'GET')
      return { status: 200, json: { items: state.blocks.map(toItem) } };
    const value = decodeURIComponent(/^\/api\/blocks\/([^/]+)$/.exec(request.path)?.[1] ?? '');
    const block = state.blocks.find((one) => one.value === value);
    if (request.method === 'PUT' && value !== '') return putBlock(request, value, state);
    if (!block) return { status: 404, json: { error: value === '' ? 'no such address' : 'no such block' } };
    if (request.method === 'GET') return { status: 200, json: toItem(block) };
    if (request.method !== 'DELETE') return { status: 405, json: { error: 'GET, PUT or DELETE' } };
    state.blocks = state.blocks.filter((one) => one !== block);
    return { status: 204, text: '' };
  },
};

function toItem({ value, until, note }: Block) {
  return { value, expires: until, comment: note };
}

function putBlock(request: SimulatedRequest, value: string, state: State): SimulatedAnswer {
  const Put = z.object({ expires: z.iso.datetime(), comment: z.string() });
  const put = Put.safeParse(JSON.parse(request.body || 'null'));
  if (!put.success) return { status: 422, json: { error: 'expires and comment, please' } };
  const others = state.blocks.filter((one) => one.value !== value);
  state.blocks = [...others, { id: state.nextId++, value, until: put.data.expires, note: put.data.comment }];
  return { status: 200, json: {} };
}

/** A sinkhole that is asked by name and always says 200, as the second example describes it. Adding twice makes two. */
export const sinkholeSimulator: SimulatorDefinition<State> = {
  name: 'sinkhole',
  key: { header: 'x-api-key', value: 'simulated-sinkhole-key', missing: refused, wrong: refused },
  rateLimited,
  settings: (url) => ({ SINKHOLE_URL: url, SINKHOLE_KEY: 'simulated-sinkhole-key' }),
  createState,
  entries,
  respond: (request, _world, state) => {
    const asked = askedIn(request);
    if (request.method !== 'POST' || !asked) return { status: 200, json: { ok: false, error: 'bad_request' } };
    const block = state.blocks.find(({ id, value }) =>
      asked.id === undefined ? value === asked.value : id === asked.id,
    );
    const until = asked.until === undefined ? null : String(asked.until);
    switch (request.path) {
      case '/rpc/block.add':
        state.blocks.push({ id: state.nextId++, value: asked.value, until, note: asked.note });
        return ok({});
      case '/rpc/block.extend':
        state.blocks = state.blocks.map((one) => (one === block ? { ...one, until } : one));
        return block ? ok({}) : { status: 200, json: { ok: false, error: 'unknown_block' } };
      case '/rpc/block.remove':
        state.blocks = state.blocks.filter((one) => one !== block);
        return block ? ok({}) : { status: 200, json: { ok: false, error: 'unknown_block' } };
      case '/rpc/block.find':
        return ok(block ? { found: true, block: toBlock(block) } : { found: false });
      case '/rpc/block.list':
        return ok({ blocks: state.blocks.map(toBlock), more: false });
      default:
        return { status: 200, json: { ok: false, error: 'unknown_method' } };
    }
  },
};

function toBlock({ id, value, until, note }: Block) {
  return { id, value, until: until === null ? null : Number(until), note };
}

function ok(result: unknown): SimulatedAnswer {
  return { status: 200, json: { ok: true, result } };
}

/** A switch that knows names of machines and nothing else of them, as the third example describes it. */
export const quarantineSimulator: SimulatorDefinition<State> = {
  name: 'quarantine',
  rateLimited,
  settings: (url) => ({ QUARANTINE_URL: url }),
  createState,
  entries,
  respond: ({ method, path }, _world, state) => {
    if (path === '/isolated' && method === 'GET') return { status: 200, json: state.blocks.map(({ value }) => value) };
    const value = decodeURIComponent(/^\/isolated\/([^/]+)$/.exec(path)?.[1] ?? '');
    if (value === '' || (method !== 'PUT' && method !== 'DELETE')) return { status: 404, json: { error: 'not here' } };
    state.blocks = state.blocks.filter((one) => one.value !== value);
    if (method === 'PUT') state.blocks.push({ id: state.nextId++, value, until: null, note: '' });
    return { status: 204, text: '' };
  },
};
