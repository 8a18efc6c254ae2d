import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

/** The types a search attribute can have, with their numbers in Temporal's API (`temporal.api.enums.v1.IndexedValueType`). */
const TYPE_NUMBERS = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 } as const;

type SearchAttributeType = keyof typeof TYPE_NUMBERS;

/** Search attributes by name. SQL visibility allows 10 Keywords and 3 of every other type in a namespace. */
export type SearchAttributeTable = Readonly<Record<string, SearchAttributeType>>;

/**
 * Registers the attributes that the namespace lacks. The dev server's own flag counts only when its file is made, so a
 * table that has grown since is registered here; on a cluster, likewise. Throws when one exists with another type.
 */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
  table: SearchAttributeTable,
): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, number> = {};
  for (const [name, type] of Object.entries(table)) {
    const existing: number | undefined = customAttributes[name];
    const wanted: number = TYPE_NUMBERS[type];
    if (existing === undefined) missing[name] = wanted;
    else if (existing !== wanted) {
      throw new Error(
        `The search attribute ${name} of namespace ${namespace} is not of type ${type}; remove or rename it.`,
      );
    }
  }
  if (Object.keys(missing).length === 0) return;
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
}

/** Sees to it that finished workflows are kept for at least `days`; the dev server's own default is one day. */
export async function keepHistoriesFor(connection: Connection, namespace: string, days: number): Promise<void> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const wantedMs = days * 86_400_000;
  if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) * 1000 >= wantedMs) return;
  const workflowExecutionRetentionTtl = msToTs(wantedMs);
  await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } });
}
