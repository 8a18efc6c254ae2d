import { Secret } from '#domain/secret.ts';
import { encodeMessage, type Message } from './message.ts';
import type { DnsFault } from './simulated-faults.ts';
import { attachTsig, macOf, termsOf, type Tsig, TSIG_ERROR, type TsigKey, type TsigTerms, uint48 } from './tsig.ts';

/** An answer to a question that was signed, before it is signed itself. */
export type UnsignedAnswer = {
  readonly messages: readonly Message[];
  readonly asked: { readonly tsig: Tsig; readonly error: number };
  readonly fault: DnsFault | undefined;
  readonly key: TsigKey;
  /** Every how manieth message is signed, beside the first and the last. */
  readonly signEvery: number;
};

const HOUR_S = 3600;

/** Signs an answer as a server does (RFC 8945, 5.3), or as the fault wants it. */
export function signAnswer({ messages, asked, fault, key, signEvery }: UnsignedAnswer): readonly Buffer[] {
  let prior = asked.tsig.mac;
  let unsigned: Buffer[] = [];
  return messages.map((message, index) => {
    const bare = encodeMessage(message);
    const isLast = index === messages.length - 1;
    const isLeftOut = fault?.signing === 'none' || (fault?.signing === 'none-at-end' && isLast && index > 0);
    if (isLeftOut || (index % signEvery !== 0 && !isLast)) {
      unsigned.push(bare);
      return fault?.bytes?.(bare) ?? bare;
    }
    const terms = termsFor(message.id, asked, { fault, key });
    const signed = Buffer.concat([...unsigned, bare]);
    const secret = fault?.signing === 'forged' ? { ...key, secret: new Secret('Zm9yZ2Vk') } : key;
    const mac = macOf(secret, signed, terms, { prior, isFollowing: index > 0 });
    [prior, unsigned] = [mac, []];
    const bytes = attachTsig(bare, { ...terms, mac: macToSend(mac, asked.error, fault) });
    return fault?.bytes?.(bytes) ?? bytes;
  });
}

function termsFor(
  id: number,
  { tsig, error }: UnsignedAnswer['asked'],
  { fault, key }: Pick<UnsignedAnswer, 'fault' | 'key'>,
): TsigTerms {
  const nowS = Math.floor(Date.now() / 1000);
  const terms = { ...termsOf(key, id, nowS), keyName: tsig.keyName, algorithm: tsig.algorithm, error };
  if (error === TSIG_ERROR.BADTIME) return { ...terms, timeS: tsig.timeS, other: uint48(nowS + HOUR_S) };
  if (fault?.signing === 'other-key') return { ...terms, keyName: 'somebody' };
  return fault?.signing === 'hour-ago' ? { ...terms, timeS: nowS - HOUR_S } : terms;
}

/** RFC 8945, 5.3.2: who does not know the key cannot sign what it says about it. */
function macToSend(mac: Buffer, error: number, fault: DnsFault | undefined): Buffer {
  if (error === TSIG_ERROR.BADKEY || error === TSIG_ERROR.BADSIG) return Buffer.alloc(0);
  return fault?.signing === 'shortened' ? mac.subarray(0, mac.byteLength / 2) : mac;
}
