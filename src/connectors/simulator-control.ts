import { z } from 'zod';
import type { SimulatedAnswer } from './simulator-definition.ts';
import { FAULT_NAMES, FAULTS, type FaultRule } from './simulator-faults.ts';
import type { SimulatorMemory } from './simulator-memory.ts';
import type { World } from './world.ts';

const FaultRules = z.array(
  z.strictObject({
    fault: z.enum(FAULT_NAMES),
    method: z.string().optional(),
    path: z.string().optional(),
    times: z.int().positive().optional(),
    delayMs: z.int().nonnegative().max(600_000).optional(),
  }),
);

/**
 * The simulator's own side, under `/_simulator/`:
 * `GET state` name, world and the faults there are; `GET ledger` the calls so far; `GET faults`, `PUT faults` (a list of
 * rules that replaces the old one), `DELETE faults`; `POST reset` forgets ledger and faults.
 */
export function answerControl(
  command: string,
  body: string,
  { name, memory, world }: { readonly name: string; readonly memory: SimulatorMemory; readonly world: World },
): SimulatedAnswer {
  switch (command) {
    case 'GET state':
      return ok({ name, faults: memory.faults(), canFail: tellFaults(), stories: world.stories });
    case 'GET ledger':
      return ok(memory.ledger());
    case 'GET faults':
      return ok(memory.faults());
    case 'PUT faults':
      return replaceFaults(body, memory);
    case 'DELETE faults':
      memory.setFaults([]);
      return ok([]);
    case 'POST reset':
      memory.reset();
      return ok({});
    default:
      return { status: 404, json: { error: 'no such control; there are state, ledger, faults and reset' } };
  }
}

function replaceFaults(body: string, memory: SimulatorMemory): SimulatedAnswer {
  const parsed = FaultRules.safeParse(parseJson(body));
  if (!parsed.success) return { status: 400, json: { error: z.prettifyError(parsed.error), canFail: tellFaults() } };
  memory.setFaults(parsed.data.map(toRule));
  return ok(memory.faults());
}

/** Leaves out what is not set, as the rule's type wants it. */
function toRule(parsed: z.output<typeof FaultRules>[number]): FaultRule {
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined)) as FaultRule;
}

function tellFaults(): Record<string, string> {
  return Object.fromEntries(Object.entries(FAULTS).map(([name, fault]) => [name, fault.tells]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ok(json: unknown): SimulatedAnswer {
  return { status: 200, json };
}
