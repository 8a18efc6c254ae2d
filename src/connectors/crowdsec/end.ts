import { ConnectorError } from '#connectors/errors.ts';
import type { Ban } from './bans.ts';
import type { CrowdSecClient } from './client.ts';

/** Ends these bans, one after the other. */
export async function endEach(client: CrowdSecClient, bans: readonly Ban[], signal: AbortSignal): Promise<void> {
  for (const { id } of bans) await client.endDecision(id, signal);
}

/** Once something was done, a fault of a later call never says that nothing was. */
export async function afterActing<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const { kind, connector, message, retryAfterMs, isAnswered } = error;
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
    throw new ConnectorError({ kind, connector, message, isAnswered, isUndone: false, ...wait });
  }
}
