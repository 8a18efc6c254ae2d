import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswerProof } from '#connectors/dns-rpz/answer-proof.ts';
import {
  CLASS,
  decodeMessage,
  type DnsRecord,
  encodeMessage,
  type Message,
  TYPE,
} from '#connectors/dns-rpz/message.ts';
import { encodeName, readName } from '#connectors/dns-rpz/name.ts';
import { RCODE } from '#connectors/dns-rpz/rcode.ts';
import { attachTsig, decodeTsig, detachTsig, macOf, type TsigKey } from '#connectors/dns-rpz/tsig.ts';
import { ConnectorError } from '#connectors/errors.ts';
import { Secret } from '#domain/secret.ts';
import {
  NO_RIGHTS,
  OTHER_ZONE,
  RECORDED_SECRET,
  type Recording,
  STALE_UPDATE,
  TRANSFER,
  UNKNOWN_KEY,
  UPDATE,
  WRONG_CLOCK,
  WRONG_SECRET,
} from '#support/dns-rpz-recordings.ts';

const KEY: TsigKey = { name: 'socbot', algorithm: 'hmac-sha256', secret: new Secret(RECORDED_SECRET) };
const bytesOf = (hex: string) => Buffer.from(hex, 'hex');

/** A recorded question without its signature, and the terms and the signature that it had. */
function unsign(hex: string) {
  const bytes = bytesOf(hex);
  const { message, tsig: found } = decodeMessage(bytes);
  if (!found) throw new Error('the recording is signed');
  const tsig = decodeTsig(found.record);
  return { message, tsig, bare: detachTsig(bytes, found.at, tsig.originalId) };
}

/** Proves a recorded answer as the client does; gives its messages. */
function prove({ question, answers, timeS }: Recording, key = KEY, nowS = timeS): readonly Message[] {
  const proof = createAnswerProof(key, unsign(question).tsig.mac, () => nowS);
  const messages = answers.map((hex) => {
    const decoded = decodeMessage(bytesOf(hex));
    proof.take(bytesOf(hex), decoded);
    return decoded.message;
  });
  expect(proof.isProven()).toBe(true);
  return messages;
}

describe('what BIND and its tools said', () => {
  it.each([
    ['nsupdate', UPDATE],
    ['nsupdate once more', STALE_UPDATE],
    ['dig', TRANSFER],
  ])('is signed by us as %s signed it, byte for byte', (_, { question }) => {
    const { tsig, bare } = unsign(question);

    const mac = macOf(KEY, bare, tsig, {});

    expect(attachTsig(bare, { ...tsig, mac }).toString('hex')).toBe(question);
  });

  it('is the change that we would write, but for the names that nsupdate compresses', () => {
    const { message } = unsign(UPDATE.question);

    expect(decodeMessage(encodeMessage(message)).message).toEqual(message);
    expect(message.answers).toEqual([
      { name: 'evil.example.rpz.example', type: TYPE.ANY, class: CLASS.NONE, ttl: 0, data: Buffer.alloc(0) },
    ]);
    expect(message.authorities.map(({ name, type }) => [name, type])).toEqual([
      ['evil.example.rpz.example', TYPE.CNAME],
      ['*.evil.example.rpz.example', TYPE.CNAME],
      ['evil.example._socbot.rpz.example', TYPE.TXT],
    ]);
  });

  it.each([
    ['a change', UPDATE, RCODE.NOERROR],
    ['a change that came too late', STALE_UPDATE, RCODE.YXDOMAIN],
    ['a transfer', TRANSFER, RCODE.NOERROR],
    ['another zone', OTHER_ZONE, RCODE.NOTAUTH],
  ])('is proven: %s', (_, recording, rcode) => {
    expect(prove(recording).every((message) => message.rcode === rcode)).toBe(true);
  });

  it('is proven with a key of its own', () => {
    expect(prove(NO_RIGHTS, { ...KEY, name: 'other' }).map(({ rcode }) => rcode)).toEqual([RCODE.REFUSED]);
  });

  it('is read record by record', () => {
    const records = prove(TRANSFER).flatMap(({ answers }) => answers);

    expect(records.map(({ name }) => name)).toEqual([
      'rpz.example',
      'rpz.example',
      'evil.example._socbot.rpz.example',
      'evil.example.rpz.example',
      '*.evil.example.rpz.example',
      'rpz.example',
    ]);
    expect(records[0]?.data.equals(records[5]?.data ?? Buffer.alloc(0))).toBe(true);
  });

  it.each([
    ['BADSIG', WRONG_SECRET, KEY],
    ['BADKEY', UNKNOWN_KEY, { ...KEY, name: 'nobody' }],
    ["BADTIME: the server's clock and ours are 3600 seconds apart", WRONG_CLOCK, KEY],
  ])('says %s', (words, recording, key) => {
    expect(() => prove(recording, key)).toThrow(words);
    expect(() => prove(recording, key)).toThrow(expect.objectContaining({ kind: 'unauthorized' }));
  });

  it('is proven no longer once its time is over', () => {
    expect(prove(UPDATE, KEY, UPDATE.timeS + 300)).toHaveLength(1);
    expect(() => prove(UPDATE, KEY, UPDATE.timeS + 301)).toThrow('signed at another time');
    expect(() => prove(UPDATE, KEY, UPDATE.timeS - 301)).toThrow('signed at another time');
  });

  it('is proven in its own order alone, with nothing left out on the way', () => {
    const { answers } = TRANSFER;

    for (const left of answers.keys()) {
      if (left === answers.length - 1) continue;
      const without = { ...TRANSFER, answers: answers.toSpliced(left, 1) };
      expect(() => prove(without), `without message ${left}`).toThrow(ConnectorError);
    }
    expect(() => prove({ ...TRANSFER, answers: answers.toReversed() })).toThrow(ConnectorError);
  });

  it('is no answer to another question', () => {
    expect(() => prove({ ...UPDATE, answers: STALE_UPDATE.answers })).toThrow("the answer's signature is wrong");
  });
});

