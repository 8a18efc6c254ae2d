import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConnectorError } from '#connectors/errors.ts';
import { type CreateHttp, createHttp } from '#connectors/http.ts';
import type { ResponderConnector } from '#connectors/responder-connector.ts';
import type { SimulatorDefinition } from '#connectors/simulator-definition.ts';
import type { FaultName, FaultRule } from '#connectors/simulator-faults.ts';
import { serveSimulator, type Simulator } from '#connectors/simulator.ts';
import type { FaultKind } from '#domain/fault.ts';
import { observableKey, type Observable } from '#domain/observable.ts';
import type { Hold, Responder } from '#domain/responder.ts';
import { SOURCE_FAULTS } from './source-faults.ts';

/** Which calls a fault meets: only those that log in, all the others, or of these only those that write. */
type Place = 'log-in' | 'call' | 'write';

/** A running simulator, as far as the promises ask of it; `Fault` names what can go wrong. */
type RunningSystem<Fault extends string> = {
  readonly settings: Readonly<Record<string, string>>;
  entries(): readonly unknown[];
  setFault(fault: Fault, place: Place, delayMs?: number): void;
  clearFaults(): void;
  reset(): void;
  close(): Promise<void>;
};

/** A system that does not speak HTTP. Its faults include `drop-after` and `no-effect`, which only acts can have. */
export type OtherSystem<Fault extends string> = {
  serve(): Promise<RunningSystem<Fault | 'drop-after' | 'no-effect'>>;
  /** The responder; `timeoutMs` is for a whole call. */
  open(environment: Readonly<Record<string, string>>, timeoutMs: number): Responder;
  /** What each fault must become. `isWaitedFor`: only our own deadline ends it. */
  readonly faults: readonly { readonly fault: Fault; readonly kind: FaultKind; readonly isWaitedFor?: boolean }[];
  /** Whether there are calls that only log in; faults then meet them, too. */
  readonly hasLogIn?: boolean;
};

/** A responder under test: its connector, its simulator, and what it can hold. */
export type ResponderUnderTest<Fault extends string = never> = {
  readonly connector: ResponderConnector;
  readonly simulator: SimulatorDefinition | OtherSystem<Fault>;
  /** One or more of each kind that it takes. */
  readonly samples: readonly Observable[];
  /** What its list keeps of a hold; a plain list of addresses knows neither. */
  readonly tells: { readonly until: boolean; readonly lease: boolean };
  /** How the path of calls that only log in begins, where there are such; faults then meet them, and the calls beyond. */
  readonly logsInAt?: string;
  /** How the path of calls that only read begins, where they are made as others write. */
  readonly readsAt?: string;
  /** Faults that are this system's words for "nothing is held": who reads must believe them, who acts must not. */
  readonly saysNothingHeld?: readonly FaultName[];
};

type Patience = { readonly timeoutMs?: number; readonly environment?: Readonly<Record<string, string>> };

const HOUR_MS = 3_600_000;

/** The instant that many hours from now, on a whole second: some systems know no smaller time. */
function inHours(hours: number): string {
  return new Date(Math.ceil((Date.now() + hours * HOUR_MS) / 1000) * 1000).toISOString();
}

/** A hold as an approved order asks for it. */
export function holdOf(target: Observable, more: Partial<Hold> = {}): Hold {
  return { target, leaseId: 'tg-7000000001-42', until: inHours(4), by: 'Ana', digest: '3fa1 09bc', ...more };
}

/** Whether two instants are the same but for what systems round. */
function isAbout(instant: string | null, expected: string): boolean {
  return instant !== null && Math.abs(Date.parse(instant) - Date.parse(expected)) <= 5_000;
}

/** Tests every promise that a responder keeps, over its simulator. Call it once at the top of the connector's test. */
export function describeResponder<Fault extends string = never>(tested: ResponderUnderTest<Fault>): void {
  const { connector, simulator, samples, tells, saysNothingHeld = [] } = tested;
  const rest = { connector, samples, tells, saysNothingHeld };
  if ('serve' in simulator) describePromises({ ...rest, system: simulator });
  else describePromises({ ...rest, system: overHttp(connector, simulator, tested) });
}

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];

