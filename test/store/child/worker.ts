import type { AuditEntry } from '#store/audit-record.ts';
import type { Bind } from '#store/bind-account.ts';
import type { Claim } from '#store/claim.ts';
import type { CodeProof } from '#store/judge-code.ts';
import type { LeaseAttempt } from '#store/leases.ts';
import { openStore, type StorePlace } from '#store/open-store.ts';

/** What the process is asked to do, all at once. */
export type Task =
  | { readonly claims: readonly Claim[] }
  | { readonly appends: readonly AuditEntry[] }
  | { readonly proofs: readonly CodeProof[] }
  | { readonly binds: readonly Bind[] }
  | { readonly begins: readonly LeaseAttempt[] };

/** What seals the tests' secrets. */
const KEYS = [new Uint8Array(32).fill(1)];

/**
 * A process of its own that shares the test's store. Says `ready` once the store is open; then does what it is sent and
 * sends back what came of it.
 */
const place = JSON.parse(process.argv[2] ?? '') as StorePlace;
const store = await openStore(place);

process.on('message', (task: Task) => {
  void perform(task).then((results) => process.send?.(results));
});
process.send?.('ready');

async function perform(task: Task): Promise<unknown[]> {
  if ('claims' in task) return Promise.all(task.claims.map(async (claim) => store.lookups.claim(claim)));
  if ('appends' in task) return Promise.all(task.appends.map(async (entry) => store.audit.append([entry])));
  if ('binds' in task) return Promise.all(task.binds.map(async (wish) => store.accounts.bind(wish)));
  if ('begins' in task) return Promise.all(task.begins.map(async (attempt) => store.leases.begin(attempt)));
  return Promise.all(task.proofs.map(async (proof) => store.secondFactors(KEYS).verify(proof)));
}
