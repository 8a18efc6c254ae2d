import { Connection } from '@temporalio/client';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { prepareCluster } from '#temporal/prepare-cluster.ts';

const TABLE = { SocKind: 'Keyword', SocDeadline: 'Datetime' } as const;
const WEEK_S = 7 * 86_400;

describe('prepareCluster', () => {
  const address = inject('temporalAddress');
  const connection = Connection.lazy({ address });
  const retentionOf = async (namespace: string): Promise<number> => {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
  };

  afterAll(() => connection.close());

  it('makes a namespace that is ready for use when it returns, whoever else makes it at the same time', async () => {
    const namespace = `made-${process.pid}`;

    await Promise.all([prepareCluster({ address }, namespace, TABLE), prepareCluster({ address }, namespace, TABLE)]);

    const query = 'SocKind = "look_up" and SocDeadline is null';
    await expect(connection.workflowService.countWorkflowExecutions({ namespace, query })).resolves.toBeDefined();
    expect(await retentionOf(namespace)).toBe(WEEK_S);
  });

  it('leaves a namespace that keeps more for longer as it is, and adds what it lacks', async () => {
    const namespace = `kept-${process.pid}`;
    const workflowExecutionRetentionPeriod = { seconds: (10 * WEEK_S) as never };
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });

    await prepareCluster({ address }, namespace, TABLE);
    await prepareCluster({ address }, namespace, { ...TABLE, SocPhase: 'Keyword' });

    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(['SocDeadline', 'SocKind', 'SocPhase']));
    expect(await retentionOf(namespace)).toBe(10 * WEEK_S);
  });

  it('refuses a search attribute that exists with another type', async () => {
    const namespace = `other-${process.pid}`;
    await prepareCluster({ address }, namespace, TABLE);

    const again = prepareCluster({ address }, namespace, { SocKind: 'Int' });

    await expect(again).rejects.toThrow(/SocKind .* is not of type Int/);
  });
});
