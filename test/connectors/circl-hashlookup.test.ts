import { describe, expect, it } from 'vitest';
import { circlHashlookup } from '#connectors/circl-hashlookup/index.ts';
import { circlHashlookupSimulator } from '#connectors/circl-hashlookup/simulator.ts';
import type { Observable } from '#domain/observable.ts';
import { answerWith } from '#support/fixed-answer.ts';
import { describeSource } from '#support/source-contract.ts';
import { worldFile } from '#support/world-file.ts';

const EICAR = worldFile('eicar.com');
const PAGER = worldFile('less');

describeSource({
  connector: circlHashlookup,
  simulator: circlHashlookupSimulator,
  samples: {
    malicious: [
      { kind: 'sha256', value: EICAR.sha256 },
      { kind: 'md5', value: EICAR.md5 },
    ],
    no_hits: [
      { kind: 'sha256', value: PAGER.sha256 },
      { kind: 'sha1', value: PAGER.sha1 },
      { kind: 'md5', value: PAGER.md5 },
    ],
    unknown: [{ kind: 'sha256', value: worldFile('invoice.dll').sha256 }],
  },
});

const SHA256: Observable = {
  kind: 'sha256',
  value: '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
};

const FILE = {
  FileName: './bin/ls',
  FileSize: '142144',
  MD5: '0A4B3E9C1E6A9A6C3D6F0B0E4B6F0C0D',
  'SHA-1': '0123456789ABCDEF0123456789ABCDEF01234567',
  'SHA-256': SHA256.value.toUpperCase(),
  source: 'NSRL',
  db: 'nsrl_modern_rds',
  'hashlookup:parent-total': 2,
  'hashlookup:trust': 60,
};
const { 'SHA-256': _, ...FILE_WITHOUT_SHA256 } = FILE;

async function lookUp(asked: Observable, body: unknown, status = 200) {
  const settings = circlHashlookup.settings.parse({ CIRCL_HASHLOOKUP_ENABLED: 'true' });
  return circlHashlookup.create(settings, answerWith(body, status)).lookUp(asked, AbortSignal.timeout(5000));
}

describe('CIRCL hashlookup', () => {
  it('says that a file is known, which is not the same as harmless', async () => {
    const report = await lookUp(SHA256, FILE);

    expect(report).toEqual({
      level: 'no_hits',
      summary: 'Known file, trust 60 %',
      facts: [
        { label: 'A name of it', value: './bin/ls' },
        { label: 'Set', value: 'NSRL' },
        { label: 'In packages', value: '2' },
        { label: 'Trust', value: '60 %' },
      ],
    });
  });

  it.each([
    ['malshare.com', 0, 'malicious', 'Called malicious by malshare.com, trust 0 %'],
    ['malshare.com', 100, 'suspicious', 'Called malicious by malshare.com, trust 100 %'],
    [['malshare.com', 'other.example'], 10, 'malicious', 'Called malicious by malshare.com, other.example, trust 10 %'],
    [1, 49, 'malicious', 'Called malicious by an unnamed source, trust 49 %'],
    [{ a: 1 }, 50, 'suspicious', 'Called malicious by an unnamed source, trust 50 %'],
    [[[]], '7', 'malicious', 'Called malicious by an unnamed source, trust 7 %'],
  ])('hears the accuser %j against a trust of %s: %s', async (accuser, trust, level, summary) => {
    const report = await lookUp(SHA256, { ...FILE, KnownMalicious: accuser, 'hashlookup:trust': trust });

    expect(report).toMatchObject({ level, summary });
  });

  it.each([[null], [false], [''], [0]])('does not take %j for an accuser', async (accuser) => {
    const report = await lookUp(SHA256, { ...FILE, KnownMalicious: accuser });

    expect(report.level).toBe('no_hits');
  });

  it('suspects a file that CIRCL trusts little', async () => {
    const report = await lookUp(SHA256, { ...FILE, 'hashlookup:trust': 49 });

    expect(report).toMatchObject({ level: 'suspicious', summary: 'Known file, but hardly trusted, trust 49 %' });
  });

  it('gives no opinion from a record that does not repeat the hash', async () => {
    const report = await lookUp(SHA256, FILE_WITHOUT_SHA256);

    expect(report.level).toBe('context');
    expect(report.summary).toContain('does not repeat the hash');
  });

  it('still hears an accusation in a record that does not repeat the hash', async () => {
    const report = await lookUp(SHA256, {
      ...FILE_WITHOUT_SHA256,
      KnownMalicious: 'malshare.com',
      'hashlookup:trust': 0,
    });

    expect(report.level).toBe('malicious');
  });

  it('knows nothing of a file in none of its sets', async () => {
    const report = await lookUp(SHA256, { message: 'Non existing SHA-256', query: SHA256.value }, 404);

    expect(report.level).toBe('unknown');
  });

  it('refuses an answer about another file', async () => {
    const answer = lookUp({ kind: 'sha256', value: '0'.repeat(64) }, FILE);

    await expect(answer).rejects.toMatchObject({ kind: 'malformed_response', connector: 'circl-hashlookup' });
  });

  it.each([
    ['a 404 of somebody else', 404, { message: 'The requested URL was not found' }, 'malformed_response'],
    ['a 404 without JSON', 404, undefined, 'malformed_response'],
    ['"non existing" with a 200', 200, { message: 'Non existing SHA-256' }, 'malformed_response'],
    ['a hash that it does not accept', 400, { message: 'SHA-256 value incorrect' }, 'refused'],
    ['too many calls', 429, {}, 'rate_limited'],
    ['a record without trust', 200, { ...FILE, 'hashlookup:trust': undefined }, 'malformed_response'],
    ['a trust over 100', 200, { ...FILE, 'hashlookup:trust': 1000 }, 'malformed_response'],
    ['a trust that is no number', 200, { ...FILE, 'hashlookup:trust': 'high' }, 'malformed_response'],
    ['an empty record', 200, {}, 'malformed_response'],
    ['an empty 204', 204, undefined, 'malformed_response'],
  ])('never makes a report of %s', async (_case, status, body, kind) => {
    const answer = lookUp(SHA256, body, status);

    await expect(answer).rejects.toMatchObject({ kind });
  });

  it('refuses a kind that it cannot be asked about', async () => {
    const answer = lookUp({ kind: 'domain', value: 'evil.example' }, FILE);

    await expect(answer).rejects.toMatchObject({ kind: 'refused' });
  });
});
