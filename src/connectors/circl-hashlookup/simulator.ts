import type { SimulatedAnswer, SimulatorDefinition } from '#connectors/simulator-definition.ts';
import type { FileTraits, Story } from '#connectors/world-story.ts';

const HASHES = {
  md5: { title: 'MD5', form: /^[0-9a-f]{32}$/i },
  sha1: { title: 'SHA-1', form: /^[0-9a-f]{40}$/i },
  sha256: { title: 'SHA-256', form: /^[0-9a-f]{64}$/i },
} as const;

/** CIRCL hashlookup on loopback: the known files of the world. It asks for no key. */
export const circlHashlookupSimulator: SimulatorDefinition = {
  name: 'circl-hashlookup',
  rateLimited: { status: 429, json: { message: 'Too many requests' } },
  settings: (url) => ({ CIRCL_HASHLOOKUP_URL: url, CIRCL_HASHLOOKUP_ENABLED: 'true' }),
  respond: ({ method, path }, world) => {
    const [, kind, hash] = /^\/lookup\/(md5|sha1|sha256)\/([^/]+)$/.exec(path) ?? [];
    if (method !== 'GET' || !isHashKind(kind) || hash === undefined) {
      return { status: 404, json: { message: 'The requested URL was not found on the server.' } };
    }
    const { title, form } = HASHES[kind];
    if (!form.test(hash)) {
      return { status: 400, json: { message: `${title} value incorrect, expecting a ${title} value in hex format` } };
    }
    const { file, knownFile } = world.find({ kind, value: hash.toLowerCase() }).story ?? {};
    if (file && knownFile) return recordOf(file, knownFile);
    return { status: 404, json: { message: `Non existing ${title}`, query: hash } };
  },
};

function isHashKind(kind: string | undefined): kind is keyof typeof HASHES {
  return kind !== undefined && Object.hasOwn(HASHES, kind);
}

function recordOf(file: FileTraits, known: NonNullable<Story['knownFile']>): SimulatedAnswer {
  const accuser = known.knownMaliciousBy === undefined ? {} : { KnownMalicious: known.knownMaliciousBy };
  return {
    status: 200,
    json: {
      FileName: file.name,
      FileSize: String(file.sizeBytes),
      MD5: file.md5.toUpperCase(),
      'SHA-1': file.sha1.toUpperCase(),
      'SHA-256': file.sha256.toUpperCase(),
      source: known.source,
      db: 'nsrl_modern_rds',
      'hashlookup:parent-total': 2,
      'hashlookup:trust': known.trust,
      ...accuser,
    },
  };
}
