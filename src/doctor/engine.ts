import { Client, Connection } from '@temporalio/client';
import type { Config } from '#config/config.ts';
import { findGivenOrCached } from '#temporal/binary.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';
import { type Finding, PATIENCE_MS } from './finding.ts';

const WHAT = 'Temporal';

/** The configured cluster, asked for its namespace and its search attributes; or the binary of SocBot's own server. */
export async function examineEngine({ temporal, binary }: Pick<Config, 'temporal' | 'binary'>): Promise<Finding> {
  if (!temporal) return examineBinary(binary);
  const connection = Connection.lazy(temporal.connectionOptions());
  const client = new Client({ connection, namespace: temporal.namespace });
  try {
    const { customAttributes } = await client.withDeadline(Date.now() + PATIENCE_MS, async () =>
      connection.operatorService.listSearchAttributes({ namespace: temporal.namespace }),
    );
    const missing = Object.keys(SEARCH_ATTRIBUTES).filter((name) => !Object.hasOwn(customAttributes ?? {}, name));
    if (missing.length === 0) return { state: 'well', what: WHAT, says: `${temporal.address}, ready for SocBot` };
    const says = `${temporal.address} lacks ${missing.join(', ')}`;
    return { state: 'ill', what: WHAT, says, todo: 'npm run socbot -- cluster' };
  } catch (error) {
    const says = `${temporal.address} does not answer (${error instanceof Error ? error.message : 'no reason given'})`;
    return { state: 'ill', what: WHAT, says, todo: 'Check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and certificates.' };
  } finally {
    await connection.close();
  }
}

async function examineBinary({ path, cacheDir }: Config['binary']): Promise<Finding> {
  const env = { ...process.env, ...(path === undefined ? {} : { TEMPORAL_CLI: path }) };
  try {
    const found = await findGivenOrCached({ env, ...(cacheDir === undefined ? {} : { cacheDir }) });
    const says =
      found === null ? 'its own server; the program is fetched at the first start' : `its own server, ${found}`;
    return { state: found === null ? 'doubtful' : 'well', what: WHAT, says };
  } catch (error) {
    const says = error instanceof Error ? error.message : 'its program cannot be used';
    return { state: 'ill', what: WHAT, says, todo: 'Check TEMPORAL_CLI.' };
  }
}
