import { describe, expect, it } from 'vitest';
import { threatfox } from '#connectors/threatfox/index.ts';
import { threatfoxSimulator } from '#connectors/threatfox/simulator.ts';
import type { Observable } from '#domain/observable.ts';
import { answerWith } from '#support/fixed-answer.ts';
import { describeSource } from '#support/source-contract.ts';
import { worldFile } from '#support/world-file.ts';

const LOADER = worldFile('invoice.dll');

describeSource({
  connector: threatfox,
  simulator: threatfoxSimulator,
  samples: {
    malicious: [
      { kind: 'ipv4', value: '203.0.113.66' },
      { kind: 'domain', value: 'update-cdn.example' },
      { kind: 'sha256', value: LOADER.sha256 },
      { kind: 'sha1', value: LOADER.sha1 },
      { kind: 'md5', value: LOADER.md5 },
    ],
    unknown: [
      { kind: 'ipv4', value: '203.0.113.6' },
      { kind: 'domain', value: 'cdn.example' },
      { kind: 'url', value: 'http://203.0.113.66/' },
    ],
  },
});

const ADDRESS: Observable = { kind: 'ipv4', value: '192.0.2.1' };
const DOMAIN: Observable = { kind: 'domain', value: 'evil.example' };

const ENTRY = {
  id: '12',
  ioc: '192.0.2.1:443',
  threat_type: 'botnet_cc',
  ioc_type: 'ip:port',
  malware: 'win.cobalt_strike',
  malware_printable: 'Cobalt Strike',
  confidence_level: 75,
  first_seen: '2020-12-06 09:10:23 UTC',
  last_seen: null,
  reporter: 'abuse_ch',
  tags: ['beacon'],
};

async function lookUp(asked: Observable, body: unknown, status = 200) {
  const settings = threatfox.settings.parse({ THREATFOX_AUTH_KEY: 'simulated-key' });
  return threatfox.create(settings, answerWith(body, status)).lookUp(asked, AbortSignal.timeout(5000));
}

async function lookUpEntries(asked: Observable, ...data: unknown[]) {
  return lookUp(asked, { query_status: 'ok', data });
}

describe('ThreatFox', () => {
  it('tells what the address is, how sure it is, and on which port', async () => {
    const report = await lookUpEntries(ADDRESS, ENTRY);

    expect(report).toEqual({
      level: 'malicious',
      summary: 'Cobalt Strike C2, confidence 75 %',
      facts: [
        { label: 'Malware', value: 'Cobalt Strike' },
        { label: 'Ports', value: '443' },
        { label: 'Tags', value: 'beacon' },
        { label: 'First seen', value: '2020-12-06' },
      ],
      seenAt: '2020-12-06T09:10:23.000Z',
    });
  });

  it.each([
    [100, 'malicious'],
    ['75', 'malicious'],
    [74, 'suspicious'],
    [0, 'suspicious'],
  ])('makes of a confidence of %s %%: %s', async (confidence, level) => {
    const report = await lookUpEntries(ADDRESS, { ...ENTRY, confidence_level: confidence });

    expect(report.level).toBe(level);
  });

  it('goes by the entry that is surest and by the time that is newest', async () => {
    const older = { ...ENTRY, confidence_level: 100, malware_printable: 'Dridex', ioc: '192.0.2.1:8443' };
    const newer = { ...ENTRY, confidence_level: 50, first_seen: null, last_seen: '2024-02-01 00:00:00 UTC' };

    const report = await lookUpEntries(ADDRESS, newer, older);

    expect(report).toMatchObject({ level: 'malicious', summary: 'Dridex C2, confidence 100 %' });
    expect(report.seenAt).toBe('2024-02-01T00:00:00.000Z');
    expect(report.facts).toContainEqual({ label: 'Ports', value: '443, 8443' });
    expect(report.facts).toContainEqual({ label: 'First seen', value: '2020-12-06' });
  });

  it('leaves out addresses that merely begin like the one asked for', async () => {
    const report = await lookUpEntries(ADDRESS, { ...ENTRY, ioc: '192.0.2.10:443' }, { ...ENTRY, ioc: '192.0.2.1:80' });

    expect(report.facts).toContainEqual({ label: 'Ports', value: '80' });
  });

  it('knows nothing of an address when only its longer neighbours are listed', async () => {
    const report = await lookUpEntries(ADDRESS, { ...ENTRY, ioc: '192.0.2.10:443' });

    expect(report.level).toBe('unknown');
  });

  it('finds the URL of a bare host, which is kept without its last slash', async () => {
    const report = await lookUpEntries(
      { kind: 'url', value: 'http://evil.example/' },
      { ...ENTRY, ioc: 'http://evil.example' },
    );

    expect(report.level).toBe('malicious');
  });

  it('recognises a hash in capitals', async () => {
    const sha256 = 'ab'.repeat(32);

    const report = await lookUpEntries({ kind: 'sha256', value: sha256 }, { ...ENTRY, ioc: sha256.toUpperCase() });

    expect(report.level).toBe('malicious');
  });

  it('knows nothing of what it did not find, whose "data" is a sentence', async () => {
    const report = await lookUp(DOMAIN, { query_status: 'no_result', data: 'Your search did not yield any results' });

    expect(report.level).toBe('unknown');
  });

  it('names no purpose that it was not told, and no property of every object', async () => {
    const report = await lookUpEntries(ADDRESS, { ...ENTRY, threat_type: 'constructor', malware_printable: null });

    expect(report.summary).toBe('Malware indicator, confidence 75 %');
  });
});

describe('ThreatFox in bad answers', () => {
  it('refuses an answer about another indicator, even beside one of ours', async () => {
    const answer = lookUpEntries(DOMAIN, { ...ENTRY, ioc: 'evil.example' }, { ...ENTRY, ioc: 'other.example' });

    await expect(answer).rejects.toMatchObject({ kind: 'malformed_response', connector: 'threatfox' });
  });

  it.each([
    ['an unknown key', 200, { query_status: 'unknown_auth_key' }, 'unauthorized'],
    ['an unknown key in a 401', 401, { query_status: 'unauthorized' }, 'unauthorized'],
    ['a term that it does not accept', 200, { query_status: 'illegal_search_term', data: 'no' }, 'refused'],
    [
      '"ok" with a sentence',
      200,
      { query_status: 'ok', data: 'Your search did not yield any results' },
      'malformed_response',
    ],
    ['"ok" with an empty list', 200, { query_status: 'ok', data: [] }, 'malformed_response'],
    ['an entry without confidence', 200, { query_status: 'ok', data: [{ ioc: 'evil.example' }] }, 'malformed_response'],
    [
      'a confidence over 100',
      200,
      { query_status: 'ok', data: [{ ...ENTRY, confidence_level: 101 }] },
      'malformed_response',
    ],
    ['HTML', 200, undefined, 'malformed_response'],
  ])('never makes a report of %s', async (_, status, body, kind) => {
    const answer = lookUp(DOMAIN, body, status);

    await expect(answer).rejects.toMatchObject({ kind });
  });
});
