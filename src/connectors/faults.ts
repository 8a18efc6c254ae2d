import type { ObservableKind } from '#domain/observable.ts';
import { ConnectorError } from './errors.ts';

/** The fault of an answer that is about something else than we asked: never evidence, whatever it says. */
export function faultOfOtherIndicator(connector: string): ConnectorError {
  const message = 'the answer is about another indicator';
  return new ConnectorError({ kind: 'malformed_response', connector, message, isAnswered: true });
}

/** The fault of asking a source about a kind of observable that its profile does not name. */
export function faultOfUnsupportedKind(connector: string, kind: ObservableKind): ConnectorError {
  return new ConnectorError({ kind: 'refused', connector, message: `cannot be asked about ${kind}` });
}
