import type { SimulatedRequest } from './simulator-definition.ts';
import type { FaultRule } from './simulator-faults.ts';

/** One call as it was received, written down before it was answered. No header is kept, so no key is either. */
type LedgerEntry = {
  readonly number: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  /** The status decided on; null where the connection is cut before the vendor has decided. */
  readonly status: number | null;
  readonly fault?: string;
};

/** What a running simulator remembers: the calls it received and the faults it was told to have. */
export type SimulatorMemory = {
  ledger(): readonly LedgerEntry[];
  faults(): readonly FaultRule[];
  /** Replaces the faults; an empty list heals the vendor. */
  setFaults(rules: readonly FaultRule[]): void;
  /** The first rule that applies to the call, if any; counts it where the rule is good for some calls only. */
  takeFault(request: SimulatedRequest): FaultRule | undefined;
  write(request: SimulatedRequest, status: number | null, fault: string | undefined): void;
  /** Forgets the ledger and the faults. */
  reset(): void;
};

const LONGEST_KEPT_BODY = 2000;

/** Makes an empty memory. */
export function createSimulatorMemory(): SimulatorMemory {
  const entries: LedgerEntry[] = [];
  let rules: readonly FaultRule[] = [];
  return {
    ledger: () => [...entries],
    faults: () => rules,
    setFaults: (next) => {
      rules = [...next];
    },
    takeFault: (request) => {
      const rule = rules.find((candidate) => isFor(candidate, request));
      if (rule?.times !== undefined) rules = rules.flatMap((other) => (other === rule ? withOneLess(rule) : [other]));
      return rule;
    },
    write: ({ method, path, query, body }, status, fault) => {
      entries.push({
        number: entries.length + 1,
        at: new Date().toISOString(),
        method,
        path,
        query: query.toString(),
        body: body.slice(0, LONGEST_KEPT_BODY),
        status,
        ...(fault === undefined ? {} : { fault }),
      });
    },
    reset: () => {
      entries.length = 0;
      rules = [];
    },
  };
}

function isFor({ method, path }: FaultRule, request: SimulatedRequest): boolean {
  return (method === undefined || method === request.method) && (path === undefined || request.path.startsWith(path));
}

function withOneLess(rule: FaultRule): FaultRule[] {
  const times = (rule.times ?? 1) - 1;
  return times > 0 ? [{ ...rule, times }] : [];
}
