import type { LookUpCard } from '#domain/card.ts';
import { answered, AT, lookUp, source } from './cards.ts';

/** Answers of four sources about one address. */
export const SOURCES = [
  answered('RDAP', 'context', 'EXAMPLE-NET', {
    facts: [
      { label: 'Network', value: 'AS64500 EXAMPLE-NET' },
      { label: 'Country', value: 'NL' },
      { label: 'Abuse', value: 'abuse@net.example' },
    ],
  }),
  answered('AbuseIPDB', 'suspicious', 'Abuse confidence 61 %, 34 reports'),
  answered('VirusTotal', 'malicious', '58 malicious of 94 engines', { seenAt: AT }),
  answered('ThreatFox', 'malicious', 'Cobalt Strike C2, confidence 95 %'),
];
/** Sources that have not answered yet. */
export const ASKING = ['VirusTotal', 'AbuseIPDB', 'RDAP'].map((title) => source(title, { state: 'asking' }));

/** A look-up of three observables: one is malicious, one still asked about, one without hits. */
export function several(phase: LookUpCard['state']['phase']): LookUpCard {
  const card = lookUp(SOURCES, { phase });
  const [first] = card.state.investigations;
  const open = {
    observable: { kind: 'domain', value: 'login.evil.example' },
    notes: [],
    isBlockable: false,
    sources: ASKING,
  } as const;
  const hash = { kind: 'sha256', value: '275a021b'.repeat(8) } as const;
  const quiet = {
    observable: hash,
    notes: [],
    isBlockable: false,
    sources: [answered('VirusTotal', 'no_hits', 'No hits from 70 engines')],
  };
  return { ...card, state: { ...card.state, investigations: first ? [first, open, quiet] : [] } };
}
