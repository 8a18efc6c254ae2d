import type { Client } from '@temporalio/client';
import type { Ask } from '#domain/ask.ts';
import type { Card } from '#domain/card.ts';
import { lookUpState, type ReadRequest } from '#workflows/messages.ts';
import { readAudit } from './audit-list.ts';
import type { RunningResponder } from './contain.ts';
import { toFailure } from './failure.ts';
import { type HealthDeps, readHealth } from './health.ts';
import { readHeld } from './held.ts';
import { readMemo } from './memo.ts';
import { readRequests } from './requests.ts';

export type DeskDeps = Omit<HealthDeps, 'responders'> & {
  readonly client: Client;
  readonly responders: readonly RunningResponder[];
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
      return readHeld(request.query, ask, deps);
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
