import type { OwnHost } from '#domain/guard/guard.ts';
import type { Markings, Tlp } from '#domain/marking.ts';
import type { Person } from '#domain/person.ts';
import type { Limits, Rules } from '#domain/policy.ts';
import type { Secret } from '#domain/secret.ts';
import type { LogLevel } from '#src/log.ts';
import type { ListenAddress } from './listen-address.ts';
import type { ResponderOff, ResponderOn } from './responders.ts';
import type { SourceOff, SourceOn } from './sources.ts';
import type { TemporalCluster } from './temporal.ts';

/** A group that SocBot posts to. Ids of groups are negative. */
type Group = { readonly name: string; readonly id: number };

/** Who may have what done, and how long it lasts where nobody says; times in milliseconds. */
type Policy = {
  readonly rules: Rules;
  readonly limits: Limits;
  readonly defaultBlockMs: number;
  readonly defaultIsolationMs: number;
};

/** Where the block lists are served, and to whom: whoever has the token, and comes from one of these networks. */
type BlockFeed = ListenAddress & {
  readonly token: Secret | null;
  readonly allow: readonly string[] | null;
  readonly isDryRun: boolean;
};

/** Everything SocBot is told from outside, checked. Frozen; printing it shows no secret. */
export type Config = {
  /** `range`: a training range with simulated systems; `telegram`: the real thing. */
  readonly mode: 'range' | 'telegram';
  readonly telegram: { readonly token: Secret; readonly apiRoot: string } | null;
  /** Signs buttons. Text of 32 bytes or more; `keyBytesOf` gives the bytes. */
  readonly signingKey: Secret;
  /** Signs checkpoints of the audit; null: the one in the data directory, made at its first use. */
  readonly auditKey: Secret | null;
  /** The group that is told checkpoints of the audit. */
  readonly auditChat: number | null;
  /** Encrypt what Temporal keeps, the first; the others only decrypt. None: it is kept in plain. */
  readonly payloadKeys: readonly Secret[];
  /** An absolute path. */
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  /** Null: SocBot runs a Temporal server of its own. */
  readonly temporal: TemporalCluster | null;
  /** PostgreSQL; null: a SQLite file in the data directory. */
  readonly databaseUrl: Secret | null;
  readonly blockFeed: BlockFeed | null;
  /** Where people, policy and networks are read from; null where the texts were given. */
  readonly settingsFile: string | null;
  readonly people: readonly Person[];
  readonly groups: readonly Group[];
  /** CIDR, in one spelling each; never blocked. */
  readonly ownNetworks: readonly string[];
  readonly ownDomains: readonly string[];
  /** Machines of ours that are written down, by their names in lower case. */
  readonly hosts: readonly (OwnHost & { readonly owner: string | null })[];
  readonly policy: Policy;
  readonly lookUp: {
    /** How long a source's answer is used again instead of asking. */
    readonly reuseMs: number;
    /** When the first card goes out, whoever has not answered by then. */
    readonly firstCardMs: number;
  };
  readonly markings: { readonly default: Markings; readonly telegramMaxTlp: Tlp };
  /** Whether the addresses of RFC 5737 and RFC 3849 may be blocked: in the training range, which consists of them. */
  readonly allowDocumentationRanges: boolean;
  /** Ports that must be used; where one is missing, any free one will do. */
  readonly ports: { readonly page?: number; readonly ui?: number; readonly temporal?: number };
  /** Where the Temporal binary is, and where a fetched one is kept, if somebody said so. */
  readonly binary: { readonly path?: string; readonly cacheDir?: string };
  /** Every system is told nothing, and everything is checked and shown as if it were. */
  readonly isDryRun: boolean;
  readonly responders: readonly ResponderOn[];
  readonly respondersOff: readonly ResponderOff[];
  readonly sources: readonly SourceOn[];
  readonly off: readonly SourceOff[];
};
