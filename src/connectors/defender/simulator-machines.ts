import { parseFilter } from './odata-filter.ts';

/** What a machine was asked for. `looks`: how often it is still looked at before it has done so; null is never. */
export type SimulatedAction = {
  readonly id: string;
  readonly type: string;
  readonly scope: string | null;
  readonly requestor: string;
  readonly requestorComment: string;
  status: string;
  readonly machineId: string;
  readonly computerDnsName: string;
  readonly creationDateTimeUtc: string;
  cancellationComment: string | null;
  looks: number | null;
};

type Request = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
};
type Answer = { readonly status: number; readonly json: unknown };
type State = { actions: SimulatedAction[]; made: number };

/** Two are one name's: a laptop that was set up anew. One is slow, and one is switched off. */
export const MACHINES = [
  { id: '1e5bc9d7e413ddd7902c2932e418702b84d0cc07', computerDnsName: 'ws-0042.campus.example', looks: 0 },
  { id: '7b1f4967d9728e5aa3c06a9e617a22a4a5a17378', computerDnsName: 'slow.campus.example', looks: 2 },
  { id: 'f46b9bb259ed4a7fb9981b73510e3cc7aa81ec1f', computerDnsName: 'asleep.campus.example', looks: null },
  { id: '111e6dd8c833c8a052ea231ec1b19adaf497b625', computerDnsName: 'laptop-7.campus.example', looks: 0 },
  { id: '12ee6dd8c833c8a052ea231ec1b19adaf497b625', computerDnsName: 'laptop-7.campus.example', looks: 0 },
] as const;

const BEGIN = Date.UTC(2026, 0, 1);
const OPEN = ['Pending', 'InProgress'];

/** Whether the last isolation or release of a machine that succeeded was an isolation. */
export function isIsolated(machineId: string, { actions }: State): boolean {
  return actions.findLast((one) => one.machineId === machineId && one.status === 'Succeeded')?.type === 'Isolate';
}

/** The calls under `/api/machines` and `/api/machineactions`. */
export function answerOfMachines(request: Request, state: State): Answer {
  const [, , kind, id, verb] = request.path.split('/');
  const isPost = request.method === 'POST';
  if (!isPost && id === undefined) return list(kind === 'machines' ? MACHINES : lookAt(state), request.query);
  const machine = MACHINES.find((one) => kind === 'machines' && one.id === id);
  if (machine && isPost && verb === 'isolate') return ask('Isolate', machine, request, state);
  if (machine && isPost && verb === 'unisolate') return ask('Unisolate', machine, request, state);
  const action = lookAt(state).find((one) => kind === 'machineactions' && one.id === id);
  if (action && isPost && verb === 'cancel') return cancel(action, request);
  if (action && verb === undefined) return { status: 200, json: action };
  return errorOf(404, 'ResourceNotFound', `${id} was not found`);
}

/** The latest first, as the vendor lists. Whoever looks sees what was done in the meantime. */
function lookAt({ actions }: State): SimulatedAction[] {
  for (const action of actions) {
    if (!OPEN.includes(action.status) || action.looks === null) continue;
    action.status = action.looks === 0 ? 'Succeeded' : 'InProgress';
    action.looks -= 1;
  }
  return actions.toReversed();
}

function list(rows: readonly Readonly<Record<string, unknown>>[], query: URLSearchParams): Answer {
  const test = parseFilter(query.get('$filter') ?? '');
  if (!test) return errorOf(400, 'ODataError', 'Invalid OData URI query');
  const [skip, top] = [Number(query.get('$skip') ?? 0), Number(query.get('$top') ?? 10_000)];
  return { status: 200, json: { value: rows.filter(test).slice(skip, skip + top) } };
}

function ask(type: string, machine: (typeof MACHINES)[number], { body }: Request, state: State): Answer {
  const { Comment: comment } = JSON.parse(body) as { Comment?: unknown };
  if (typeof comment !== 'string' || comment === '')
    return errorOf(400, 'MissingRequiredParameter', 'Parameter Comment is missing.');
  const isBusy = state.actions.some((one) => one.machineId === machine.id && OPEN.includes(one.status));
  if (isBusy) return errorOf(400, 'ActiveRequestAlreadyExists', 'Action is already in progress');
  state.made += 1;
  const action: SimulatedAction = {
    id: `5382f7ea-7557-4ab7-9782-${String(state.made).padStart(12, '0')}`,
    type,
    scope: type === 'Isolate' ? 'Full' : null,
    requestor: 'SocBot',
    requestorComment: comment,
    status: 'Pending',
    machineId: machine.id,
    computerDnsName: machine.computerDnsName,
    creationDateTimeUtc: new Date(BEGIN + state.made * 1000).toISOString(),
    cancellationComment: null,
    looks: machine.looks,
  };
  state.actions.push(action);
  return { status: 201, json: { ...action } };
}

function cancel(action: SimulatedAction, { body }: Request): Answer {
  const { Comment: comment } = JSON.parse(body) as { Comment?: unknown };
  if (!OPEN.includes(action.status)) return errorOf(400, 'BadRequest', 'The action has ended already');
  action.status = 'Cancelled';
  action.cancellationComment = typeof comment === 'string' ? comment : null;
  return { status: 200, json: action };
}

function errorOf(status: number, code: string, message: string): Answer {
  return { status, json: { error: { code, message, target: '|simulated.' } } };
}
