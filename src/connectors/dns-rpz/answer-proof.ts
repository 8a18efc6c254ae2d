import type { ConnectorError } from '#connectors/errors.ts';
import { faultOf, malformed } from './fault.ts';
import type { Decoded } from './message.ts';
import { decodeTsig, detachTsig, FUDGE_S, isSameMac, macOf, type Tsig, TSIG_ERROR, type TsigKey } from './tsig.ts';

/** Watches over the messages of one answer: whether the holder of the key wrote them, in this order, for this question. */
export type AnswerProof = {
  /** Takes the next message; throws where its signature is missing or wrong. */
  take(bytes: Buffer, decoded: Decoded): void;
  /** Whether every message so far is covered by a signature. */
  isProven(): boolean;
};

/** Messages that may come unsigned between two that are signed (RFC 8945, 5.3.1). */
const MOST_UNSIGNED = 99;

/** Starts a proof for the answer to a question that was signed so. `nowS` gives the present in seconds since 1970. */
export function createAnswerProof(key: TsigKey, requestMac: Buffer, nowS: () => number): AnswerProof {
  let prior = requestMac;
  let isFollowing = false;
  let unsigned: Buffer[] = [];
  return {
    take(bytes, { tsig: found }) {
      if (!found) {
        if (!isFollowing || unsigned.length === MOST_UNSIGNED) throw malformed('the answer is not signed');
        unsigned.push(bytes);
        return;
      }
      const tsig = decodeTsig(found.record);
      if (tsig.keyName !== key.name || tsig.algorithm !== key.algorithm)
        throw malformed('the answer is signed with another key');
      if (tsig.mac.byteLength === 0) throw faultOfKey(tsig.error);
      const messages = Buffer.concat([...unsigned, detachTsig(bytes, found.at, tsig.originalId)]);
      if (!isSameMac(tsig.mac, macOf(key, messages, tsig, { prior, isFollowing })))
        throw malformed("the answer's signature is wrong");
      if (tsig.error !== TSIG_ERROR.NONE) throw faultOfTime(tsig);
      if (Math.abs(nowS() - tsig.timeS) > FUDGE_S) throw malformed('the answer was signed at another time');
      prior = tsig.mac;
      isFollowing = true;
      unsigned = [];
    },
    isProven: () => isFollowing && unsigned.length === 0,
  };
}

/** What a server says that cannot sign (RFC 8945, 5.3.2). Anybody can say so: it tells nothing of what became of a call. */
function faultOfKey(error: number): ConnectorError {
  const name = Object.entries(TSIG_ERROR).find(([, code]) => code === error)?.[0];
  if (name === undefined || error === TSIG_ERROR.NONE) return malformed('the answer is not signed');
  return faultOf('unauthorized', `${name}: the server does not take the key`, false);
}

/** RFC 8945, 5.2.3: signed with our time, and with the server's own beside it. */
function faultOfTime({ error, timeS, other }: Tsig): ConnectorError {
  if (error !== TSIG_ERROR.BADTIME || other.byteLength !== 6) return faultOf('unauthorized', `TSIG error ${error}`);
  const apart = Math.abs(other.readUIntBE(0, 6) - timeS);
  return faultOf('unauthorized', `BADTIME: the server's clock and ours are ${apart} seconds apart`);
}
