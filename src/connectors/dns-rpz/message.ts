import { malformed } from './fault.ts';
import { encodeName, readName } from './name.ts';

/** Types of records, classes and kinds of messages by their numbers (IANA, "Domain Name System (DNS) Parameters"). */
export const TYPE = { NS: 2, CNAME: 5, SOA: 6, TXT: 16, TSIG: 250, AXFR: 252, ANY: 255 } as const;
export const CLASS = { IN: 1, NONE: 254, ANY: 255 } as const;
export const OPCODE = { QUERY: 0, UPDATE: 5 } as const;

type Question = { readonly name: string; readonly type: number; readonly class: number };

/** A record with its data as on the wire. The names inside CNAME and SOA are written out; nobody reads those of others. */
export type DnsRecord = Question & { readonly ttl: number; readonly data: Buffer };

/** RFC 1035, 4.1. In an UPDATE (RFC 2136, 2) answers are the prerequisites and authorities the changes. */
export type Message = {
  readonly id: number;
  readonly opcode: number;
  readonly rcode: number;
  readonly isAnswer: boolean;
  readonly isTruncated: boolean;
  readonly question: Question | null;
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
};

/** A message as read; `tsig` is its signature, taken off, and where it began. */
export type Decoded = {
  readonly message: Message;
  readonly tsig: { readonly record: DnsRecord; readonly at: number } | null;
};

const HEADER = 12;

/** Writes a message, unsigned and without compression. */
export function encodeMessage(message: Message): Buffer {
  const { question, answers, authorities, additionals } = message;
  const head = Buffer.alloc(HEADER);
  head.writeUInt16BE(message.id, 0);
  const flags = (message.isAnswer ? 0x8000 : 0) | (message.opcode << 11) | (message.isTruncated ? 0x0200 : 0);
  head.writeUInt16BE(flags | message.rcode, 2);
  const counts = [question ? 1 : 0, answers.length, authorities.length, additionals.length];
  for (const [index, count] of counts.entries()) head.writeUInt16BE(count, 4 + 2 * index);
  const records = [...answers, ...authorities, ...additionals].map(encodeRecord);
  return Buffer.concat([head, ...(question ? [encodeQuestion(question)] : []), ...records]);
}

function encodeQuestion({ name, type, class: of }: Question): Buffer {
  const numbers = Buffer.alloc(4);
  numbers.writeUInt16BE(type, 0);
  numbers.writeUInt16BE(of, 2);
  return Buffer.concat([encodeName(name), numbers]);
}

/** Writes one record (RFC 1035, 3.2.1). */
export function encodeRecord(record: DnsRecord): Buffer {
  const numbers = Buffer.alloc(6);
  numbers.writeUInt32BE(record.ttl, 0);
  numbers.writeUInt16BE(record.data.byteLength, 4);
  return Buffer.concat([encodeQuestion(record), numbers, record.data]);
}

/** Reads a message to its last byte. Throws the fault of an unreadable answer for anything that does not fit. */
export function decodeMessage(bytes: Buffer): Decoded {
  if (bytes.byteLength < HEADER) throw malformed('not a DNS message');
  const flags = bytes.readUInt16BE(2);
  const [questions = 0, ...counts] = [4, 6, 8, 10].map((at) => bytes.readUInt16BE(at));
  if (questions > 1) throw malformed('more than one question');
  let at = HEADER;
  const question = questions === 1 ? readQuestion(bytes, at) : null;
  at = question?.end ?? at;
  let last = at;
  const [answers = [], authorities = [], additionals = []] = counts.map((count) =>
    Array.from({ length: count }, () => {
      last = at;
      const { record, end } = readRecord(bytes, at);
      at = end;
      return record;
    }),
  );
  if (at !== bytes.byteLength) throw malformed('the message is longer than it says');
  const isSigned = additionals.at(-1)?.type === TYPE.TSIG;
  const signature = isSigned ? additionals.pop() : undefined;
  const message = {
    id: bytes.readUInt16BE(0),
    opcode: (flags >> 11) & 15,
    rcode: flags & 15,
    isAnswer: (flags & 0x8000) !== 0,
    isTruncated: (flags & 0x0200) !== 0,
    question: question?.question ?? null,
    answers,
    authorities,
    additionals,
  };
  return { message, tsig: signature ? { record: signature, at: last } : null };
}

function readQuestion(bytes: Buffer, start: number): { readonly question: Question; readonly end: number } {
  const { name, end } = readName(bytes, start);
  if (end + 4 > bytes.byteLength) throw malformed('the message breaks off');
  return { question: { name, type: bytes.readUInt16BE(end), class: bytes.readUInt16BE(end + 2) }, end: end + 4 };
}

function readRecord(bytes: Buffer, start: number): { readonly record: DnsRecord; readonly end: number } {
  const { question, end: at } = readQuestion(bytes, start);
  if (at + 6 > bytes.byteLength) throw malformed('the message breaks off');
  const from = at + 6;
  const end = from + bytes.readUInt16BE(at + 4);
  if (end > bytes.byteLength) throw malformed('the message breaks off');
  const ttl = bytes.readUInt32BE(at);
  return { record: { ...question, ttl, data: readData(bytes, { type: question.type, from, end }) }, end };
}

/** How many names, perhaps compressed, the data of a type begins with. */
const NAMES_AT_FRONT: Readonly<Record<number, number>> = { [TYPE.CNAME]: 1, [TYPE.SOA]: 2 };

function readData(bytes: Buffer, { type, from, end }: { type: number; from: number; end: number }): Buffer {
  // A record of an UPDATE may have no data at all.
  const names = from === end ? 0 : (NAMES_AT_FRONT[type] ?? 0);
  const parts: Buffer[] = [];
  let at = from;
  for (let index = 0; index < names; index += 1) {
    const { name, end: next } = readName(bytes, at);
    if (next > end) throw malformed('a name is longer than its record');
    parts.push(encodeName(name));
    at = next;
  }
  if (type === TYPE.CNAME && at !== end) throw malformed('a CNAME holds more than a name');
  return Buffer.concat([...parts, bytes.subarray(at, end)]);
}
