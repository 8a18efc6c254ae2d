import type { GuardFinding } from '#domain/guard/guard.ts';
import { type BlockingGuard, objectionToAsking } from './guard.ts';
import type { InvestigationPlan } from './investigation.ts';
import { type Markings, objectionToExposure } from './marking.ts';
import type { Observable, ObservableKind } from './observable.ts';
import type { SourceProfile } from './source.ts';

/** What nobody outside can know anything of, what could be blocked at all, and what speaks against that. */
export type Surroundings = {
  readonly guard: BlockingGuard;
  readonly kinds: readonly ObservableKind[];
  readonly judge: (target: Observable) => readonly GuardFinding[];
};

/**
 * Decides which sources may be asked about an observable under its markings. Sources that do not know this kind of
 * observable are left out; those that the markings forbid are named with the reason, and so are those outside where
 * nobody outside can know anything.
 */
export function planLookUp(
  { observable, notes }: { readonly observable: Observable; readonly notes: readonly string[] },
  markings: Markings,
  sources: readonly SourceProfile[],
  { guard, kinds, judge }: Surroundings,
): InvestigationPlan {
  const isUseless = objectionToAsking(observable, guard) !== null;
  const isTaken = kinds.includes(observable.kind);
  const noBlock = isTaken ? judge(observable).find(({ tier }) => tier === 'never')?.why : undefined;
  const fitting = sources.filter((source) => source.kinds.includes(observable.kind));
  const judged = fitting.map((source) => ({
    source,
    why:
      objectionToExposure(markings, exposureOf(source, observable)) ??
      (isUseless && source.exposure !== 'own' ? 'nobody outside knows it' : null),
  }));
  return {
    observable,
    notes: noBlock === undefined ? notes : [...notes, noBlock],
    isBlockable: isTaken && noBlock === undefined,
    ask: judged.filter(({ why }) => why === null).map(({ source: { id, title } }) => ({ id, title })),
    notAsked: judged.flatMap(({ source: { id, title }, why }) => (why === null ? [] : [{ id, title, why }])),
  };
}

/** A service that rates anything learns less from a hash than from an address, so the hash has a rule of its own. */
function exposureOf(source: SourceProfile, observable: Observable): SourceProfile['exposure'] {
  const isHash = observable.kind === 'md5' || observable.kind === 'sha1' || observable.kind === 'sha256';
  return source.exposure === 'reputation_lookup' && isHash ? 'hash_lookup' : source.exposure;
}