function overHttp(
  connector: ResponderConnector,
  definition: SimulatorDefinition,
  { logsInAt, readsAt }: Pick<ResponderUnderTest, 'logsInAt' | 'readsAt'>,
): OtherSystem<FaultName> {
  // The first rule that fits is taken: what is late by nothing is without a fault.
  const sparing = (path: string | undefined): readonly FaultRule[] =>
    path === undefined ? [] : [{ fault: 'slow', delayMs: 0, path }];
  const rulesAt: Readonly<Record<Place, (rule: FaultRule) => readonly FaultRule[]>> = {
    'log-in': (rule) => [logsInAt === undefined ? rule : { ...rule, path: logsInAt }],
    call: (rule) => [...sparing(logsInAt), rule],
    write: (rule) => [...sparing(logsInAt), ...sparing(readsAt), ...WRITES.map((method) => ({ ...rule, method }))],
  };
  return {
    serve: async () => {
      const simulator: Simulator = await serveSimulator(definition);
      return {
        ...simulator,
        setFault: (fault, place, delayMs = 0) => simulator.setFaults(rulesAt[place]({ fault, delayMs })),
        clearFaults: () => simulator.setFaults([]),
      };
    },
    open: (environment, timeoutMs) => {
      const open: CreateHttp = (options) => createHttp({ ...options, timeoutMs, maxBytes: 256 * 1024 });
      return connector.create(connector.settings.parse(environment), open);
    },
    faults: SOURCE_FAULTS.filter(({ fault }) => fault !== 'other-observable'),
    hasLogIn: logsInAt !== undefined,
  };
}

type Promised<Fault extends string> = Pick<ResponderUnderTest, 'connector' | 'samples' | 'tells'> & {
  readonly system: OtherSystem<Fault>;
  readonly saysNothingHeld: readonly string[];
};

