import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginInvestigation, gravestLevel, type Investigation } from '#domain/investigation.ts';
import type { ReportLevel } from '#domain/report.ts';
import { concludeVerdict, isSettled, type Silence, type SourceProgress, type SourceState } from '#domain/verdict.ts';
import { FUZZ_RUNS } from './fuzz.ts';

const LEVELS: readonly ReportLevel[] = ['malicious', 'suspicious', 'no_hits', 'unknown', 'context'];

function said(level: ReportLevel): SourceState {
  return {
    state: 'answered',
    answeredAt: '2026-03-01T12:00:00.000Z',
    report: { level, summary: 'as told', facts: [] },
  };
}

function silent(why: Silence): SourceState {
  return { state: 'silent', why, detail: 'no answer' };
}

const ASKING: SourceState = { state: 'asking' };
const WAITING: SourceState = { state: 'waiting', until: '2026-03-01T12:01:00.000Z' };
const NOT_ASKED: SourceState = { state: 'not_asked', why: 'TLP:RED forbids it' };

function sourcesOf(...states: readonly SourceState[]): SourceProgress[] {
  return states.map((state, at) => ({ id: `source-${at}`, title: `Source ${at}`, ...state }));
}

function levelOf(...states: readonly SourceState[]): string {
  return concludeVerdict(sourcesOf(...states)).level;
}

describe('concludeVerdict', () => {
  it('takes one source for enough to say malicious, whatever all others say or do not say', () => {
    const others = [said('no_hits'), said('no_hits'), said('suspicious'), silent('unreachable'), ASKING];

    expect(levelOf(...others, said('malicious'))).toBe('malicious');
  });

  it('takes suspicious over any number of sources without hits', () => {
    expect(levelOf(said('no_hits'), said('suspicious'), said('no_hits'))).toBe('suspicious');
  });

  it('says no hits only when a source has looked and none is missing', () => {
    expect(levelOf(said('no_hits'), said('unknown'), said('context'))).toBe('no_hits');
  });

  it.each([
    'unreachable',
    'rate_limited',
    'unauthorized',
    'not_found',
    'refused',
    'malformed_response',
    'lost',
    'late',
  ] as const)('never says no hits while a source is silent: %s', (why) => {
    expect(levelOf(said('no_hits'), silent(why))).toBe('unknown');
  });

  it.each([ASKING, WAITING])('never says no hits while a source is $state', (open) => {
    expect(levelOf(said('no_hits'), open)).toBe('unknown');
  });

  it.each([
    ['nobody was asked', []],
    ['nobody might be asked', [NOT_ASKED, NOT_ASKED]],
    ['nobody knows it', [said('unknown'), said('unknown')]],
    ['there is only context', [said('context'), said('context')]],
    ['everybody is silent', [silent('unreachable'), silent('late')]],
  ])('says unknown when %s', (_, states) => {
    expect(levelOf(...states)).toBe('unknown');
  });

  it('lists who said what, who is silent and who may still answer', () => {
    const states = [said('malicious'), said('suspicious'), said('no_hits'), said('unknown'), said('context')];

    const verdict = concludeVerdict(sourcesOf(...states, silent('late'), ASKING, WAITING, NOT_ASKED));

    expect(verdict).toEqual({
      level: 'malicious',
      malicious: ['source-0'],
      suspicious: ['source-1'],
      noHits: ['source-2'],
      unknown: ['source-3'],
      silent: ['source-5'],
      open: ['source-6', 'source-7'],
    });
  });

  it('turns no missing answer into a good one: whatever is taken away, a verdict never gets better', () => {
    const anyState = fc.constantFrom(...LEVELS.map(said), silent('late'), silent('lost'), ASKING, WAITING, NOT_ASKED);
    const badness = ['no_hits', 'unknown', 'suspicious', 'malicious'];
    fc.assert(
      fc.property(fc.array(anyState, { minLength: 1, maxLength: 8 }), fc.nat(), (states, pick) => {
        const at = pick % states.length;
        const whole = levelOf(...states);
        const missing = levelOf(...states.with(at, silent('unreachable')));

        if (missing === 'no_hits') return false;
        const isAlarm = whole === 'malicious' || whole === 'suspicious';
        return isAlarm || badness.indexOf(missing) >= badness.indexOf(whole);
      }),
      { numRuns: FUZZ_RUNS },
    );
  });
});

describe('isSettled', () => {
  it('is true once no source can change the picture', () => {
    expect(isSettled(sourcesOf(said('unknown'), silent('late'), NOT_ASKED))).toBe(true);
    expect(isSettled(sourcesOf())).toBe(true);
  });

  it.each([ASKING, WAITING])('is false while one is $state', (open) => {
    expect(isSettled(sourcesOf(said('malicious'), open))).toBe(false);
  });
});

describe('an investigation', () => {
  const observable = { kind: 'ipv4', value: '203.0.113.66' } as const;
  const one = (...states: readonly SourceState[]): Investigation => ({
    observable,
    notes: [],
    isBlockable: true,
    sources: sourcesOf(...states),
  });

  it('begins with every planned source asking and every forbidden one named with its reason', () => {
    const begun = beginInvestigation({
      observable,
      notes: ['read as one address'],
      isBlockable: false,
      ask: [{ id: 'alpha', title: 'Alpha' }],
      notAsked: [{ id: 'beta', title: 'Beta', why: 'PAP:RED forbids it' }],
    });

    expect(begun).toEqual({
      observable,
      notes: ['read as one address'],
      isBlockable: false,
      sources: [
        { id: 'alpha', title: 'Alpha', state: 'asking' },
        { id: 'beta', title: 'Beta', state: 'not_asked', why: 'PAP:RED forbids it' },
      ],
    });
  });

  it('ranks an unknown above no hits, since nobody has looked', () => {
    expect(gravestLevel([one(said('no_hits')), one(said('unknown'))])).toBe('unknown');
    expect(gravestLevel([one(said('no_hits')), one(said('suspicious')), one(said('malicious'))])).toBe('malicious');
    expect(gravestLevel([one(said('no_hits'))])).toBe('no_hits');
    expect(gravestLevel([])).toBe('unknown');
  });
});
