import { randomInt } from 'node:crypto';
import { ConnectorError } from '#connectors/errors.ts';
import { faultOfTransport } from '#connectors/transport-fault.ts';
import { createAnswerProof } from './answer-proof.ts';
import { exchange } from './connection.ts';
import { DNS_RPZ, faultOf, malformed } from './fault.ts';
import { CLASS, decodeMessage, type DnsRecord, encodeMessage, type Message, OPCODE, TYPE } from './message.ts';
import { faultOfRcode, isStale } from './rcode.ts';
import { attachTsig, macOf, termsOf, type TsigKey } from './tsig.ts';

/** Where the zone is, and how it is spoken to. */
export type DnsRpzServer = {
  readonly host: string;
  readonly port: number;
  readonly zone: string;
  readonly key: TsigKey;
  /** For a whole call, the connecting included; 10 s unless set. */
  readonly timeoutMs?: number;
  /** The most bytes of one answer; 16 MiB unless set. */
  readonly maxBytes?: number;
};

/** A change of the zone: made whole if all prerequisites hold, or not at all (RFC 2136, 3). */
export type ZoneChange = { readonly prerequisites: readonly DnsRecord[]; readonly changes: readonly DnsRecord[] };

/** The zone's primary over TCP, every message signed on both sides: one attempt, a deadline, a cap. */
export type DnsRpzClient = {
  /** Every record of the zone at one instant (AXFR, RFC 5936). */
  readZone(signal: AbortSignal): Promise<readonly DnsRecord[]>;
  /** Changes the zone (UPDATE, RFC 2136); `stale` where a prerequisite did not hold, and nothing was changed. */
  change(change: ZoneChange, signal: AbortSignal): Promise<'made' | 'stale'>;
};

/** What a message is about: its question, and in an UPDATE the rest. */
type Request = { readonly opcode: number; readonly type: number } & Partial<ZoneChange>;

/** Makes the client. Nothing is sent before the first call. */
export function createDnsRpzClient(server: DnsRpzServer): DnsRpzClient {
  return {
    async readZone(signal) {
      const records: DnsRecord[] = [];
      for await (const { message, isProven } of converse(server, { opcode: OPCODE.QUERY, type: TYPE.AXFR }, signal)) {
        const fault = faultOfRcode(message.rcode);
        if (fault) throw faultOf(fault.kind, `AXFR: ${fault.message}`);
        for (const record of message.answers) {
          if (isWhole(records, server.zone)) throw malformed('AXFR: there is more behind the end of the zone');
          records.push(checkRecord(record, server.zone));
        }
        if (isWhole(records, server.zone)) return isProven ? withoutEnd(records) : raiseUnproven();
      }
      throw cutOff('AXFR');
    },
    async change(change, signal) {
      for await (const { message } of converse(server, { opcode: OPCODE.UPDATE, type: TYPE.SOA, ...change }, signal)) {
        if (isStale(message.rcode)) return 'stale';
        const fault = faultOfRcode(message.rcode);
        if (fault) throw faultOf(fault.kind, `UPDATE: ${fault.message}`);
        return 'made';
      }
      throw cutOff('UPDATE');
    },
  };
}

/** Asks once and gives the messages of the answer, each looked at before; `isProven` says that all so far are signed. */
async function* converse(
  server: DnsRpzServer,
  request: Request,
  caller: AbortSignal,
): AsyncGenerator<{ readonly message: Message; readonly isProven: boolean }, void> {
  const { host, port, key, timeoutMs = 10_000, maxBytes = 16 * 1024 * 1024 } = server;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([deadline, caller]);
  const asked = toMessage(server.zone, request);
  const unsigned = encodeMessage(asked);
  const terms = termsOf(key, asked.id, nowS());
  const mac = macOf(key, unsigned, terms, {});
  const proof = createAnswerProof(key, mac, nowS);
  const question = attachTsig(unsigned, { ...terms, mac });
  let isFirst = true;
  try {
    for await (const bytes of exchange({ host, port, question, signal, maxBytes })) {
      const decoded = decodeMessage(bytes);
      checkAnswer(decoded.message, asked, isFirst);
      proof.take(bytes, decoded);
      isFirst = false;
      yield { message: decoded.message, isProven: proof.isProven() };
    }
  } catch (error) {
    if (error instanceof ConnectorError) throw error;
    throw new ConnectorError({ ...faultOfTransport(error, { deadline, caller }), connector: DNS_RPZ });
  }
}

function toMessage(zone: string, { opcode, type, prerequisites = [], changes = [] }: Request): Message {
  return {
    id: randomInt(0x1_0000),
    opcode,
    rcode: 0,
    isAnswer: false,
    isTruncated: false,
    question: { name: zone, type, class: CLASS.IN },
    answers: prerequisites,
    authorities: changes,
    additionals: [],
  };
}

/** An answer is to this question, whole, and names it again: BIND does so in the first message of every answer. */
function checkAnswer(answer: Message, asked: Message, isFirst: boolean): void {
  if (!answer.isAnswer || answer.id !== asked.id || answer.opcode !== asked.opcode)
    throw malformed('the answer belongs to another question');
  if (answer.isTruncated) throw malformed('the answer is cut short');
  const { question } = answer;
  if (question === null && !isFirst) return;
  const isSame =
    question?.name === asked.question?.name &&
    question?.type === asked.question?.type &&
    question?.class === asked.question?.class;
  if (!isSame) throw malformed('the answer is about another zone');
}

/** A transfer begins and ends with the zone's SOA (RFC 5936, 2.2). */
function isWhole(records: readonly DnsRecord[], zone: string): boolean {
  const last = records.at(-1);
  return records.length > 1 && last?.type === TYPE.SOA && last.name === zone;
}

function checkRecord(record: DnsRecord, zone: string): DnsRecord {
  const isWithin = record.name === zone || record.name.endsWith(`.${zone}`);
  if (!isWithin || record.class !== CLASS.IN) throw malformed('AXFR: a record of another zone');
  return record;
}

function withoutEnd(records: readonly DnsRecord[]): readonly DnsRecord[] {
  const [first, last] = [records.at(0), records.at(-1)];
  if (first?.type === TYPE.SOA && last?.data.equals(first.data) === true) return records.slice(0, -1);
  throw malformed('AXFR: the end does not fit the beginning');
}

function raiseUnproven(): never {
  throw malformed('AXFR: the end is not signed');
}

function cutOff(call: string): ConnectorError {
  const message = `${call}: the connection was closed before the answer was whole`;
  return new ConnectorError({ kind: 'unreachable', connector: DNS_RPZ, message });
}

function nowS(): number {
  return Math.floor(Date.now() / 1000);
}
