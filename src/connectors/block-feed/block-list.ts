/** The list that the feed publishes, wherever it is kept. Times are ISO 8601 in UTC. */
export type BlockList = {
  put(block: BlockRequest): Promise<BlockAnswer>;
  remove(lease: { target: string; leaseId: string; now: string }): Promise<{ isRemoved: boolean }>;
  get(target: string): Promise<ListedBlock | null>;
  list(): Promise<readonly ListedBlock[]>;
};

/** `target` is the observable with its kind, as `observableKey` writes it. */
export type ListedBlock = {
  readonly target: string;
  readonly leaseId: string;
  readonly until: string;
  readonly by: string;
};

type BlockRequest = ListedBlock & { readonly digest: string; readonly now: string };

/** `ended`: the lease was lifted before; a late attempt must not bring it back. */
type BlockAnswer =
  | { readonly kind: 'held' }
  | { readonly kind: 'refused'; readonly heldBy: ListedBlock }
  | { readonly kind: 'ended' };
