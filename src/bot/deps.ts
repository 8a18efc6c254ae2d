import type { BlockingGuard } from '#domain/guard.ts';
import type { Markings, Tlp } from '#domain/marking.ts';
import type { SourceProfile } from '#domain/source.ts';
import type { Log } from '#src/log.ts';
import type { Store } from '#store/open-store.ts';
import type { AccessList } from './access.ts';
import type { BusyGauge } from './busy-gauge.ts';
import type { Desk } from './desk.ts';

/** What the bot's features need of the rest of SocBot. */
export type BotDeps = {
  readonly desk: Desk;
  readonly audit: Store['audit'];
  readonly marks: Store['marks'];
  readonly log: Log;
  readonly access: AccessList;
  readonly sources: readonly SourceProfile[];
  /** Ids of the systems that enforce; none when none is switched on. */
  readonly systems: readonly string[];
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
  readonly approvalLifeMs: number;
  readonly executionWindowMs: number;
  readonly defaultBlockMs: number;
  readonly longestBlockMs: number;
  readonly markings: Markings;
  readonly telegramMaxTlp: Tlp;
};
