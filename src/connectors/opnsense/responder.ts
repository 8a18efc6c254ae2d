import { ConnectorError } from '#connectors/errors.ts';
import { faultOfUnsupportedKind } from '#connectors/faults.ts';
import { type Network, readNetwork } from '#domain/address.ts';
import type { Observable } from '#domain/observable.ts';
import type { ContainmentAnswer, Held, Responder } from '#domain/responder.ts';
import { decidingEntry, entryOf, exclusionIn, targetOf } from './alias-table.ts';
import type { OpnsenseClient } from './client.ts';
import type { AliasWord } from './schema.ts';

/** One alias of an OPNsense as a responder. The alias knows addresses and nothing else: no lease, no end, no name. */
export function createOpnsenseResponder(client: OpnsenseClient, alias: string): Responder {
  return {
    async contain({ target }, signal) {
      const network = networkOf(target);
      const table = await client.list(signal);
      const exclusion = exclusionIn(table, network);
      if (exclusion) return { isDone: false, why: `the alias ${alias} leaves ${targetOf(exclusion).value} open` };
      // What is listed already is not added: the configuration would keep it twice, and give up only one when asked.
      if (entryOf(table, network)) return { isDone: true };
      return answerOf(await client.add(target.value, signal), alias);
    },
    async release({ target }, signal) {
      const network = networkOf(target);
      const table = await client.list(signal);
      const entry = entryOf(table, network);
      if (entry?.isExcluded) return { isDone: true };
      if (entry) {
        const answer = answerOf(await client.remove(entry.text, signal), alias);
        if (!answer.isDone) return answer;
      }
      const others = table.filter((other) => other !== entry);
      const wider = decidingEntry(others, network);
      if (!wider || wider.isExcluded) return { isDone: true };
      return { isDone: false, why: `${targetOf(wider).value} in the alias ${alias} still covers it` };
    },
    async readBack(target, signal) {
      const network = networkOf(target);
      const table = await client.list(signal);
      return entryOf(table, network) && !exclusionIn(table, network) ? toHeld(target) : null;
    },
    async list(signal) {
      const table = await client.list(signal);
      const excluded = table.filter(({ isExcluded }) => isExcluded);
      const whole = table.filter((entry) => !entry.isExcluded && !exclusionIn(excluded, entry.network));
      return whole.map((entry) => toHeld(targetOf(entry)));
    },
  };
}

function networkOf({ kind, value }: Observable): Network {
  if (kind !== 'ipv4' && kind !== 'ipv6' && kind !== 'cidr') throw faultOfUnsupportedKind('opnsense', kind);
  const network = readNetwork(value);
  if (network) return network;
  throw new ConnectorError({ kind: 'refused', connector: 'opnsense', message: 'neither an address nor a network' });
}

function toHeld(target: Observable): Held {
  return { system: 'opnsense', target, until: null, by: null, leaseId: null };
}

function answerOf({ status, status_msg: message }: AliasWord, alias: string): ContainmentAnswer {
  switch (status) {
    case 'done':
      return { isDone: true };
    case 'not_an_address':
      return { isDone: false, why: 'OPNsense does not take it for an address' };
    case 'failed': {
      const isUnknown = message?.startsWith('nonexistent alias') === true;
      return { isDone: false, why: isUnknown ? `OPNsense has no alias ${alias}` : 'OPNsense says that it failed' };
    }
  }
}
