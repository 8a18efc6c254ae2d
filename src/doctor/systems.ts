import type { RunningResponder } from '#activities/contain.ts';
import type { SourceOn } from '#config/sources.ts';
import { prefixOf } from '#config/sources.ts';
import { ConnectorError } from '#connectors/errors.ts';
import { createHttp } from '#connectors/http.ts';
import type { Observable, ObservableKind } from '#domain/observable.ts';
import { type Finding, findingOfFault, PATIENCE_MS } from './finding.ts';

/** Of each kind one thing that gives nothing away: kept for documentation, or known to everybody. */
const HARMLESS: Readonly<Partial<Record<ObservableKind, string>>> = {
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  domain: 'socbot.example',
  url: 'https://socbot.example/',
  // EICAR's test file: https://www.eicar.org/download-anti-malware-testfile/
  sha256: '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
  md5: '44d88612fea8a8f36de82e1278abb02f',
};

/** Asks a source one harmless question: one call of its quota. */
export async function examineSource({ connector, settings }: SourceOn): Promise<Finding> {
  const what = connector.title;
  const kind = connector.kinds.find((one) => HARMLESS[one] !== undefined);
  const observable: Observable | null = kind ? { kind, value: HARMLESS[kind] ?? '' } : null;
  if (!observable) return { state: 'doubtful', what, says: 'nothing harmless to ask it' };
  try {
    await connector.create(settings, createHttp).lookUp(observable, AbortSignal.timeout(PATIENCE_MS));
    return { state: 'well', what, says: 'answers' };
  } catch (error) {
    // An answer that says "not this one" is an answer.
    if (error instanceof ConnectorError && error.kind === 'not_found') return { state: 'well', what, says: 'answers' };
    return findingOfFault(what, error, `${prefixOf(connector)}…`);
  }
}

/** Reads what a system enforces now. It changes nothing. */
export async function examineResponder({ profile, responder }: RunningResponder): Promise<Finding> {
  const what = profile.title;
  if (profile.isBlind) return { state: 'doubtful', what, says: 'cannot be read: whether it works shows only in use' };
  try {
    const held = await responder.list(AbortSignal.timeout(PATIENCE_MS));
    const dry = profile.isDryRun ? '; dry run: it is told nothing' : '';
    return { state: profile.isDryRun ? 'doubtful' : 'well', what, says: `holds ${held.length} now${dry}` };
  } catch (error) {
    return findingOfFault(what, error, `${prefixOf(profile)}…`);
  }
}
