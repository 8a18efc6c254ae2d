/** One call of the Bot API, as it was made and as it ended. */
export type LoggedCall = {
  /** Counts up from 1, in the order of arrival. */
  readonly seq: number;
  /** On the simulator's clock. */
  readonly at: string;
  readonly method: string;
  readonly chat: number | null;
  /** The call's fields; files appear as their name and size. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whether it had its effect; null while it is under way. A call may take effect and still never be answered. */
  ok: boolean | null;
  error: string | null;
  /** Whether the caller got an answer; a dropped connection gives none. */
  isAnswered: boolean;
};

export type CallLog = {
  add(call: Pick<LoggedCall, 'at' | 'method' | 'chat' | 'parameters'>): LoggedCall;
  /** Calls with a larger number than `after`, of one method if given, oldest first. */
  list(options: { readonly method?: string | undefined; readonly after?: number | undefined }): readonly LoggedCall[];
};

/** Beyond twice this many, the older half is forgotten. */
const KEPT_CALLS = 100_000;

/** An empty ledger of calls. */
export function createCallLog(): CallLog {
  let calls: LoggedCall[] = [];
  let seq = 0;
  return {
    add(call) {
      if (calls.length >= KEPT_CALLS * 2) calls = calls.slice(KEPT_CALLS);
      seq += 1;
      const logged = { ...call, seq, ok: null, error: null, isAnswered: false };
      calls.push(logged);
      return logged;
    },
    list({ method, after = 0 }) {
      const wanted = method?.toLowerCase();
      const newer = calls.slice(Math.max(0, after - (calls[0]?.seq ?? 1) + 1));
      return wanted === undefined ? newer : newer.filter((call) => call.method.toLowerCase() === wanted);
    },
  };
}
