import type { Client } from '@temporalio/client';
import type { Ask } from '#domain/ask.ts';
import type { Card } from '#domain/card.ts';
import type { Held, Responder } from '#domain/containment.ts';
import { defang } from '#domain/defang.ts';
import { lookUpState, type ReadRequest } from '#workflows/messages.ts';
import { readAudit } from './audit-list.ts';
import { toFailure } from './failure.ts';
import { type HealthDeps, readHealth } from './health.ts';
import { readMemo } from './memo.ts';
import { readRequests } from './requests.ts';

export type DeskDeps = HealthDeps & {
  readonly client: Client;
  readonly responders: ReadonlyMap<string, Responder>;
};

/** The activity that reads what an answer shows, when it is to be shown. */
export function createDeskActivities(deps: DeskDeps) {
  return {
    'desk.read': async (request: ReadRequest, ask: Ask): Promise<Card> => {
      try {
        return await readCard(request, ask, deps);
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

async function readCard(request: ReadRequest, ask: Ask, deps: DeskDeps): Promise<Card> {
  switch (request.what) {
    case 'held':
      return readHeld(request.query, ask, deps.responders);
    case 'status':
      return readHealth(deps);
    case 'request':
      return {
        kind: 'requests',
        title: 'status',
        requests: await readRequests(deps.client, `SocRef="${request.ref}"`, 3),
      };
    case 'pending': {
      const requests = await readRequests(
        deps.client,
        'SocPhase="awaiting_approval" AND ExecutionStatus="Running"',
        50,
      );
      return { kind: 'requests', title: 'pending', requests };
    }
    case 'audit':
      return readAudit(request, deps.store.audit);
    case 'look_up':
      return readLookUp(request, ask, deps.client);
  }
}

/** A look-up that has ended is read from its history, as long as that is kept. */
async function readLookUp(request: ReadRequest & { what: 'look_up' }, ask: Ask, client: Client): Promise<Card> {
  const memo = await readMemo(client, request.requestId);
  if (!memo)
    return {
      kind: 'note',
      tone: 'warning',
      title: 'Too old to unfold',
      lines: ['Its history is gone. Look it up again.'],
    };
  const state = await client.workflow.getHandle(request.requestId).query(lookUpState);
  return { kind: 'look_up', ask: memo.ask, state, view: request.view };
}

/** What all systems hold, asked one and all; a system that cannot be read is named, never left out. */
async function readHeld(query: string | null, ask: Ask, responders: ReadonlyMap<string, Responder>): Promise<Card> {
  const held: Held[] = [];
  const unread: { system: string; why: string }[] = [];
  for (const [system, responder] of responders) {
    try {
      held.push(...(await responder.list()));
    } catch (error) {
      unread.push({ system, why: error instanceof Error ? error.message : 'unknown' });
    }
  }
  const wanted = query?.toLowerCase() ?? '';
  const isWanted = (one: Held) => one.target.value.includes(wanted) || defang(one.target).includes(wanted);
  return { kind: 'held', ask, held: held.filter(isWanted), query, unread };
}
