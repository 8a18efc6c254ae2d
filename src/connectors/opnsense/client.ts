import { type Answer, defineEndpoint, faultOfStatus, readAs } from '#connectors/endpoint.ts';
import type { Http } from '#connectors/http.ts';
import type { TableEntry } from './alias-table.ts';
import { AliasWord, BareTable, Table } from './schema.ts';

const readWord = (answer: Answer) =>
  answer.status === 200 ? readAs(AliasWord, answer.json) : { fault: faultOfStatus(answer) };

const list = defineEndpoint<readonly TableEntry[]>({
  method: 'POST',
  path: '/api/firewall/alias_util/list/{alias}',
  read: (answer) => {
    if (answer.status !== 200) return { fault: faultOfStatus(answer) };
    return readAs(Array.isArray(answer.json) ? BareTable : Table, answer.json);
  },
});

const add = defineEndpoint({
  method: 'POST',
  path: '/api/firewall/alias_util/add/{alias}',
  read: readWord,
});

const remove = defineEndpoint({
  method: 'POST',
  path: '/api/firewall/alias_util/delete/{alias}',
  read: readWord,
});

/** Every call that this connector makes. `flush`, which empties the alias of everybody's entries, is none of them. */
export const opnsenseEndpoints = [list, add, remove];

/** The alias utilities of OPNsense, call by call, for one alias. */
export type OpnsenseClient = {
  list(signal: AbortSignal): Promise<readonly TableEntry[]>;
  add(address: string, signal: AbortSignal): Promise<AliasWord>;
  /** `text` is the entry as the table has it. */
  remove(text: string, signal: AbortSignal): Promise<AliasWord>;
};

/** A page of all rows; a call that names no size gets 9999 at most. */
const WHOLE = { current: 1, rowCount: -1 };

/** Makes the client; `http` carries the key and its secret. */
export function createOpnsenseClient(http: Http, alias: string): OpnsenseClient {
  const path = { alias };
  return {
    list: (signal) => http.send(list, { path, json: WHOLE, signal }),
    add: (address, signal) => http.send(add, { path, json: { address }, signal }),
    remove: (text, signal) => http.send(remove, { path, json: { address: text }, signal }),
  };
}
