import type { GuardFinding } from '#domain/guard/guard.ts';
import type { Held } from './responder.ts';

/** A machine of ours that an act would cut off. `null`: nobody wrote down whose it is. */
type HostFacts = { readonly name: string; readonly owner: string | null; readonly tier: string };

/** What a containment would hit, as far as anybody could tell before it was decided. */
export type Impact = {
  readonly findings: readonly GuardFinding[];
  readonly hosts: readonly HostFacts[];
  /** Own machines that used the target in the last 24 hours; null where no log was asked. */
  readonly seenOn: readonly string[] | null;
  /** What is enforced already. */
  readonly held: readonly Held[];
  /** Systems that could not be read, and whose holds are not known. */
  readonly unread: readonly string[];
};
