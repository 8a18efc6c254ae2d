import { describe, expect, it } from 'vitest';
import { parseAuditQuery } from '#domain/audit-query.ts';

const PEOPLE = [{ name: 'Ana', role: 'analyst', telegramIds: [1001, 1009] }] as const;
const NOW = '2026-03-02T12:00:00.000Z';

describe('what stands behind /audit', () => {
  it.each([
    ['', {}],
    ['7k3m', { ref: '7K3M' }],
    ['#7K3M', { ref: '7K3M' }],
    ['24h', { since: '2026-03-01T12:00:00.000Z' }],
    ['100m', { since: '2026-03-02T10:20:00.000Z' }],
    ['#100m', { ref: '100M' }],
    ['@ana', { by: { name: 'Ana', telegramIds: [1001, 1009] } }],
    ['@1666', { by: { name: null, telegramIds: [1666] } }],
    ['@Somebody who left', { by: { name: 'Somebody who left', telegramIds: [] } }],
  ])('%j is understood', (text, query) => {
    expect(parseAuditQuery(text, PEOPLE, NOW)).toEqual(query);
  });

  it.each(['@', '7K3', '7K3MM', 'ana', '24 h', '203.0.113.66', '" or 1=1', '7U3M'])('%j is not', (text) => {
    expect(parseAuditQuery(text, PEOPLE, NOW)).toBeNull();
  });
});
