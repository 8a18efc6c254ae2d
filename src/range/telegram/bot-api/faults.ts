import { ApiRefusal } from './refusal.ts';

/** What can be made to go wrong with calls of one method, or of all with `*`. */
export type Fault = {
  readonly method: string;
  /**
   * `status`: refused. `drop_before`: the connection is cut and nothing happened. `drop_after`: it happened, then the
   * connection is cut. `delay`: it happens late.
   */
  readonly kind: 'status' | 'drop_before' | 'drop_after' | 'delay';
  /** Of `status`: the HTTP status, 500 unless set. */
  readonly status?: number | undefined;
  readonly description?: string | undefined;
  /** Seconds; of `status`. */
  readonly retryAfter?: number | undefined;
  /** Of `delay`. */
  readonly delayMs?: number | undefined;
  /** How often it happens; until cleared unless set. */
  readonly times?: number | undefined;
  /** Only calls about this chat. */
  readonly chat?: number | undefined;
};

export type FaultBoard = {
  /** Puts a fault in place of an earlier one of the same method and chat. */
  set(fault: Fault): void;
  /** Removes the faults of a method, or all. */
  clear(method?: string): void;
  /** What is still to happen, with the number of times left. */
  list(): readonly Fault[];
  /** The fault that this call meets, counted as used; the method's own before one for all. */
  take(method: string, chat: number | null): Fault | null;
};

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'Bad Request: simulated fault',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  404: 'Not Found',
  409: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
};

/** A board without faults. */
export function createFaultBoard(): FaultBoard {
  let faults: readonly Fault[] = [];
  return {
    set(fault) {
      const rest = faults.filter((other) => !isSameMethod(other, fault.method) || other.chat !== fault.chat);
      faults = [...rest, fault];
    },
    clear(method) {
      faults = method === undefined ? [] : faults.filter((fault) => !isSameMethod(fault, method));
    },
    list: () => faults,
    take(method, chat) {
      const fits = (fault: Fault): boolean => fault.chat === undefined || fault.chat === chat;
      const met =
        faults.find((fault) => isSameMethod(fault, method) && fits(fault)) ??
        faults.find((fault) => fault.method === '*' && fits(fault));
      if (!met) return null;
      if (met.times === undefined) return met;
      const left = { ...met, times: met.times - 1 };
      faults = faults.flatMap((fault) => (fault === met ? (left.times > 0 ? [left] : []) : [fault]));
      return met;
    },
  };
}

/** The refusal that a `status` fault stands for. */
export function refusalOf(fault: Fault): ApiRefusal {
  const status = fault.status ?? (fault.retryAfter === undefined ? 500 : 429);
  const parameters = fault.retryAfter === undefined ? null : { retry_after: fault.retryAfter };
  const usual =
    status === 429
      ? `Too Many Requests: retry after ${fault.retryAfter ?? 1}`
      : (DESCRIPTIONS[status] ?? 'Simulated fault');
  return new ApiRefusal(
    status,
    fault.description ?? usual,
    status === 429 ? (parameters ?? { retry_after: 1 }) : parameters,
  );
}

function isSameMethod(fault: Fault, method: string): boolean {
  return fault.method.toLowerCase() === method.toLowerCase();
}