describe('a signature', () => {
  it('covers every byte but the id, which the client compares', () => {
    const [answer = ''] = UPDATE.answers;
    const bytes = bytesOf(answer);

    for (let at = 2; at < bytes.byteLength; at += 1) {
      const forged = Buffer.from(bytes);
      forged[at] = (forged[at] ?? 0) ^ 1;
      expect(() => prove({ ...UPDATE, answers: [forged.toString('hex')] }), `byte ${at}`).toThrow(ConnectorError);
    }
  });
});

describe('a message', () => {
  it('is never more than a fault where it makes no sense', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        try {
          decodeMessage(Buffer.from(bytes));
        } catch (error) {
          expect(error).toMatchObject({ kind: 'malformed_response' });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is never more than a fault where a true one is twisted', () => {
    const whole = [...TRANSFER.answers, ...UPDATE.answers, UPDATE.question].map(bytesOf);
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.nat(), fc.nat(255), fc.nat(), (bytes, at, value, cut) => {
        const twisted = Buffer.from(bytes).subarray(0, cut % 3 === 0 ? cut % bytes.byteLength : undefined);
        if (twisted.byteLength > 0) twisted[at % twisted.byteLength] = value;
        try {
          const { tsig } = decodeMessage(twisted);
          if (tsig) decodeTsig(tsig.record);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'malformed_response' });
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('comes back as it was written', () => {
    const label = fc.stringMatching(/^[a-z0-9_*-]{1,20}$/);
    const name = fc.array(label, { maxLength: 5 }).map((labels) => labels.join('.'));
    const record: fc.Arbitrary<DnsRecord> = fc.record({
      name,
      type: fc.constantFrom(1, TYPE.TXT, 99),
      class: fc.constantFrom(CLASS.IN, CLASS.NONE, CLASS.ANY),
      ttl: fc.nat(0xffff_ffff),
      data: fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
    });
    const records = fc.array(record, { maxLength: 5 });
    fc.assert(
      fc.property(fc.nat(0xffff), records, records, records, (id, answers, authorities, additionals) => {
        const flags = { opcode: 5, rcode: 3, isAnswer: true, isTruncated: false };
        const question = { name: 'rpz.example', type: TYPE.SOA, class: CLASS.IN };
        const message = { id, ...flags, question, answers, authorities, additionals };
        expect(decodeMessage(encodeMessage(message))).toEqual({ message, tsig: null });
      }),
    );
  });
});

describe('a name', () => {
  it('is read back as it was written, byte for byte, whatever it holds', () => {
    const labels = fc.array(fc.uint8Array({ minLength: 1, maxLength: 63 }), { maxLength: 3 });
    fc.assert(
      fc.property(labels, (parts) => {
        const wire = Buffer.concat([...parts.map((part) => Buffer.from([part.length, ...part])), Buffer.of(0)]);
        const { name, end } = readName(wire, 0);
        expect(end).toBe(wire.byteLength);
        expect(name === '' ? 0 : name.split('.').length).toBe(parts.length);
        expect(encodeName(name).toString('latin1').toLowerCase()).toBe(wire.toString('latin1').toLowerCase());
      }),
    );
  });

  it.each([
    ['that points to itself', [0xc0, 0]],
    ['that points ahead', [0xc0, 4, 0, 0, 0]],
    ['of a kind that nobody uses', [0x41, 1, 0]],
    ['that breaks off', [3, 97, 98]],
    ['that never ends', [1, 97]],
  ])('%s is a fault', (_, bytes) => {
    expect(() => readName(Buffer.from(bytes), 0)).toThrow(expect.objectContaining({ kind: 'malformed_response' }));
  });

  it('that goes round through its own labels is a fault', () => {
    expect(() => readName(Buffer.from([1, 97, 0xc0, 0]), 2)).toThrow(ConnectorError);
  });
});
