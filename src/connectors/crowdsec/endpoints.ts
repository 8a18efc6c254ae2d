import type { z } from 'zod';
import {
  type Answer,
  type AnswerFault,
  defineEndpoint,
  faultOfStatus,
  type Reading,
  readAs,
} from '#connectors/endpoint.ts';
import { Alerts, AllowlistCheck, Deleted, Failure, StoredIds, Token } from './schema.ts';

/** Errors with HTTP 500 by which the server turns down what was asked; sent again they would fail again. */
const TURNED_DOWN =
  /validation failure list|unable to parse duration|invalid filter|invalid ip address|unable to query$/;
const NO_SUCH_DECISION = /^decision with id '\d+' doesn't exist/;

const reading =
  <Schema extends z.ZodType>(schema: Schema, status = 200) =>
  (answer: Answer): Reading<z.output<Schema>> =>
    answer.status === status ? readAs(schema, answer.json) : { fault: faultOf(answer) };

function faultOf(answer: Answer): AnswerFault {
  const said = Failure.safeParse(answer.json).data?.message ?? '';
  if (answer.status === 500 && NO_SUCH_DECISION.test(said))
    return { kind: 'not_found', message: 'there is no such decision' };
  if (answer.status === 500 && TURNED_DOWN.test(said))
    return { kind: 'refused', message: 'HTTP 500, which says that the request was wrong' };
  return faultOfStatus(answer);
}

export const logIn = defineEndpoint({ method: 'POST', path: '/v1/watchers/login', read: reading(Token) });

export const readAlerts = defineEndpoint({ method: 'GET', path: '/v1/alerts', read: reading(Alerts) });

export const addAlerts = defineEndpoint({ method: 'POST', path: '/v1/alerts', read: reading(StoredIds, 201) });

export const deleteDecisions = defineEndpoint({ method: 'DELETE', path: '/v1/decisions', read: reading(Deleted) });

export const deleteDecision = defineEndpoint({
  method: 'DELETE',
  path: '/v1/decisions/{id}',
  placeholders: { id: /^\d{1,19}$/ },
  read: reading(Deleted),
});

/** Servers before 1.6 have no allowlists; of calls that they do not have they say 404 and nothing else. */
export const checkAllowlists = defineEndpoint({
  method: 'GET',
  path: '/v1/allowlists/check/{target}',
  read: (answer) =>
    answer.status === 404 && answer.text === ''
      ? { fault: { kind: 'not_found', message: 'the server has no allowlists' } }
      : reading(AllowlistCheck)(answer),
});

/** Every call that this connector makes. */
export const crowdsecEndpoints = [logIn, readAlerts, addAlerts, deleteDecisions, deleteDecision, checkAllowlists];
