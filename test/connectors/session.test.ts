import { describe, expect, it } from 'vitest';
import { ConnectorError } from '#connectors/errors.ts';
import { createSession } from '#connectors/session.ts';
import { Secret } from '#domain/secret.ts';

const HOUR_MS = 3_600_000;
const never = new AbortController().signal;
const refused = () => new ConnectorError({ kind: 'unauthorized', connector: 'vendor', message: 'HTTP 401' });

/** A vendor whose logins give `t1`, `t2` and so on, each for so long. */
function openSession(livesMs = HOUR_MS) {
  const seen = { logins: 0 };
  const session = createSession('vendor', async () => {
    seen.logins += 1;
    return { token: new Secret(`t${seen.logins}`), endsAtMs: Date.now() + livesMs };
  });
  return { session, seen };
}

describe('a session', () => {
  it('logs in once for calls at the same time and later', async () => {
    const { session, seen } = openSession();
    const call = async () => session.call(async (token) => token.reveal(), never);

    expect(await Promise.all([call(), call(), call()])).toEqual(['t1', 't1', 't1']);
    expect(await call()).toBe('t1');
    expect(seen.logins).toBe(1);
  });

  it('logs in again before its token ends', async () => {
    const { session } = openSession(30_000);

    expect(await session.call(async (token) => token.reveal(), never)).toBe('t1');
    expect(await session.call(async (token) => token.reveal(), never)).toBe('t2');
  });

  it('logs in once more for all calls whose token is refused, and makes them again', async () => {
    const { session, seen } = openSession();
    await session.call(async () => 'well', never);
    const call = async () =>
      session.call(async (token) => {
        if (token.reveal() === 't1') throw refused();
        return token.reveal();
      }, never);

    expect(await Promise.all([call(), call(), call()])).toEqual(['t2', 't2', 't2']);
    expect(seen.logins).toBe(2);
  });

  it('gives up where a new token is refused too', async () => {
    const { session, seen } = openSession();
    await session.call(async () => 'well', never);

    await expect(session.call(async () => Promise.reject(refused()), never)).rejects.toMatchObject({
      kind: 'unauthorized',
    });
    expect(seen.logins).toBe(2);
  });

  it('makes no second login where the first token is refused at once', async () => {
    const { session, seen } = openSession();

    await expect(session.call(async () => Promise.reject(refused()), never)).rejects.toBeInstanceOf(ConnectorError);
    expect(seen.logins).toBe(1);
  });

  it('makes a call once whatever else goes wrong with it', async () => {
    const { session } = openSession();
    await session.call(async () => 'well', never);
    let calls = 0;
    const lost = new ConnectorError({ kind: 'unreachable', connector: 'vendor', message: 'ECONNRESET' });

    const call = session.call(async () => {
      calls += 1;
      throw lost;
    }, never);

    await expect(call).rejects.toBe(lost);
    expect(calls).toBe(1);
  });

  it('logs in anew after a login that failed', async () => {
    let logins = 0;
    const session = createSession('vendor', async () => {
      logins += 1;
      if (logins === 1) throw refused();
      return { token: new Secret('t2'), endsAtMs: Date.now() + HOUR_MS };
    });

    await expect(session.call(async () => 'well', never)).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(await session.call(async (token) => token.reveal(), never)).toBe('t2');
  });

  it('lets a call go that is cancelled while others wait for the same login', async () => {
    const login = Promise.withResolvers<{ token: Secret; endsAtMs: number }>();
    const session = createSession('vendor', async () => login.promise);
    const cancelled = new AbortController();
    const first = session.call(async () => 'first', cancelled.signal);
    const second = session.call(async () => 'second', never);

    cancelled.abort();

    await expect(first).rejects.toMatchObject({ kind: 'unreachable', isUndone: true });
    login.resolve({ token: new Secret('t1'), endsAtMs: Date.now() + HOUR_MS });
    expect(await second).toBe('second');
  });
});
