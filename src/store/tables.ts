/**
 * The tables as Kysely sees them, the same on SQLite and PostgreSQL: text and whole numbers, times as ISO 8601 text in
 * UTC with milliseconds (so that text order is time order), JSON as text.
 */
export type Tables = {
  schema_version: { version: number };
  lookup_calls: LookupCallRow;
  lookup_slots: LookupSlotRow;
  blocks: BlockRow;
  block_effects: BlockEffectRow;
  ended_leases: { target: string; lease_id: string; ended_at: string };
  leases: LeaseRow;
  second_factors: SecondFactorRow;
  second_factor_answers: SecondFactorAnswerRow;
  invites: InviteRow;
  accounts: { telegram_id: number; person: string; bound_at: string; invite: string };
  audit: AuditRow;
  checkpoints: CheckpointRow;
  marks: { name: string; value: string; set_at: string };
};

/** One call to a source, from the moment it may go out. `failed` calls stay only to count against the quota. */
export type LookupCallRow = {
  call_id: string;
  source: string;
  observable_key: string;
  request_id: string;
  asked_by: string;
  asked_at: string;
  state: 'asking' | 'answered' | 'lost' | 'failed';
  /** 1 where a person wanted it although an earlier call was lost. */
  insisted: number;
  report: string | null;
  answered_at: string | null;
};

/** A place in the queue for a source's quota, first come first served by `place`. */
export type LookupSlotRow = {
  source: string;
  observable_key: string;
  request_id: string;
  place: number;
  slot_at: string;
};

/** What the block feed enforces now: one row, one lease, per target. */
export type BlockRow = {
  target: string;
  lease_id: string;
  until: string;
  asked_by: string;
  digest: string;
  put_at: string;
};

/** Each change of the block list, for counting acts. `version` is random and names the list after the change. */
export type BlockEffectRow = {
  seq: number;
  version: string;
  at: string;
  act: 'added' | 'changed' | 'removed';
  target: string;
  lease_id: string;
};

/** One hold in one system: `beginning` before the system is asked, `held` after it said yes, `ended` for ever. */
export type LeaseRow = {
  system: string;
  target: string;
  lease_id: string;
  until: string;
  asked_by: string;
  digest: string;
  state: 'beginning' | 'held' | 'ended';
  /** The attempt that may act: a later one takes the right from an earlier one. */
  attempt: string;
  begun_at: string;
  /** Which target of its request it is, from 0. */
  place: number;
};

/** A person's authenticator. The secret is sealed; `last_step` is the thirty seconds of the last code that counted. */
export type SecondFactorRow = {
  person: string;
  secret: string;
  enrolled_at: string;
  last_step: number;
  failures: number;
  locked_until: string | null;
};

/** What was answered to a code, by the update that brought it; never the code. */
type SecondFactorAnswerRow = { person: string; key: string; at: string; answer: string };

/** A way to bind an account to a person, once; by whom and with which update it was used. */
export type InviteRow = {
  hash: string;
  person: string;
  until: string;
  used_by: number | null;
  used_key: string | null;
};

/** One record of the audit chain. */
export type AuditRow = {
  seq: number;
  at: string;
  who: string | null;
  telegram_id: number | null;
  chat: number | null;
  request: string | null;
  action: string;
  target: string | null;
  digest: string | null;
  outcome: string;
  detail: string | null;
  key: string | null;
  previous_hash: string;
  hash: string;
};

/** A signed checkpoint over the first `size` records. */
export type CheckpointRow = {
  size: number;
  /** The whole signed note. */
  note: string;
  /** The subtrees to go on with, hex, separated by spaces. */
  roots: string;
  taken_at: string;
  /** When the audit chat had it; null while it has not. */
  told_at: string | null;
};
