import type { Role } from '#domain/person.ts';

/**
 * The work that is measured (issue "First light", section 7): a message, five look-ups at once of 50 ms each, a card; 300 ms
 * later a press, a block, an edit.
 */
export const SOURCES = ['virustotal', 'abuseipdb', 'urlhaus', 'threatfox', 'shodan-internetdb'] as const;
export type BenchSource = (typeof SOURCES)[number];
export const VENDOR_DELAY_MS = 50;
export const PRESS_AFTER_MS = 300;

export type WorldSaid = {
  readonly env: Readonly<Record<string, string>>;
  readonly vendors: Readonly<Record<string, { readonly url: string; readonly key: string }>>;
  readonly feedUrl: string;
};

export const RESPONDER = { id: 1002, name: 'Ben', role: 'responder' as Role };

/** As many as there may be requests at once: each has one chat to itself. */
export const ANALYSTS = Array.from({ length: 64 }, (_, at) => ({
  id: 2000 + at,
  name: `Analyst${at}`,
  role: 'analyst' as Role,
}));

const NETWORKS = ['203.0.113', '198.51.100', '192.0.2'];
const HOSTS = 254;
let next = 0;

/** Another address each time; the same one again after 762, when every answer about it is out of date. */
export function nextAddress(): string {
  const at = next++ % (NETWORKS.length * HOSTS);
  return `${NETWORKS[Math.floor(at / HOSTS)]}.${(at % HOSTS) + 1}`;
}
