import type { Observable } from '#domain/observable.ts';

/**
 * One observable of the simulated world and what is true of it, in no vendor's words. Each simulator answers from the
 * parts that its vendor would know; a part that is missing is something that nobody has told that vendor. Times are
 * ages in days, so that the world never grows old. For simulators, tests and the range only.
 */
export type Story = {
  readonly observable: Observable;
  /** What is going on, in one sentence, for people who look around in the range. */
  readonly tells: string;
  /** A file under its three names; `observable` is one of them. */
  readonly file?: FileTraits;
  readonly network?: NetworkTraits;
  readonly registration?: { readonly registrar: string; readonly registeredDaysAgo: number };
  /** What the engines of a multi-scanner say. */
  readonly engines?: EngineOpinions;
  /** What victims reported about an address. */
  readonly abuse?: AbuseReports;
  /** What an internet-wide scan found open on an address. */
  readonly services?: ScannedServices;
  /** Malware downloads seen at a URL or on a host. */
  readonly downloads?: MalwareDownloads;
  /** An entry in a list of indicators of known malware. */
  readonly indicator?: MalwareIndicator;
  /** An entry in a collection of malware samples. */
  readonly sample?: MalwareSample;
  /** An entry in a list of known files of operating systems and software. */
  readonly knownFile?: { readonly source: string; readonly trust: number; readonly knownMaliciousBy?: string };
};

export type FileTraits = {
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
  readonly name: string;
  readonly type: string;
  readonly extension: string;
  readonly sizeBytes: number;
};

export type NetworkTraits = {
  readonly asn: number;
  readonly owner: string;
  /** ISO 3166, two letters. */
  readonly country: string;
  readonly cidr: string;
};

type EngineOpinions = {
  readonly malicious: number;
  readonly suspicious: number;
  readonly harmless: number;
  readonly undetected: number;
  readonly analysedDaysAgo: number;
  /** The threat's popular name, e.g. `trojan.cobaltstrike/beacon`. */
  readonly label?: string;
};

type AbuseReports = {
  /** 0 to 100. */
  readonly confidence: number;
  readonly reports: number;
  readonly reporters: number;
  readonly lastReportedDaysAgo: number | null;
  readonly isWhitelisted: boolean;
  readonly usage: string;
};

type ScannedServices = {
  readonly ports: readonly number[];
  readonly hostnames: readonly string[];
  readonly tags: readonly string[];
  readonly cves: readonly string[];
  readonly cpes: readonly string[];
};

export type MalwareDownloads = {
  readonly url: string;
  readonly status: 'online' | 'offline';
  readonly tags: readonly string[];
  readonly addedDaysAgo: number;
  readonly urlCount: number;
};

export type MalwareIndicator = {
  readonly malware: string;
  /** Malpedia's id, e.g. `win.cobalt_strike`. */
  readonly malwareId: string;
  readonly threat: 'botnet_cc' | 'payload_delivery' | 'payload';
  /** For addresses: the port of the control server. */
  readonly port?: number;
  /** 0 to 100. */
  readonly confidence: number;
  readonly firstSeenDaysAgo: number;
  readonly lastSeenDaysAgo: number | null;
  readonly tags: readonly string[];
};

export type MalwareSample = {
  readonly signature: string | null;
  readonly tags: readonly string[];
  readonly firstSeenDaysAgo: number;
  readonly origin: string;
};
