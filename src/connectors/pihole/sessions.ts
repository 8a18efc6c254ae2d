import { ConnectorError } from '#connectors/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { PiholeClient } from './client.ts';

/** Work that needs a session. It may be begun anew, so it is safe to repeat. */
type Job<Result> = (client: PiholeClient) => Promise<Result>;

/** Runs work within a session. */
export type WithinSession = <Result>(job: Job<Result>, signal: AbortSignal) => Promise<Result>;

/** A session that is open or opening, and how many work in it. */
type Shared = { readonly client: Promise<PiholeClient>; readonly sid: Promise<string | null>; users: number };

const LOG_OUT_MS = 3000;

/**
 * Pi-hole has 16 seats, keeps them over a restart and for half an hour after their last use, and takes three logins a
 * second. So work that runs at the same time shares one session, and whoever leaves last logs out. A login that fails or
 * is cancelled fails for all who wait for it. A session that was ended from outside, by a new password or another login,
 * is replaced once. `connect` makes a client for a session, or for none.
 */
export function createSessions(connect: (sid: string | null) => PiholeClient, password: Secret): WithinSession {
  let current: Shared | null = null;

  const enter = (signal: AbortSignal): Shared => {
    if (current === null) {
      const sid = connect(null)
        .logIn(password.reveal(), signal)
        .then((session) => session.sid);
      current = { sid, client: sid.then(connect), users: 0 };
    }
    current.users += 1;
    return current;
  };
  const forget = (session: Shared): void => {
    if (current === session) current = null;
  };
  const leave = async (session: Shared): Promise<void> => {
    session.users -= 1;
    if (session.users > 0) return;
    forget(session);
    await logOut(session);
  };
  const work = async <Result>(session: Shared, job: Job<Result>): Promise<Result> => {
    try {
      return await job(await session.client);
    } finally {
      await leave(session);
    }
  };

  return async (job, signal) => {
    const session = enter(signal);
    try {
      return await work(session, job);
    } catch (error) {
      if (!(await isOpened(session)) || !isTurnedAway(error)) throw error;
    }
    forget(session);
    return work(enter(signal), job);
  };
}

/** What was done stays done, whether or not the seat could be given back: it comes free by itself. */
async function logOut({ client, sid }: Shared): Promise<void> {
  try {
    if ((await sid) !== null) await (await client).logOut(AbortSignal.timeout(LOG_OUT_MS));
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
  }
}

async function isOpened({ client }: Shared): Promise<boolean> {
  return client.then(
    () => true,
    () => false,
  );
}

function isTurnedAway(error: unknown): boolean {
  return error instanceof ConnectorError && error.kind === 'unauthorized';
}