function describePromises<Fault extends string>(promised: Promised<Fault>): void {
  const { connector, system, samples, tells, saysNothingHeld } = promised;
  const [sample] = samples;
  if (sample === undefined) throw new Error(`${connector.id}: give a sample of each kind`);

  describe(`${connector.id} as a responder`, () => {
    let simulator: Awaited<ReturnType<typeof system.serve>>;
    beforeAll(async () => {
      simulator = await system.serve();
    });
    beforeEach(() => simulator.reset());
    afterAll(() => simulator.close());

    const open = ({ timeoutMs = 10_000, environment = simulator.settings }: Patience = {}): Responder =>
      system.open(environment, timeoutMs);
    const signal = new AbortController().signal;
    const failureOf = async (call: Promise<unknown>): Promise<ConnectorError> => {
      const outcome = await call.catch((error: unknown) => error);
      if (outcome instanceof ConnectorError) return outcome;
      throw new Error(`expected a ConnectorError, got ${inspect(outcome)}`);
    };

    it('has a sample of every kind that it takes', () => {
      expect(new Set(samples.map(({ kind }) => kind))).toEqual(new Set(connector.kinds));
    });

    it('has settings that carry its name, one of which switches it on', () => {
      const names = Object.keys(connector.settings.shape);

      expect(names).toContain(connector.switchOn);
      expect(names.filter((name) => !name.startsWith(`${connector.id.replaceAll('-', '_').toUpperCase()}_`))).toEqual(
        [],
      );
    });

    describe.each(samples)('$kind $value', (target) => {
      // A machine is isolated until it is let back: no system knows an end of that.
      const tellsUntil = tells.until && target.kind !== 'host';

      it('is known to be SocBot’s by its lease, or the connector says that its list tells none', () => {
        expect(connector.isPlainList ?? false).toBe(!tells.lease);
      });

      it('is held, and the system says so', async () => {
        const hold = holdOf(target);
        const responder = open();

        expect(await responder.contain(hold, signal)).toEqual({ isDone: true });

        const held = await responder.readBack(target, signal);
        expect(held).toMatchObject({ system: connector.id, target });
        expect(held?.leaseId).toBe(tells.lease ? hold.leaseId : null);
        if (tellsUntil) expect(held?.until).toSatisfy((until: string | null) => isAbout(until, hold.until));
        expect((await responder.list(signal)).map((one) => observableKey(one.target))).toEqual([observableKey(target)]);
      });

      it('is held once, however often it is asked', async () => {
        const hold = holdOf(target);

        for (const responder of [open(), open(), open()]) await responder.contain(hold, signal);

        expect(await open().list(signal)).toHaveLength(1);
        expect(simulator.entries()).toHaveLength(1);
      });

      it('is held longer by the same lease, in one entry', async () => {
        const responder = open();
        await responder.contain(holdOf(target), signal);

        expect(await responder.contain(holdOf(target, { until: inHours(9) }), signal)).toEqual({ isDone: true });

        const held = await responder.list(signal);
        expect(held).toHaveLength(1);
        if (tellsUntil) expect(held[0]?.until).toSatisfy((until: string | null) => isAbout(until, inHours(9)));
      });

      it('is let go, and the system says so', async () => {
        const responder = open();
        const hold = holdOf(target);
        await responder.contain(hold, signal);

        expect(await responder.release({ target, leaseId: hold.leaseId }, signal)).toEqual({ isDone: true });

        expect(await responder.readBack(target, signal)).toBeNull();
        expect(await responder.list(signal)).toEqual([]);
      });

      it('is free already when nothing holds it', async () => {
        const responder = open();

        expect(await responder.readBack(target, signal)).toBeNull();
        expect(await responder.release({ target, leaseId: 'tg-7000000001-42' }, signal)).toEqual({ isDone: true });
        expect(await responder.release({ target, leaseId: null }, signal)).toEqual({ isDone: true });
      });

      it.skipIf(!tells.lease)('stays held when another lease is let go', async () => {
        const responder = open();
        const hold = holdOf(target);
        await responder.contain(hold, signal);

        await responder.release({ target, leaseId: 'tg-7000000001-43' }, signal);

        expect(await responder.readBack(target, signal)).toMatchObject({ leaseId: hold.leaseId });
      });

      it('is let go by whatever lease when none is named', async () => {
        const responder = open();
        await responder.contain(holdOf(target), signal);

        await responder.release({ target, leaseId: null }, signal);

        expect(await responder.readBack(target, signal)).toBeNull();
      });

      it('is held once after a call whose answer was lost was made again', async () => {
        simulator.setFault('drop-after', 'call');
        const failure = await failureOf(open().contain(holdOf(target), signal));
        expect(failure.isUndone).toBe(false);
        simulator.clearFaults();

        await open().contain(holdOf(target), signal);

        expect(await open().list(signal)).toHaveLength(1);
      });

      it('is held once after what it wrote was done, the answer was lost, and it was written again', async () => {
        simulator.setFault('drop-after', 'write');
        const failure = await failureOf(open().contain(holdOf(target), signal));
        expect(failure.isUndone).toBe(false);
        simulator.clearFaults();

        expect(await open().contain(holdOf(target), signal)).toEqual({ isDone: true });

        expect(await open().list(signal)).toHaveLength(1);
        expect(simulator.entries()).toHaveLength(1);
      });

      it('is seen not to be held where the system said yes and did nothing', async () => {
        simulator.setFault('no-effect', 'call');
        await open()
          .contain(holdOf(target), signal)
          .catch(() => undefined);
        simulator.clearFaults();

        expect(await open().readBack(target, signal)).toBeNull();
      });
    });

    const verbs = {
      contain: async (responder: Responder) => responder.contain(holdOf(sample), signal),
      release: async (responder: Responder) =>
        responder.release({ target: sample, leaseId: 'tg-7000000001-42' }, signal),
      readBack: async (responder: Responder) => responder.readBack(sample, signal),
      list: async (responder: Responder) => responder.list(signal),
    };
    const places = system.hasLogIn ? (['log-in', 'call'] as const) : (['call'] as const);
    const isBelieved = (verb: string, fault: string): boolean =>
      saysNothingHeld.includes(fault) && (verb === 'readBack' || verb === 'list');
    const cases = places.flatMap((place) =>
      (Object.keys(verbs) as (keyof typeof verbs)[]).flatMap((verb) =>
        system.faults
          .filter(({ fault }) => place === 'log-in' || !isBelieved(verb, fault))
          .map((row) => ({ verb, place, ...row })),
      ),
    );

    it.each(cases)('turns $fault at the $place into $kind when it is to $verb, never into an answer', async (row) => {
      await open().contain(holdOf(sample), signal);
      simulator.setFault(row.fault, row.place, 60_000);

      const failure = await failureOf(verbs[row.verb](open(row.isWaitedFor ? { timeoutMs: 250 } : {})));

      expect(failure).toMatchObject({ kind: row.kind, connector: connector.id });
      const everything = `${inspect(failure, { depth: null, showHidden: true })}${failure.stack}`;
      for (const secret of secretsIn(simulator.settings)) expect(everything).not.toContain(secret);
    });

    it.each(Object.keys(verbs) as (keyof typeof verbs)[])(
      'stops when it is cancelled on the way to %s',
      async (verb) => {
        const aborted = AbortSignal.abort();
        const calls = {
          contain: async () => open().contain(holdOf(sample), aborted),
          release: async () => open().release({ target: sample, leaseId: null }, aborted),
          readBack: async () => open().readBack(sample, aborted),
          list: async () => open().list(aborted),
        };

        expect(await failureOf(calls[verb]())).toBeInstanceOf(ConnectorError);
        expect(simulator.entries()).toEqual([]);
      },
    );

    it('knows that a call which nobody took was not made', async () => {
      const gone = await system.serve();
      await gone.close();

      const failure = await failureOf(open({ environment: gone.settings }).contain(holdOf(sample), signal));

      expect(failure).toMatchObject({ kind: 'unreachable', isUndone: true });
    });
  });
}

/** Whatever looks like a secret in a simulator's settings. */
function secretsIn(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) =>
    /KEY|TOKEN|SECRET|PASSWORD/.test(name) && value.length >= 8 ? [value] : [],
  );
}
