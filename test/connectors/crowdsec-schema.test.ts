import { describe, expect, it } from 'vitest';
import { DecisionsOfAlerts } from '#connectors/crowdsec/schema.ts';

const DECISION = {
  duration: '1h0m0s',
  id: 7,
  origin: 'socbot',
  scenario: 'socbot/tg-7000000001-42',
  scope: 'Ip',
  simulated: false,
  type: 'ban',
  value: '198.51.100.7',
};

function alertWith(decision: object, more: object = {}): object {
  return { id: 7, simulated: false, decisions: [{ ...DECISION, ...decision }], ...more };
}

describe('what is left of a decision', () => {
  it.each([
    ['3h59m59.98s', 14_399_980],
    ['3h59m42.309869611s', 14_382_309.869611],
    ['59m57s', 3_597_000],
    ['-2.5s', -2500],
    ['-5m7.5s', -307_500],
    ['-7.698675ms', -7.698675],
    ['250µs', 0.25],
    ['100ns', 0.0001],
    ['0s', 0],
    ['876000h0m0s', 3_153_600_000_000],
  ])('is read of %s', (duration, restMs) => {
    const [decision] = DecisionsOfAlerts.parse([alertWith({ duration })]);

    expect(decision?.restMs).toBeCloseTo(restMs, 6);
  });

  it.each(['', '-', '4', 'abc', '1d', '4h ', '4h-3m', 'NaNh', null, 14_400, undefined])(
    'is not read of %j',
    (duration) => {
      expect(DecisionsOfAlerts.safeParse([alertWith({ duration })]).success).toBe(false);
    },
  );
});

describe('the alerts of CrowdSec', () => {
  it.each([[null], [[]], [[{ simulated: false, decisions: null }]]])('hold nothing in %j', (alerts) => {
    expect(DecisionsOfAlerts.parse(alerts)).toEqual([]);
  });

  it.each([
    [{}],
    [''],
    [[null]],
    [[{ decisions: [] }]],
    [[alertWith({ id: '7' })]],
    [[alertWith({ value: null })]],
    [[alertWith({}, { simulated: 'false' })]],
    [[alertWith({}), alertWith({ type: undefined })]],
  ])('are not read at all in %j', (alerts) => {
    expect(DecisionsOfAlerts.safeParse(alerts).success).toBe(false);
  });

  it.each([
    [[{ key: 'requester', value: 'Ana' }], 'Ana'],
    [[{ key: 'case', value: '34' }], null],
    [[{ key: 'requester', value: 7 }], null],
    ['Ana', null],
    [null, null],
  ])('name who asked where their note %j does', (meta, requester) => {
    expect(DecisionsOfAlerts.parse([alertWith({}, { meta })])[0]?.requester).toBe(requester);
  });

  it.each([
    ['2026-11-24T06:00:00.000Z', Date.UTC(2026, 10, 24, 6)],
    ['tomorrow', null],
    [7, null],
  ])('name an end where it is noted as %j', (value, notedEnd) => {
    const meta = [{ key: 'until', value }];

    expect(DecisionsOfAlerts.parse([alertWith({}, { meta })])[0]?.notedEnd).toBe(notedEnd);
  });
});
