import type { Observable } from '#domain/observable.ts';

/** How much stands against a containment: nobody may, two people with a typed reason may, or it is only told. */
export type GuardTier = 'never' | 'two_people' | 'tell';

/** One thing that speaks against a target; `why` is a sentence fit for a card. */
export type GuardFinding = { readonly tier: GuardTier; readonly why: string };

/** A warning list that names a target. `list` is its folder's name, `title` says in our words what is on it. */
export type ListHit = { readonly list: string; readonly title: string; readonly tier: GuardTier };

/** What SocBot itself needs to go on working: a host by name or address, or a network in slash notation. */
export type Lifeline = { readonly name: string; readonly what: 'host' | 'network'; readonly value: string };

/** A machine of ours. Its addresses are never blocked; isolating it depends on its tier. */
export type OwnHost = {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly tier: 'workstation' | 'server' | 'critical';
};

/** Everything that the guard holds a target against. One object per configuration: what is read of it is kept. */
export type Guard = {
  /** Addresses and networks in slash notation. */
  readonly ownNetworks: readonly string[];
  /** Names of ours; what lies beneath them is ours too. */
  readonly ownDomains: readonly string[];
  /** Those of this installation. Telegram's are known already. */
  readonly lifelines: readonly Lifeline[];
  readonly hosts: readonly OwnHost[];
  /** True in the training range alone, whose whole world lies in ranges and names kept for documentation. */
  readonly allowDocumentationRanges: boolean;
  readonly lists: { find(observable: Observable): readonly ListHit[] };
};
