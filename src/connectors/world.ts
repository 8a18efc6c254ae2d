import type { Observable, ObservableKind } from '#domain/observable.ts';
import { observableKey } from '#domain/observable.ts';
import { ADDRESS_STORIES } from './world-addresses.ts';
import { FILE_STORIES } from './world-files.ts';
import { NAME_STORIES } from './world-names.ts';
import type { Story } from './world-story.ts';

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
  host: 'another-host',
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
