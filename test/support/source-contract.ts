import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { isSwitchedOn, profileOf, type SourceConnector } from '#connectors/connector.ts';
import { ConnectorError } from '#connectors/errors.ts';
import { createHttp } from '#connectors/http.ts';
import type { SimulatorDefinition } from '#connectors/simulator-definition.ts';
import { serveSimulator, type Simulator } from '#connectors/simulator.ts';
import { OBSERVABLE_KINDS, type Observable } from '#domain/observable.ts';
import type { ReportLevel } from '#domain/report.ts';
import type { Source } from '#domain/source.ts';
import { HOSTILE_VALUES, SOURCE_FAULTS, UNKNOWN_VALUES } from './source-faults.ts';

/** A source under test: its connector, its simulator, and what the simulated world should make it say. */
export type SourceUnderTest = {
  readonly connector: SourceConnector;
  readonly simulator: SimulatorDefinition;
  /** By level: observables of the simulated world for which the source must report that level. At least one. */
  readonly samples: Partial<Record<ReportLevel, readonly Observable[]>>;
};

type Patience = { readonly timeoutMs?: number; readonly environment?: Readonly<Record<string, string>> };

/** Tests every promise that a source keeps, over its simulator. Call it once at the top of the connector's test. */
export function describeSource({ connector, simulator: definition, samples }: SourceUnderTest): void {
  const knownSamples = Object.entries(samples).flatMap(([level, list]) => (level === 'unknown' ? [] : list));
  const [known] = knownSamples;
  if (known === undefined) throw new Error(`${connector.id}: give at least one sample that the world knows`);

  describe(`${connector.id} as a source`, () => {
    let simulator: Simulator;
    beforeAll(async () => {
      simulator = await serveSimulator(definition);
    });
    beforeEach(() => simulator.reset());
    afterAll(() => simulator.close());

    const open = ({ timeoutMs = 10_000, environment = simulator.settings }: Patience = {}): Source =>
      connector.create(connector.settings.parse(environment), (options) =>
        createHttp({ ...options, timeoutMs, maxBytes: 256 * 1024 }),
      );
    const lookUp = (observable: Observable, patience?: Patience) =>
      open(patience).lookUp(observable, new AbortController().signal);
    const failureOf = async (observable: Observable, patience?: Patience): Promise<ConnectorError> => {
      const outcome = await lookUp(observable, patience).catch((error: unknown) => error);
      if (outcome instanceof ConnectorError) return outcome;
      throw new Error(`expected a ConnectorError, got ${inspect(outcome)}`);
    };

    describeSettings(connector, () => simulator);

    describe('what it says', () => {
      const cases = Object.entries(samples).flatMap(([level, list]) => list.map((sample) => ({ level, ...sample })));
      it.each(cases)('reports $level for $kind $value, with one call', async ({ level, kind, value }) => {
        const report = await lookUp({ kind, value });

        expect(report.level).toBe(level);
        expect(report.summary).toMatch(/^\S.{0,198}\S$/u);
        expect(report.facts.length).toBeLessThanOrEqual(8);
        for (const fact of report.facts) expect(fact.value).toMatch(/^.{1,200}$/u);
        expect(report.seenAt ?? '2026-01-01T00:00:00Z').toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
        expect(simulator.ledger()).toHaveLength(1);
      });

      it.each(connector.kinds)('never calls an unknown %s anything but unknown', async (kind) => {
        const report = await lookUp({ kind, value: UNKNOWN_VALUES[kind] });

        expect(report.level).toBe('unknown');
        expect(simulator.ledger()).toHaveLength(1);
      });

      const foreignKinds = OBSERVABLE_KINDS.filter((kind) => !connector.kinds.includes(kind));
      it.each(foreignKinds)('refuses to be asked about %s, and calls nobody', async (kind) => {
        const failure = await failureOf({ kind, value: UNKNOWN_VALUES[kind] });

        expect(failure).toMatchObject({ kind: 'refused', connector: connector.id, isUndone: true });
        expect(simulator.ledger()).toHaveLength(0);
      });
    });

    describe('what goes wrong', () => {
      it.each(SOURCE_FAULTS)('turns $fault into $kind, never into a report', async (row) => {
        simulator.setFaults([{ fault: row.fault, delayMs: 60_000 }]);

        const failure = await failureOf(known, row.isWaitedFor ? { timeoutMs: 250 } : {});

        expect(failure).toMatchObject({ kind: row.kind, connector: connector.id, isUndone: row.isUndone });
        const isSaidByHeader = row.retryAfterMs !== undefined && definition.rateLimited.status === 429;
        expect(failure.retryAfterMs).toBe(isSaidByHeader ? row.retryAfterMs : undefined);
        expect(simulator.ledger()).toHaveLength(1);
        expectNoSecret(failure, definition);
      });

      const sampledKinds = [...new Map(knownSamples.map((sample) => [sample.kind, sample])).values()];
      it.each(sampledKinds)('throws out an answer about another $kind', async (asked) => {
        simulator.setFaults([{ fault: 'other-observable' }]);

        const failure = await failureOf(asked);

        expect(failure).toMatchObject({ kind: 'malformed_response', isUndone: false });
      });

      it('knows that a call which nobody took was not made', async () => {
        const gone = await serveSimulator(definition);
        await gone.close();

        const failure = await failureOf(known, { environment: gone.settings });

        expect(failure).toMatchObject({ kind: 'unreachable', isUndone: true });
      });

      it.skipIf(!definition.key)('is unauthorized with a wrong key, and does not tell the key', async () => {
        const environment = { ...simulator.settings, [connector.switchOn]: 'another-key' };

        const failure = await failureOf(known, { environment });

        expect(failure).toMatchObject({ kind: 'unauthorized', isUndone: true });
        expect(inspect(failure, { depth: null })).not.toContain('another-key');
      });

      it('stops when it is cancelled', async () => {
        const controller = new AbortController();
        simulator.setFaults([{ fault: 'hang' }]);

        const outcome = open()
          .lookUp(known, controller.signal)
          .catch((error: unknown) => error);
        await vi.waitFor(() => expect(simulator.ledger()).toHaveLength(1), { timeout: 5000, interval: 5 });
        controller.abort(new Error('no longer wanted'));

        expect(await outcome).toMatchObject({ name: 'ConnectorError', kind: 'unreachable', isUndone: false });
      });

      it('calls nobody when it was cancelled before', async () => {
        const outcome = await open()
          .lookUp(known, AbortSignal.abort())
          .catch((error: unknown) => error);

        expect(outcome).toBeInstanceOf(ConnectorError);
        expect(simulator.ledger()).toHaveLength(0);
      });

      const hostile = connector.kinds.flatMap((kind) => HOSTILE_VALUES.map((value) => ({ kind, value })));
      it.each(hostile)('keeps the $kind $value in its place', async ({ kind, value }) => {
        await lookUp({ kind, value: UNKNOWN_VALUES[kind] });
        const [usual] = simulator.ledger();
        simulator.reset();

        await lookUp({ kind, value }).catch(() => undefined);

        for (const call of simulator.ledger()) {
          expect(call.path.split('/').length).toBe(usual?.path.split('/').length);
          expect([...new URLSearchParams(call.query).keys()]).toEqual([...new URLSearchParams(usual?.query).keys()]);
        }
      });
    });
  });
}

