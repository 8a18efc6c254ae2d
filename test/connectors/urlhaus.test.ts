import { describe, expect, it } from 'vitest';
import { urlhaus } from '#connectors/urlhaus/index.ts';
import { urlhausSimulator } from '#connectors/urlhaus/simulator.ts';
import type { Observable } from '#domain/observable.ts';
import { answerWith } from '#support/fixed-answer.ts';
import { describeSource } from '#support/source-contract.ts';
import { worldFile } from '#support/world-file.ts';

const LOADER = worldFile('invoice.dll');

describeSource({
  connector: urlhaus,
  simulator: urlhausSimulator,
  samples: {
    malicious: [
      { kind: 'ipv4', value: '203.0.113.66' },
      { kind: 'domain', value: 'garden-forum.example' },
      { kind: 'url', value: 'http://203.0.113.66/stage2.bin' },
      { kind: 'sha256', value: LOADER.sha256 },
      { kind: 'md5', value: LOADER.md5 },
    ],
    unknown: [
      { kind: 'ipv4', value: '192.0.2.10' },
      { kind: 'url', value: 'https://docs.campus.example/start' },
      { kind: 'sha256', value: worldFile('less').sha256 },
    ],
  },
});

const URL_ASKED: Observable = { kind: 'url', value: 'http://files.evil.example/a/invoice.doc' };
const HOST_ASKED: Observable = { kind: 'domain', value: 'evil.example' };
const HASH_ASKED: Observable = { kind: 'md5', value: 'fedfa8ad9ee7846b88c5da79b32f6551' };

const LISTED_URL = {
  query_status: 'ok',
  id: '105821',
  url: URL_ASKED.value,
  url_status: 'online',
  date_added: '2019-01-19 01:33:26 UTC',
  last_online: null,
  threat: 'malware_download',
  larted: 'true',
  tags: ['emotet', 'heodo'],
};
const LISTED_HOST = {
  query_status: 'ok',
  host: 'evil.example',
  firstseen: '2019-01-15 07:09:01 UTC',
  url_count: '2',
  blacklists: { spamhaus_dbl: 'not listed', surbl: 'listed' },
  urls: [
    { url_status: 'offline', date_added: '2019-01-16 00:00:00 UTC', threat: 'malware_download', tags: null },
    { url_status: 'online', date_added: '2019-01-19 01:33:26 UTC', threat: 'malware_download', tags: ['emotet'] },
  ],
};
const PAYLOAD = {
  query_status: 'ok',
  md5_hash: HASH_ASKED.value.toUpperCase(),
  sha256_hash: 'dc9f3b226bccb2f1fd4810cde541e5a10d59a1fe683f4a9462293b6ade8d8403',
  file_type: 'doc',
  file_size: '179664',
  signature: 'Heodo',
  firstseen: '2019-01-19 00:11:22',
  lastseen: '2019-01-20 00:11:22',
  url_count: '2',
  virustotal: { result: '16 / 58', percent: '27.59' },
};

async function lookUp(asked: Observable, body: unknown, status = 200) {
  const settings = urlhaus.settings.parse({ URLHAUS_AUTH_KEY: 'simulated-key' });
  return urlhaus.create(settings, answerWith(body, status)).lookUp(asked, AbortSignal.timeout(5000));
}

describe('URLhaus about a URL', () => {
  it('calls a listed URL malicious and says that it still serves', async () => {
    const report = await lookUp(URL_ASKED, LISTED_URL);

    expect(report).toEqual({
      level: 'malicious',
      summary: 'Serves malware, listed 2019-01-19',
      facts: [
        { label: 'Threat', value: 'malware_download' },
        { label: 'Tags', value: 'emotet, heodo' },
      ],
      seenAt: '2019-01-19T01:33:26.000Z',
    });
  });

  it('still counts a URL that went offline years ago, with its date', async () => {
    const report = await lookUp(URL_ASKED, { ...LISTED_URL, url_status: 'offline' });

    expect(report).toMatchObject({ level: 'malicious', summary: 'Served malware, offline now, listed 2019-01-19' });
  });

  it('does not take a state that it cannot read for offline', async () => {
    const report = await lookUp(URL_ASKED, { ...LISTED_URL, url_status: 'sinkholed' });

    expect(report).toMatchObject({ level: 'malicious', summary: 'Served malware, listed 2019-01-19' });
  });

  it('knows nothing of a URL without an entry', async () => {
    const report = await lookUp(URL_ASKED, { query_status: 'no_results' });

    expect(report.level).toBe('unknown');
  });

  it('recognises its URL in another spelling', async () => {
    const report = await lookUp(URL_ASKED, { ...LISTED_URL, url: 'HTTP://files.EVIL.example:80/a/invoice.doc' });

    expect(report.level).toBe('malicious');
  });
});

