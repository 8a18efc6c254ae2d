import { Secret } from '#domain/secret.ts';
import { type Decoded, decodeMessage, type DnsRecord, type Message, OPCODE, TYPE } from './message.ts';
import { RCODE } from './rcode.ts';
import { signAnswer } from './simulated-answer.ts';
import { DNS_FAULTS, type DnsFault, type DnsFaultName } from './simulated-faults.ts';
import { applyUpdate, createZone, type SimulatedZone, transferOf } from './simulated-zone.ts';
import { decodeTsig, detachTsig, FUDGE_S, isSameMac, macOf, type Tsig, TSIG_ERROR, type TsigKey } from './tsig.ts';

/** A fault that is switched on; `times` is how many calls it still spoils, all unless set. */
type DnsFaultRule = {
  readonly fault: DnsFaultName;
  readonly times?: number;
  /** Only calls of this kind; all unless set. */
  readonly only?: DnsCall;
};

/** What a question is to the server. */
type DnsCall = 'AXFR' | 'UPDATE' | 'other';

/** A primary without its network. */
export type SimulatedPrimary = {
  zone(): SimulatedZone;
  ledger(): readonly DnsCall[];
  /** Changes the zone as a person would by hand. */
  edit(change: (records: readonly DnsRecord[]) => readonly DnsRecord[]): void;
  setFaults(rules: readonly DnsFaultRule[]): void;
  reset(): void;
  /** The messages of the answer, and how they are to be sent; null where the connection is cut before. */
  answer(bytes: Buffer): { readonly messages: readonly Buffer[]; readonly fault: DnsFault | undefined } | null;
};

/** How a transfer is parted and signed. */
export type TransferShape = {
  /** Records in one message. */
  readonly perMessage: number;
  /** Every how manieth message is signed, beside the first and the last (RFC 8945, 5.3.1). */
  readonly signEvery: number;
};

export const ZONE = 'rpz.socbot.example';
export const KEY: TsigKey = {
  name: 'socbot',
  algorithm: 'hmac-sha256',
  secret: new Secret(Buffer.from('simulated-dns-rpz-key').toString('base64')),
};

/** Makes a primary of an empty zone. */
export function createSimulatedPrimary(shape: TransferShape): SimulatedPrimary {
  let zone = createZone(ZONE);
  let rules: readonly DnsFaultRule[] = [];
  let ledger: readonly DnsCall[] = [];
  const takeFault = (call: DnsCall): DnsFault | undefined => {
    const rule = rules.find(({ fault, only = call }) => only === call && isMetBy(call, DNS_FAULTS[fault]));
    rules = rules.flatMap((one) => (one === rule ? withOneLess(one) : [one]));
    return rule && DNS_FAULTS[rule.fault];
  };
  const respond = (asked: Message, call: DnsCall, fault: DnsFault | undefined): readonly Message[] => {
    if (fault?.rcode !== undefined) return [replyTo(asked, fault.rcode)];
    if (asked.question?.name !== zone.name) return [replyTo(asked, RCODE.NOTAUTH)];
    if (call === 'AXFR') return inMessages(replyTo(asked, RCODE.NOERROR), transferOf(zone), shape.perMessage);
    if (call === 'other') return [replyTo(asked, RCODE.REFUSED)];
    const outcome = applyUpdate(zone, asked);
    if (fault?.isIdle !== true) zone = outcome.zone;
    return [replyTo(asked, outcome.rcode)];
  };
  return {
    zone: () => zone,
    ledger: () => ledger,
    edit: (change) => {
      zone = { ...zone, serial: zone.serial + 1, records: change(zone.records) };
    },
    setFaults: (next) => {
      rules = next;
    },
    reset: () => {
      zone = createZone(ZONE);
      rules = [];
      ledger = [];
    },
    answer: (bytes) => {
      const decoded = decodeMessage(bytes);
      const call = callOf(decoded.message);
      ledger = [...ledger, call];
      const fault = takeFault(call);
      if (fault?.delivery === 'drop-before') return null;
      const asked = verify(bytes, decoded);
      const error = fault?.tsigError ?? asked.error;
      const said =
        error === TSIG_ERROR.NONE ? respond(decoded.message, call, fault) : [replyTo(decoded.message, RCODE.NOTAUTH)];
      const messages = fault?.twist?.(said) ?? said;
      const { signEvery } = shape;
      return { messages: signAnswer({ messages, asked: { ...asked, error }, fault, key: KEY, signEvery }), fault };
    },
  };
}

function isMetBy(call: DnsCall, fault: DnsFault): boolean {
  return call === 'UPDATE' || fault.isForChanges === undefined;
}

function withOneLess(rule: DnsFaultRule): readonly DnsFaultRule[] {
  if (rule.times === undefined) return [rule];
  return rule.times > 1 ? [{ ...rule, times: rule.times - 1 }] : [];
}

function callOf({ opcode, question }: Message): DnsCall {
  if (opcode === OPCODE.UPDATE) return 'UPDATE';
  return opcode === OPCODE.QUERY && question?.type === TYPE.AXFR ? 'AXFR' : 'other';
}

/** What is wrong with a question's signature, if anything (RFC 8945, 5.2). An unsigned question is thrown out. */
function verify(bytes: Buffer, { tsig: found }: Decoded): { readonly tsig: Tsig; readonly error: number } {
  if (!found) throw new Error('an unsigned question');
  const tsig = decodeTsig(found.record);
  if (tsig.keyName !== KEY.name || tsig.algorithm !== KEY.algorithm) return { tsig, error: TSIG_ERROR.BADKEY };
  const mac = macOf(KEY, detachTsig(bytes, found.at, tsig.originalId), tsig, {});
  if (!isSameMac(tsig.mac, mac)) return { tsig, error: TSIG_ERROR.BADSIG };
  const isInTime = Math.abs(Date.now() / 1000 - tsig.timeS) <= FUDGE_S;
  return { tsig, error: isInTime ? TSIG_ERROR.NONE : TSIG_ERROR.BADTIME };
}

function replyTo(asked: Message, rcode: number): Message {
  return { ...asked, isAnswer: true, rcode, answers: [], authorities: [], additionals: [] };
}

/** Parts a transfer into messages; only the first repeats the question, as BIND does it. */
function inMessages(reply: Message, records: readonly DnsRecord[], perMessage: number): readonly Message[] {
  const parts = Array.from({ length: Math.ceil(records.length / perMessage) }, (_, index) =>
    records.slice(index * perMessage, (index + 1) * perMessage),
  );
  return parts.map((answers, index) => ({ ...reply, answers, question: index === 0 ? reply.question : null }));
}
