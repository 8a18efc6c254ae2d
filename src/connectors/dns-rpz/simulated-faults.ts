import { CLASS, type DnsRecord, type Message, TYPE } from './message.ts';
import { encodeName } from './name.ts';
import { RCODE } from './rcode.ts';
import { TSIG_ERROR } from './tsig.ts';

/** How a simulated server signs, sends or twists an answer. What is left out is as it should be. */
export type DnsFault = {
  readonly tells: string;
  /** Says this instead of doing anything. */
  readonly rcode?: number;
  /** Finds this wrong with the question's signature. */
  readonly tsigError?: number;
  readonly signing?: 'none' | 'forged' | 'shortened' | 'other-key' | 'hour-ago' | 'none-at-end';
  /** Twists the messages before they are signed. */
  readonly twist?: (messages: readonly Message[]) => readonly Message[];
  /** What is sent instead of a signed message. */
  readonly bytes?: (message: Buffer) => Buffer;
  readonly delivery?: 'never' | 'byte-by-byte' | 'cut-off' | 'drop-before' | 'drop-after';
  /** Only changes are spoilt. */
  readonly isForChanges?: true;
  /** Does nothing and says that it did. */
  readonly isIdle?: true;
};

const each =
  (twist: (message: Message) => Partial<Message>) =>
  (messages: readonly Message[]): readonly Message[] =>
    messages.map((message) => ({ ...message, ...twist(message) }));

const stray: DnsRecord = {
  name: 'evil.other.example',
  type: TYPE.CNAME,
  class: CLASS.IN,
  ttl: 60,
  data: encodeName(''),
};

/** Twists the records of the last message. */
const atEnd =
  (twist: (answers: readonly DnsRecord[]) => readonly DnsRecord[]) =>
  (messages: readonly Message[]): readonly Message[] =>
    messages.map((one, index) => (index < messages.length - 1 ? one : { ...one, answers: twist(one.answers) }));

function withOtherSerial(soa: DnsRecord): DnsRecord {
  const data = Buffer.from(soa.data);
  data.writeUInt32BE(7, data.byteLength - 20);
  return { ...soa, data };
}

/** Every fault that the simulated server can be told to have. */
export const DNS_FAULTS = {
  hang: { tells: 'takes the call and never answers', delivery: 'never' },
  'slow-loris': { tells: 'sends one byte a second', delivery: 'byte-by-byte' },
  'cut-off': { tells: 'the connection breaks in the middle of the answer', delivery: 'cut-off' },
  'drop-before': { tells: 'cuts the connection before it has decided', delivery: 'drop-before' },
  'drop-after': { tells: 'changes the zone and cuts the connection', delivery: 'drop-after', isForChanges: true },
  'no-effect': { tells: 'says that it changed the zone, and does not', isIdle: true, isForChanges: true },
  servfail: { tells: 'SERVFAIL', rcode: RCODE.SERVFAIL },
  refused: { tells: 'REFUSED: the key has no rights', rcode: RCODE.REFUSED },
  'not-primary': { tells: 'NOTAUTH: another server is the primary', rcode: RCODE.NOTAUTH },
  'not-done-here': { tells: 'NOTIMP', rcode: RCODE.NOTIMP },
  'odd-answer': { tells: 'an answer that means nothing', rcode: 15 },
  'unknown-key': { tells: 'BADKEY, unsigned', tsigError: TSIG_ERROR.BADKEY },
  'wrong-key': { tells: 'BADSIG, unsigned', tsigError: TSIG_ERROR.BADSIG },
  'wrong-clock': { tells: 'BADTIME: its clock is an hour off', tsigError: TSIG_ERROR.BADTIME },
  unsigned: { tells: 'does not sign', signing: 'none' },
  forged: { tells: 'signs without knowing the secret', signing: 'forged' },
  shortened: { tells: 'signs with half a signature', signing: 'shortened' },
  'other-key': { tells: 'signs with another key', signing: 'other-key' },
  'hour-ago': { tells: 'signs with the time of an hour ago', signing: 'hour-ago' },
  'unsigned-end': { tells: 'does not sign the last message', signing: 'none-at-end' },
  'wrong-id': { tells: 'answers another question', twist: each(({ id }) => ({ id: id ^ 1 })) },
  'question-back': { tells: 'sends a question', twist: each(() => ({ isAnswer: false })) },
  truncated: { tells: 'says that the answer is cut short', twist: each(() => ({ isTruncated: true })) },
  'other-zone': {
    tells: 'answers about another zone',
    twist: each(({ question }) => ({ question: question && { ...question, name: 'other.example' } })),
  },
  'stray-record': {
    tells: 'puts a record of another zone into the answer',
    twist: each(({ answers }) => ({ answers: answers.toSpliced(1, 0, stray) })),
  },
  'no-end': { tells: 'closes before the transfer has ended', twist: atEnd((answers) => answers.slice(0, -1)) },
  'behind-end': {
    tells: 'goes on after the end of the transfer',
    twist: atEnd((answers) => [...answers, ...answers.slice(-1)]),
  },
  'no-beginning': {
    tells: 'leaves the first record of the transfer out',
    twist: each(({ answers }) => ({ answers: answers.slice(1) })),
  },
  'other-end': {
    tells: 'ends the transfer with another serial than it began with',
    twist: atEnd((answers) => answers.map((one, index) => (index < answers.length - 1 ? one : withOtherSerial(one)))),
  },
  garbage: { tells: 'bytes that are no DNS', bytes: (message) => Buffer.alloc(message.byteLength, 0xa5) },
  html: { tells: 'a web server', bytes: () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n') },
  empty: { tells: 'a message of no length', bytes: () => Buffer.alloc(0) },
  trailing: { tells: 'a message longer than it says', bytes: (message) => Buffer.concat([message, Buffer.alloc(3)]) },
  halved: { tells: 'a message shorter than it says', bytes: (message) => message.subarray(0, message.byteLength / 2) },
  circle: {
    tells: 'a name that points to itself',
    bytes: (message) => Buffer.concat([message.subarray(0, 12), Buffer.of(0xc0, 12), message.subarray(14)]),
  },
} as const satisfies Record<string, DnsFault>;

export type DnsFaultName = keyof typeof DNS_FAULTS;