describe('URLhaus about a host', () => {
  it('calls a host malicious while malware is online on it', async () => {
    const report = await lookUp(HOST_ASKED, LISTED_HOST);

    expect(report).toMatchObject({
      level: 'malicious',
      summary: '2 malware URLs, 1 online, newest listed 2019-01-19',
      seenAt: '2019-01-19T01:33:26.000Z',
    });
    expect(report.facts.map(({ label }) => label)).toEqual(['Tags', 'SURBL', 'First listed']);
  });

  it('calls a host suspicious when all that was there is offline', async () => {
    const urls = [{ url_status: 'offline', date_added: '2019-01-16 00:00:00 UTC' }];

    const report = await lookUp(HOST_ASKED, { ...LISTED_HOST, url_count: '1', urls });

    expect(report).toMatchObject({ level: 'suspicious', summary: '1 malware URL, 0 online, newest listed 2019-01-16' });
  });

  it('does not call a legitimate host malicious for what others put there', async () => {
    const blacklists = { spamhaus_dbl: 'abused_legit_malware', surbl: 'not listed' };

    const report = await lookUp(HOST_ASKED, { ...LISTED_HOST, blacklists });

    expect(report.level).toBe('suspicious');
    expect(report.summary).toContain('an abused legitimate host');
  });

  it('says "at least" when the answer lists fewer URLs than it counts', async () => {
    const report = await lookUp(HOST_ASKED, { ...LISTED_HOST, url_count: '1200' });

    expect(report.summary).toBe('1200 malware URLs, at least 1 online, newest listed 2019-01-19');
  });

  it('knows nothing of a host without any URL', async () => {
    const report = await lookUp(HOST_ASKED, { ...LISTED_HOST, url_count: '0', urls: [] });

    expect(report.level).toBe('unknown');
  });
});

describe('URLhaus about a file', () => {
  it('names the malware that a listed URL served', async () => {
    const report = await lookUp(HASH_ASKED, PAYLOAD);

    expect(report).toMatchObject({
      level: 'malicious',
      summary: 'Heodo, served by malware URLs',
      seenAt: '2019-01-20T00:11:22.000Z',
    });
    expect(report.facts).toContainEqual({ label: 'VirusTotal, as URLhaus saw it', value: '16 / 58' });
  });

  it('only suspects a file that a malware URL served but nobody recognised', async () => {
    const report = await lookUp(HASH_ASKED, { ...PAYLOAD, signature: null });

    expect(report.level).toBe('suspicious');
  });

  it('takes "ok" with empty hashes for what it means: never seen', async () => {
    const report = await lookUp(HASH_ASKED, { query_status: 'ok', md5_hash: null, sha256_hash: null });

    expect(report.level).toBe('unknown');
  });
});

describe('URLhaus in bad answers', () => {
  it.each([
    ['a URL', URL_ASKED, { ...LISTED_URL, url: 'http://other.example/' }],
    ['a host', HOST_ASKED, { ...LISTED_HOST, host: 'other.example' }],
    ['a file', HASH_ASKED, { ...PAYLOAD, md5_hash: '0'.repeat(32) }],
    ['a file without the hash asked for', HASH_ASKED, { ...PAYLOAD, md5_hash: null }],
  ])('refuses an answer about another indicator: %s', async (_, asked, body) => {
    const answer = lookUp(asked, body);

    await expect(answer).rejects.toMatchObject({ kind: 'malformed_response', connector: 'urlhaus' });
  });

  it.each([
    ['an unknown key in a 200', 200, { query_status: 'unknown_auth_key' }, 'unauthorized'],
    ['an unknown key in a 403', 403, { query_status: 'unknown_auth_key' }, 'unauthorized'],
    ['a URL that it does not accept', 200, { query_status: 'invalid_url' }, 'refused'],
    ['too many calls in a 200', 200, { query_status: 'rate_limited' }, 'rate_limited'],
    ['a status that nobody documents', 200, { query_status: 'brand_new' }, 'refused'],
    ['"no_results" in a server error', 500, { query_status: 'no_results' }, 'unreachable'],
    ['no status at all', 200, {}, 'malformed_response'],
    ['a status of another type', 200, { query_status: true }, 'malformed_response'],
    ['"ok" and nothing else', 200, { query_status: 'ok' }, 'malformed_response'],
    ['a list', 200, [], 'malformed_response'],
  ])('never makes a report of %s', async (_, status, body, kind) => {
    const answer = lookUp(URL_ASKED, body, status);

    await expect(answer).rejects.toMatchObject({ kind });
  });

  it.each([['-1'], ['1e3'], [''], [null], [1.5]])('refuses a host with the count %j', async (count) => {
    const answer = lookUp(HOST_ASKED, { ...LISTED_HOST, url_count: count });

    await expect(answer).rejects.toMatchObject({ kind: 'malformed_response' });
  });

  it('survives free text that is missing, of another type, or endless', async () => {
    const body = { ...LISTED_URL, threat: { a: 1 }, tags: 'emotet', date_added: 'x'.repeat(1_000_000) };

    const report = await lookUp(URL_ASKED, body);

    expect(report).toEqual({ level: 'malicious', summary: 'Serves malware', facts: [] });
  });

  it('cuts what the community wrote to what a card can hold', async () => {
    const report = await lookUp(URL_ASKED, { ...LISTED_URL, tags: ['a\nb', '💣'.repeat(5000)] });

    const tags = report.facts.find(({ label }) => label === 'Tags')?.value ?? '';
    expect(tags).toMatch(/^a b, 💣/);
    expect(tags.length).toBeLessThanOrEqual(200);
    expect(tags.isWellFormed()).toBe(true);
  });

  it('refuses a kind that it cannot be asked about', async () => {
    const answer = lookUp({ kind: 'cidr', value: '192.0.2.0/24' }, LISTED_HOST);

    await expect(answer).rejects.toMatchObject({ kind: 'refused', message: 'cannot be asked about cidr' });
  });
});
