import { createDnsRpzClient, type DnsRpzClient } from '#connectors/dns-rpz/client.ts';
import { dnsRpz } from '#connectors/dns-rpz/index.ts';
import { CLASS, type DnsRecord, TYPE } from '#connectors/dns-rpz/message.ts';
import { encodeName } from '#connectors/dns-rpz/name.ts';
import { createDnsRpzResponder } from '#connectors/dns-rpz/responder.ts';
import type { DnsFaultName } from '#connectors/dns-rpz/simulated-faults.ts';
import type { FaultKind } from '#domain/fault.ts';
import type { Responder } from '#domain/responder.ts';

type Environment = Readonly<Record<string, string>>;
type Limits = { readonly timeoutMs?: number; readonly maxBytes?: number };

/** The zone of the simulated primary. */
export const SIMULATED_ZONE = 'rpz.socbot.example';

/** The client for an environment, with limits that a test can wait for. */
export function openDnsRpzClient(environment: Environment, limits: Limits = {}): DnsRpzClient {
  const settings = dnsRpz.settings.parse(environment);
  const key = {
    name: settings.DNS_RPZ_KEY_NAME,
    algorithm: settings.DNS_RPZ_KEY_ALGORITHM,
    secret: settings.DNS_RPZ_KEY,
  };
  return createDnsRpzClient({ ...settings.DNS_RPZ_SERVER, zone: settings.DNS_RPZ_ZONE, key, ...limits });
}

/** The responder for an environment of the simulated primary. */
export function openDnsRpz(environment: Environment, limits: Limits = {}): Responder {
  return createDnsRpzResponder(openDnsRpzClient(environment, limits), SIMULATED_ZONE);
}

/** A policy as it stands in the simulated zone: a CNAME to the root unless another target is given. */
export function policyOf(owner: string, target = ''): DnsRecord {
  return { name: `${owner}.${SIMULATED_ZONE}`, type: TYPE.CNAME, class: CLASS.IN, ttl: 60, data: encodeName(target) };
}

/** What stands beside a domain's entry, with these strings in it. */
export function dnsNoteOf(domain: string, ...strings: readonly string[]): DnsRecord {
  const data = Buffer.concat(strings.map((text) => Buffer.from([text.length, ...Buffer.from(text)])));
  return { ...policyOf(`${domain}._socbot`), type: TYPE.TXT, data };
}

/** What a fault of the zone's primary must become. `isWaitedFor`: only our own deadline ends it. */
type DnsFaultRow = { readonly fault: DnsFaultName; readonly kind: FaultKind; readonly isWaitedFor?: boolean };

const as = (kind: FaultKind, ...faults: readonly DnsFaultName[]): readonly DnsFaultRow[] =>
  faults.map((fault) => ({ fault, kind }));

const NO_WORD_OF_THE_SERVER = [
  'unsigned',
  'forged',
  'shortened',
  'other-key',
  'hour-ago',
  'wrong-id',
  'question-back',
  'truncated',
  'other-zone',
  'stray-record',
  'behind-end',
  'no-beginning',
  'other-end',
  'garbage',
  'html',
  'empty',
  'trailing',
  'halved',
  'circle',
  'odd-answer',
] as const;

/** Every fault that spoils a transfer, with which every call begins, and how it ends. None ends as an answer. */
export const DNS_FAULT_ROWS: readonly DnsFaultRow[] = [
  { fault: 'hang', kind: 'unreachable', isWaitedFor: true },
  { fault: 'slow-loris', kind: 'unreachable', isWaitedFor: true },
  ...as('unreachable', 'cut-off', 'drop-before', 'no-end', 'servfail'),
  ...as('unauthorized', 'refused', 'unknown-key', 'wrong-key', 'wrong-clock'),
  ...as('refused', 'not-primary', 'not-done-here'),
  ...as('malformed_response', ...NO_WORD_OF_THE_SERVER),
];
