import type { Secret } from '#domain/secret.ts';
import { ConnectorError } from './errors.ts';

/** What a login gave: a token, and until when it is good, in milliseconds since 1970. */
export type SignedIn = { readonly token: Secret; readonly endsAtMs: number };

/** Calls that need a login first. */
export type Session = {
  /**
   * Makes a call with a token, after a login where there is none that is good. Calls at the same time share one login. A
   * token that was good before and is refused now (the server may have been restarted) gives way to one new login, and the
   * call is made once more: it was turned down, so nothing came of it.
   */
  call<Result>(make: (token: Secret) => Promise<Result>, signal: AbortSignal): Promise<Result>;
};

/** A token is not used in its last minute: it could end on the way. */
const EARLY_MS = 60_000;

/** Opens a session whose token is kept in memory only. `signIn` has a deadline of its own. */
export function createSession(connector: string, signIn: () => Promise<SignedIn>): Session {
  let login: Promise<SignedIn> | null = null;
  let endsAtMs = Number.POSITIVE_INFINITY;
  const keep = async (mine: Promise<SignedIn>): Promise<void> => {
    try {
      const signedIn = await mine;
      if (login === mine) endsAtMs = signedIn.endsAtMs;
    } catch {
      // Whoever waits for it learns why; the next call logs in anew.
      if (login === mine) login = null;
    }
  };
  const renew = (): Promise<SignedIn> => {
    const mine = signIn();
    login = mine;
    endsAtMs = Number.POSITIVE_INFINITY;
    void keep(mine);
    return mine;
  };
  return {
    async call(make, signal) {
      const wasSignedIn = login !== null;
      const used = login !== null && Date.now() < endsAtMs - EARLY_MS ? login : renew();
      const { token } = await unlessCancelled(connector, used, signal);
      try {
        return await make(token);
      } catch (error) {
        const isRefused = error instanceof ConnectorError && error.kind === 'unauthorized';
        if (!isRefused || !wasSignedIn) throw error;
      }
      const next = login === null || login === used ? renew() : login;
      return make((await unlessCancelled(connector, next, signal)).token);
    },
  };
}

/** Waits for a login that others may be waiting for too: a caller that is cancelled leaves, and the login goes on. */
async function unlessCancelled<T>(connector: string, login: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: cancelled, reject } = Promise.withResolvers<never>();
  const leave = (): void => {
    reject(new ConnectorError({ kind: 'unreachable', connector, message: 'the call was cancelled', isUndone: true }));
  };
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([cancelled, login]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
