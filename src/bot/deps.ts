import type { BlockingGuard } from '#domain/guard.ts';
import type { GuardFinding, OwnHost } from '#domain/guard/guard.ts';
import type { Markings, Tlp } from '#domain/marking.ts';
import type { Observable } from '#domain/observable.ts';
import type { Person } from '#domain/person.ts';
import type { Limits, Rules } from '#domain/policy.ts';
import type { ResponderProfile } from '#domain/responder.ts';
import type { SourceProfile } from '#domain/source.ts';
import type { Log } from '#src/log.ts';
import type { Store } from '#store/open-store.ts';
import type { SecondFactors } from '#store/second-factors.ts';
import type { AccessList } from './access.ts';
import type { BusyGauge } from './busy-gauge.ts';
import type { Desk } from './desk.ts';

/** What the bot's features need of the rest of SocBot. */
export type BotDeps = {
  readonly desk: Desk;
  readonly audit: Store['audit'];
  readonly marks: Store['marks'];
  readonly secondFactors: Pick<SecondFactors, 'verify'>;
  readonly log: Log;
  readonly access: AccessList;
  /** Everybody SocBot listens to, as it was at most so many milliseconds ago; a few seconds unless said. */
  readonly people: (mostMs?: number) => Promise<readonly Person[]>;
  readonly accounts: Pick<Store['accounts'], 'bind'>;
  readonly sources: readonly SourceProfile[];
  readonly leases: Store['leases'];
  /** The systems that enforce, SocBot's own lists among them; none when none is switched on. */
  readonly responders: readonly ResponderProfile[];
  /** Everything that speaks against holding a target off. */
  readonly judge: (target: Observable) => readonly GuardFinding[];
  /** Machines of ours that are written down. */
  readonly hosts: readonly (OwnHost & { readonly owner: string | null })[];
  readonly guard: BlockingGuard;
  readonly keys: readonly Uint8Array[];
  readonly busy: BusyGauge;
  readonly settings: BotSettings;
  /** The present, ISO 8601. */
  readonly now: () => string;
};

/** Times in milliseconds. */
type BotSettings = {
  readonly firstCardMs: number;
  readonly rules: Rules;
  readonly limits: Limits;
  readonly defaultBlockMs: number;
  readonly defaultIsolationMs: number;
  readonly markings: Markings;
  readonly telegramMaxTlp: Tlp;
};