function describeSettings(connector: SourceConnector, simulator: () => Simulator): void {
  describe('its settings', () => {
    const prefix = `${connector.id.replaceAll('-', '_').toUpperCase()}_`;

    it('carry the name of the connector', () => {
      const names = Object.keys(connector.settings.shape);

      expect(names).toContain(connector.switchOn);
      expect(names.filter((name) => !name.startsWith(prefix))).toEqual([]);
    });

    it('switch it on by one of them, the rest have defaults', () => {
      const { settings } = simulator();
      const switched = { [connector.switchOn]: settings[connector.switchOn] };

      expect(connector.settings.safeParse(switched).error).toBeUndefined();
      expect(isSwitchedOn(connector, switched)).toBe(true);
      expect(isSwitchedOn(connector, {})).toBe(false);
    });

    it.each(['', '  ', 'a\nb'])('refuse %j as a key or switch', (value) => {
      expect(connector.settings.safeParse({ ...simulator().settings, [connector.switchOn]: value }).success).toBe(
        false,
      );
    });

    it('are never printed', () => {
      const { settings, key } = simulator();
      const read = connector.settings.parse(settings);

      expect(`${inspect(read, { depth: null })}${JSON.stringify(read)}`).not.toContain(key ?? 'no key at all');
    });

    it('make a profile that crosses process borders', () => {
      const profile = profileOf(connector, connector.settings.parse(simulator().settings));

      expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
      expect(profile).toMatchObject({ id: connector.id, kinds: connector.kinds });
    });
  });
}

function expectNoSecret(failure: ConnectorError, definition: SimulatorDefinition): void {
  if (!definition.key) return;
  const everything = `${inspect(failure, { depth: null, showHidden: true })}${JSON.stringify(failure)}${failure.stack}`;
  expect(everything).not.toContain(definition.key.value);
}
