import { z } from 'zod';
import {
  type Answer,
  type AnswerFault,
  defineEndpoint,
  faultOfStatus,
  type Reading,
  readAs,
} from '#connectors/endpoint.ts';
import { ActiveResponses, Affected, Envelope, ListContent, Reloads, Rules, Token } from './schema.ts';

/** https://github.com/wazuh/wazuh/blob/v4.14.7/framework/wazuh/core/exception.py */
const NO_SUCH_LIST = 1802;
const NO_PERMISSION = 4000;

/** How Wazuh says that it has no such call, unlike a proxy (RFC 9457). */
const NoSuchCall = z.object({ title: z.enum(['Not Found', 'Method Not Allowed']) });

const reading =
  <Schema extends z.ZodType>(schema: Schema) =>
  (answer: Answer): Reading<z.output<Schema>> => {
    if (answer.status !== 200) return { fault: faultOfStatus(answer) };
    const envelope = readAs(Envelope, answer.json);
    if (envelope.fault !== undefined) return envelope;
    const { error, data } = envelope.result;
    const failed = data.failed_items[0]?.error.code;
    return error === 0 && failed === undefined
      ? readAs(schema, data.affected_items)
      : { fault: faultOf(error, failed) };
  };

function faultOf(error: number, code: number | undefined): AnswerFault {
  const message = code === undefined ? `error ${error}` : `error ${error}, code ${code}`;
  if (code === NO_SUCH_LIST) return { kind: 'not_found', message };
  return { kind: code === NO_PERMISSION ? 'unauthorized' : 'refused', message };
}

const FILE = { filename: /^[\w-][\w.-]{0,99}$/ };

export const logIn = defineEndpoint({
  method: 'POST',
  path: '/security/user/authenticate',
  read: (answer) => (answer.status === 200 ? readAs(Token, answer.json) : { fault: faultOfStatus(answer) }),
});

export const readList = defineEndpoint({
  method: 'GET',
  path: '/lists/files/{filename}',
  placeholders: FILE,
  read: reading(ListContent),
});

export const writeList = defineEndpoint({
  method: 'PUT',
  path: '/lists/files/{filename}',
  placeholders: FILE,
  read: reading(Affected),
});

export const reload = defineEndpoint({
  method: 'PUT',
  path: '/manager/analysisd/reload',
  read: (answer) => {
    const isUnknown = (answer.status === 404 || answer.status === 405) && NoSuchCall.safeParse(answer.json).success;
    const message = `HTTP ${answer.status}: it takes Wazuh 4.13 or later to reload lists`;
    if (isUnknown) return { fault: { kind: 'refused', message } };
    const reloads = reading(Reloads)(answer);
    // A node that is no master passes it on, and tells in words only that it could not.
    const isLost = reloads.result?.some(({ msg }) => msg.startsWith('Failed')) === true;
    return isLost ? { fault: { kind: 'unreachable', message: 'the reload did not get through' } } : reloads;
  },
});

export const readActiveResponses = defineEndpoint({
  method: 'GET',
  path: '/manager/configuration/analysis/active_response',
  read: reading(ActiveResponses),
});

export const readRules = defineEndpoint({ method: 'GET', path: '/rules', read: reading(Rules) });

/** Every call that this connector makes. */
export const wazuhEndpoints = [logIn, readList, writeList, reload, readActiveResponses, readRules];
