import { ConnectorError } from '#connectors/errors.ts';
import type { FaultKind } from '#domain/fault.ts';

/** The connector's id: its folder, its activities, its failures. */
export const DNS_RPZ = 'dns-rpz';

/** A fault that an answer means; `isUndone` as ConnectorError has it. */
export function faultOf(kind: FaultKind, message: string, isUndone?: boolean): ConnectorError {
  const known = isUndone === undefined ? {} : { isUndone };
  return new ConnectorError({ kind, connector: DNS_RPZ, message, isAnswered: true, ...known });
}

/** The fault of an answer that cannot be read or is not the server's word: no evidence of anything. */
export function malformed(message: string): ConnectorError {
  return faultOf('malformed_response', message);
}
