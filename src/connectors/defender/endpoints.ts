import { z } from 'zod';
import { type Answer, type AnswerFault, defineEndpoint, faultOfStatus, readAs } from '#connectors/endpoint.ts';
import { Indicator, Machine, MachineAction, pageOf, Token } from './schema.ts';

/** https://learn.microsoft.com/defender-endpoint/api/common-errors */
const DefenderError = z.object({ error: z.object({ code: z.string().regex(/^\w{1,60}$/) }) });
/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const LoginError = z.object({ error: z.string().regex(/^\w{1,60}$/) });

const NOT_THERE = new Set(['NotFound', 'ResourceNotFound']);

const reading =
  <Schema extends z.ZodType>(status: number, schema: Schema) =>
  (answer: Answer) =>
    answer.status === status ? readAs(schema, answer.json) : { fault: faultOf(answer) };

function faultOf(answer: Answer): AnswerFault {
  const code = DefenderError.safeParse(answer.json).data?.error.code;
  if (answer.status < 400 || code === undefined) return faultOfStatus(answer);
  const message = `HTTP ${answer.status}, ${code}`;
  if (answer.status === 404 && NOT_THERE.has(code)) return { kind: 'not_found', message };
  return { ...faultOfStatus(answer), message };
}

/** A wrong secret is 401, a wrong tenant or application 400: neither lets SocBot in. */
function faultOfLogin(answer: Answer): AnswerFault {
  const error = LoginError.safeParse(answer.json).data?.error;
  const isRefused = error !== undefined && (answer.status === 400 || answer.status === 401);
  return isRefused ? { kind: 'unauthorized', message: `HTTP ${answer.status}, ${error}` } : faultOf(answer);
}

const MACHINE = { id: /^[\w-]{1,64}$/ };

export const logIn = defineEndpoint({
  method: 'POST',
  path: '/{tenant}/oauth2/v2.0/token',
  read: (answer) => (answer.status === 200 ? readAs(Token, answer.json) : { fault: faultOfLogin(answer) }),
});

export const listIndicators = defineEndpoint({
  method: 'GET',
  path: '/api/indicators',
  read: reading(200, pageOf(Indicator)),
});

export const submitIndicator = defineEndpoint({
  method: 'POST',
  path: '/api/indicators',
  read: reading(200, Indicator),
});

export const deleteIndicator = defineEndpoint({
  method: 'DELETE',
  path: '/api/indicators/{id}',
  placeholders: { id: /^[\w-]{1,64}$/ },
  read: (answer) => (answer.status === 204 ? { result: true as const } : { fault: faultOf(answer) }),
});

export const listMachines = defineEndpoint({
  method: 'GET',
  path: '/api/machines',
  read: reading(200, pageOf(Machine)),
});

export const listActions = defineEndpoint({
  method: 'GET',
  path: '/api/machineactions',
  read: reading(200, pageOf(MachineAction)),
});

export const getAction = defineEndpoint({
  method: 'GET',
  path: '/api/machineactions/{id}',
  placeholders: MACHINE,
  read: reading(200, MachineAction),
});

export const isolateMachine = defineEndpoint({
  method: 'POST',
  path: '/api/machines/{id}/isolate',
  placeholders: MACHINE,
  read: reading(201, MachineAction),
});

export const unisolateMachine = defineEndpoint({
  method: 'POST',
  path: '/api/machines/{id}/unisolate',
  placeholders: MACHINE,
  read: reading(201, MachineAction),
});

export const cancelAction = defineEndpoint({
  method: 'POST',
  path: '/api/machineactions/{id}/cancel',
  placeholders: MACHINE,
  read: reading(200, MachineAction),
});

/** Every call that this connector makes. */
export const defenderEndpoints = [
  logIn,
  listIndicators,
  submitIndicator,
  deleteIndicator,
  listMachines,
  listActions,
  getAction,
  isolateMachine,
  unisolateMachine,
  cancelAction,
];
