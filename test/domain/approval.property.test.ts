import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gate, Review } from '#domain/gate.ts';
import { ROLES } from '#domain/person.ts';
import { GATE_VERBS, type GateVerb, type Press } from '#domain/press.ts';
import { FUZZ_RUNS } from './fuzz.ts';
import { type GateEvent, happen, watch, type Watched } from './gate-oracle.ts';
import { AFTERWARDS, EXPIRES_AT, gateOfAna, OPENED_AT, PEOPLE, pressOf } from './gate-people.ts';

const WHO = ['rob', 'ria', 'ada', 'rob', 'ria', 'ada', 'ana', 'vic'] as const;
const IDS = ['__proto__', 'valueOf', ...Array.from({ length: 98 }, (_, at) => `cq-${at}`)];
const BEFALLS = ['freeze', 'thaw', 'thaw', 'thaw', 'rearm', 'rearm', 'rearm', 'expire'] as const;
const NOWS = [...Array.from({ length: 14 }, () => OPENED_AT), EXPIRES_AT, AFTERWARDS];

/** What a thumb would press next on the page that it sees: mostly that, else anything at all. */
const LIKELY: Readonly<Record<Review['page'] | 'none', readonly GateVerb[]>> = {
  none: ['review', 'change', 'review', 'refuse'],
  choose: ['change'],
  confirm: ['approve', 'emergency', 'approve', 'back'],
  code: ['approve', 'emergency', 'approve'],
  refuse: ['deny', 'back', 'back'],
};

/** Reads an event from a number, so that a sequence is cheap to make and shrinks well. */
function eventOf(number: number, { gate, shown }: Watched): GateEvent {
  let rest = number;
  const pick = <One>(from: readonly One[]): One => {
    const one = from[rest % from.length] as One;
    rest = Math.floor(rest / from.length);
    return one;
  };
  if (pick([1, 2, 3, 4, 5, 6, 7, 8]) === 8) return pick(BEFALLS);
  const who = pick(WHO);
  // A person under a new name, and from a second account.
  const other = pick([{}, {}, {}, {}, {}, {}, { name: `${who} the second` }, { telegramId: 99 }]);
  const named = { ...PEOPLE[who], ...other };
  const page = shown[named.name];
  const verb = pick(pick([true, true, false]) ? LIKELY[page?.page ?? 'none'] : GATE_VERBS);
  const role = pick([null, null, null, null, 'responder', 'responder', ...ROLES] as const);
  const by = { ...named, ...(role ? { role } : {}) };
  const arg = verb === 'change' ? pick([0, 1, 2]) : pick([page?.choice ?? 0, page?.choice ?? 0, page?.choice ?? 0, 1]);
  const rev = pick([gate.rev, gate.rev, gate.rev, 0]);
  const withCode = pick([true, false]) ? ({ withCode: true } as const) : {};
  const now = pick(NOWS);
  return { press: { pressId: pick(IDS), verb, rev, arg, by, at: now, seal: 'sealed', ...withCode }, now };
}

const anySequence = fc.array(fc.noBias(fc.nat(2 ** 40)), { minLength: 12, maxLength: 30, size: 'max' });

describe('applyPress, whatever happens in whatever order', () => {
  it('approves only with enough distinct, permitted people who did not ask, each for exactly the final plan', () => {
    const kinds = new Map<string, number>();
    const anyRule = fc.record({ approvals: fc.constantFrom(1, 2, 2, 3), code: fc.boolean() });
    fc.assert(
      fc.property(anySequence, anyRule, fc.boolean(), (numbers, rule, mayActAlone) => {
        const opened = watch(gateOfAna(rule, { mayActAlone, isConfirmed: numbers.length % 7 !== 0 }));
        const kind = endOf(numbers.reduce((now, number) => happen(now, eventOf(number, now)), opened).gate);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }),
      { numRuns: Math.max(FUZZ_RUNS, 100_000) },
    );

    // The random steps reach every end, so the checks had something to check.
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(ENDS));
  });

  it.each([
    { approvals: 1, code: false },
    { approvals: 2, code: false },
    { approvals: 2, code: true },
  ])('holds for every sequence of up to five presses by three people under $approvals, $code', (rule) => {
    const kinds = rule.code ? KINDS.flatMap(withAndWithoutCode) : KINDS;
    const byTurn = Array.from({ length: 5 }, () => kinds.map(([who, verb, rest]) => pressOf(who, verb, rest)));
    let sequences = 0;
    const ends = new Set<string>();
    const goOn = (now: Watched, turn: number): void => {
      sequences += 1;
      ends.add(now.gate.decision?.kind ?? 'open');
      for (const press of byTurn[turn] ?? [])
        goOn(happen(now, { press: onCardOf(now.gate, press), now: OPENED_AT }), turn + 1);
    };

    goOn(watch(gateOfAna(rule)), 0);

    expect(sequences).toBe(Array.from({ length: 6 }, (_, at) => kinds.length ** at).reduce((sum, one) => sum + one));
    expect([...ends].toSorted()).toEqual(['approved', 'denied', 'open', 'withdrawn']);
  });
});

/** How it ended; of an approval also by how many, and whether it is for less than was asked. */
function endOf({ decision, choice }: Gate): string {
  if (decision?.kind !== 'approved') return decision?.kind ?? 'open';
  if (decision.isAlone) return 'alone';
  return `approved by ${decision.by.length}${choice === 0 ? '' : ', narrowed'}`;
}

const ENDS = [
  'alone',
  ...[1, 2].flatMap((count) => [`approved by ${count}`, `approved by ${count}, narrowed`]),
  'denied',
  'expired',
  'open',
  'withdrawn',
];

type Kind = Parameters<typeof pressOf>;

/** Everything that Ana, who asks, and two who may decide can press: as asked, and narrowed to an hour. */
const KINDS: readonly Kind[] = [
  ['ana', 'approve'],
  ['ana', 'withdraw'],
  ...(['rob', 'ria'] as const).flatMap((who): Kind[] => [
    [who, 'review'],
    [who, 'change', { arg: 1 }],
    [who, 'approve'],
    [who, 'approve', { arg: 1 }],
    [who, 'refuse'],
    [who, 'deny'],
  ]),
];

function withAndWithoutCode([who, verb, rest]: Kind): Kind[] {
  return verb === 'approve' && who !== 'ana'
    ? [
        [who, verb, { ...rest }],
        [who, verb, { ...rest, withCode: true }],
      ]
    : [[who, verb, rest ?? {}]];
}

function onCardOf({ rev }: Gate, press: Press): Press {
  return press.rev === rev ? press : { ...press, rev };
}
