import type { Observable, ObservableKind } from '#domain/observable.ts';
import { observableKey } from '#domain/observable.ts';
import { ADDRESS_STORIES } from './world-addresses.ts';
import { FILE_STORIES } from './world-files.ts';
import { NAME_STORIES } from './world-names.ts';

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

/**
 * What a simulator finds when it is asked: `observable` is what its answer must be about. That is what was asked,
 * unless the simulator has been told to lie.
 */
export type Found = { readonly observable: Observable; readonly story: Story | undefined };

/** The world as a simulator sees it. */
export type World = { readonly stories: readonly Story[]; find(observable: Observable): Found };

/** The stories that the simulators of SocBot tell; everything else is unknown to all of them. */
export const STORIES: readonly Story[] = [...ADDRESS_STORIES, ...NAME_STORIES, ...FILE_STORIES];

/** Makes a world of stories; a file is found by any of its three hashes. */
export function createWorld(stories: readonly Story[] = STORIES): World {
  const byKey = new Map(stories.flatMap((story) => keysOf(story).map((key) => [key, story] as const)));
  return { stories, find: (observable) => ({ observable, story: byKey.get(observableKey(observable)) }) };
}

function keysOf({ observable, file }: Story): string[] {
  if (!file) return [observableKey(observable)];
  return (['md5', 'sha1', 'sha256'] as const).map((kind) => observableKey({ kind, value: file[kind] }));
}

const ANOTHER: Readonly<Record<ObservableKind, string>> = {
  ipv4: '192.0.2.254',
  ipv6: '2001:db8::fe',
  cidr: '192.0.2.240/28',
  domain: 'another.example',
  url: 'https://another.example/',
  email: 'somebody@another.example',
  md5: 'fe'.repeat(16),
  sha1: 'fe'.repeat(20),
  sha256: 'fe'.repeat(32),
};

/** A world that lies: whatever is asked, the answer is about another observable of the same kind, and harmless. */
export function createMixedUpWorld(world: World): World {
  return {
    stories: world.stories,
    find: ({ kind }) => {
      const observable = { kind, value: ANOTHER[kind] };
      return { observable, story: { ...HARMLESS, observable } };
    },
  };
}

const HARMLESS: Omit<Story, 'observable'> = {
  tells: 'Something else, and harmless.',
  file: {
    md5: ANOTHER.md5,
    sha1: ANOTHER.sha1,
    sha256: ANOTHER.sha256,
    name: 'another.txt',
    type: 'Text',
    extension: 'txt',
    sizeBytes: 12,
  },
  network: { asn: 64511, owner: 'Another Network', country: 'CH', cidr: '192.0.2.240/28' },
  registration: { registrar: 'Another Registrar', registeredDaysAgo: 4000 },
  engines: { malicious: 0, suspicious: 0, harmless: 60, undetected: 30, analysedDaysAgo: 1 },
  abuse: { confidence: 0, reports: 0, reporters: 0, lastReportedDaysAgo: null, isWhitelisted: true, usage: 'Reserved' },
  services: { ports: [443], hostnames: [], tags: [], cves: [], cpes: [] },
  downloads: { url: ANOTHER.url, status: 'offline', tags: [], addedDaysAgo: 900, urlCount: 1 },
  indicator: {
    malware: 'Another',
    malwareId: 'win.another',
    threat: 'payload',
    confidence: 25,
    firstSeenDaysAgo: 900,
    lastSeenDaysAgo: 900,
    tags: [],
  },
  sample: { signature: null, tags: [], firstSeenDaysAgo: 900, origin: 'CH' },
  knownFile: { source: 'NSRL', trust: 100 },
};

/** A time that many days before now, as ISO 8601 in UTC, without fractions of a second. */
export function daysAgo(days: number, now: number = Date.now()): string {
  return new Date(now - days * 86_400_000).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
