import { afterEach, describe, expect, it } from 'vitest';
import { refusalOf } from '#connectors/block-feed/access.ts';
import { AllowedNetworks, type FeedOptions, serveBlockFeed } from '#connectors/block-feed/index.ts';
import { observableKey, type Observable } from '#domain/observable.ts';
import { Secret } from '#domain/secret.ts';

const NOW = '2026-11-24T12:00:00.000Z';
const SHA256 = 'ab'.repeat(32);

const HELD: readonly Observable[] = [
  { kind: 'ipv4', value: '192.0.2.7' },
  { kind: 'cidr', value: '198.51.100.0/24' },
  { kind: 'ipv6', value: '2001:db8::7' },
  { kind: 'cidr', value: '2001:db8:7::/48' },
  { kind: 'domain', value: 'evil.example' },
  { kind: 'url', value: 'https://evil.example/a?b=1' },
  { kind: 'md5', value: '01'.repeat(16) },
  { kind: 'sha1', value: '02'.repeat(20) },
  { kind: 'sha256', value: SHA256 },
];

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Given = Partial<FeedOptions> & { readonly held?: readonly Observable[]; readonly until?: string };

async function serve({ held = HELD, until = '2026-11-24T16:00:00.000Z', ...options }: Given = {}) {
  const list = async () =>
    held.map((target) => ({ target: observableKey(target), leaseId: 'tg-7000000001-42', until, by: 'Ana' }));
  const refuse = () => Promise.reject(new Error('the feed only reads'));
  const blockList = { list, put: refuse, remove: refuse, get: refuse };
  const feed = await serveBlockFeed({
    host: '127.0.0.1',
    port: 0,
    token: null,
    blockList,
    now: () => NOW,
    ...options,
  });
  closers.push(async () => feed.close());
  const fetchPath = async (path: string, init: RequestInit = {}) => fetch(new URL(path, feed.url), init);
  return { fetchPath, read: async (path: string) => (await fetchPath(path)).text(), url: feed.url };
}

const urls = (...values: readonly string[]): Observable[] => values.map((value) => ({ kind: 'url', value }));

describe('the lists of the block feed', () => {
  it.each([
    ['/blocklist.txt', ['192.0.2.7', '198.51.100.0/24', '2001:db8::7', '2001:db8:7::/48']],
    ['/ipv4.txt', ['192.0.2.7', '198.51.100.0/24']],
    ['/ipv6.txt', ['2001:db8::7', '2001:db8:7::/48']],
    ['/domains.txt', ['evil.example']],
    ['/urls.txt', ['https://evil.example/a?b=1']],
    ['/paloalto/urls.txt', ['evil.example/a?b=1']],
    ['/fortigate/urls.txt', ['https://evil.example/a?b=1']],
    ['/squid/urls.txt', [String.raw`^https://evil\.example/a\?b=1$`]],
    ['/hashes.txt', ['01'.repeat(16), '02'.repeat(20), SHA256]],
    ['/md5.txt', ['01'.repeat(16)]],
    ['/sha1.txt', ['02'.repeat(20)]],
    ['/sha256.txt', [SHA256]],
  ])('%s holds its kinds, one a line', async (path, lines) => {
    const { fetchPath } = await serve();

    const response = await fetchPath(path);

    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(response.headers.get('x-left-out')).toBe(path.startsWith('/ipv') ? '2' : '0');
    expect(await response.text()).toBe(lines.map((line) => `${line}\n`).join(''));
  });

  it('say that nothing is blocked in a comment, since some firewalls keep their last list when a file is empty', async () => {
    const { read } = await serve({ held: [] });

    for (const path of ['/blocklist.txt', '/domains.txt', '/paloalto/urls.txt', '/sha256.txt'])
      expect(await read(path)).toBe('# nothing is blocked\n');
  });

  it('leave out a block whose time is up', async () => {
    const { read } = await serve({ until: NOW });

    expect(await read('/blocklist.txt')).toBe('# nothing is blocked\n');
  });

  it('give a firewall no entry that it would read as two, or as another', async () => {
    const { read } = await serve({ held: [{ kind: 'domain', value: 'evil.example\ngood.example' }] });

    expect(await read('/domains.txt')).toBe('# nothing is blocked\n');
  });

  it('never turn a character of a URL into a wildcard of a firewall, and tell how many they left out', async () => {
    const { fetchPath } = await serve({
      held: urls('https://cdn.example/*', 'https://cdn.example/?^', 'http://a.example/'),
    });

    const paloAlto = await fetchPath('/paloalto/urls.txt');
    const fortiGate = await fetchPath('/fortigate/urls.txt');

    expect([await paloAlto.text(), paloAlto.headers.get('x-left-out')]).toEqual(['a.example/\n', '2']);
    expect([await fortiGate.text(), fortiGate.headers.get('x-left-out')]).toEqual([
      'https://cdn.example/?^\nhttp://a.example/\n',
      '1',
    ]);
  });

  it('leave out for Palo Alto what it cannot say exactly: a port, more than 254 characters, another protocol', async () => {
    const fits = `https://a.example/${'x'.repeat(254 - 'a.example/'.length)}`;
    const { read } = await serve({ held: urls('http://a.example:8080/', `${fits}x`, fits, 'ftp://a.example/') });

    expect(await read('/paloalto/urls.txt')).toBe(`${fits.slice('https://'.length)}\n`);
  });

  it('name a URL once, as it is requested: without a user name and without what follows #', async () => {
    const { read } = await serve({ held: urls('https://me:pw@a.example/b#c', 'https://a.example/b#d') });

    expect(await read('/fortigate/urls.txt')).toBe('https://a.example/b\n');
    expect(await read('/paloalto/urls.txt')).toBe('a.example/b\n');
  });

  it('give Squid an expression that matches this URL and no other', async () => {
    const url = 'http://a.example/x.y+(z)[1]{2}|$^*?q=\\d';
    const { read } = await serve({ held: urls(url) });

    const expression = new RegExp((await read('/squid/urls.txt')).trim());

    expect(expression.test(new URL(url).href)).toBe(true);
    for (const other of ['http://axexample/', `${url}1`, `x${url}`, 'http://a.example/xxy'])
      expect(expression.test(other)).toBe(false);
  });
});

describe('the block feed as a server', () => {
  it('sends a list once: a second time, 304 without a body', async () => {
    const { fetchPath } = await serve();
    const etag = (await fetchPath('/domains.txt')).headers.get('etag') ?? '';

    const again = await fetchPath('/domains.txt', { headers: { 'if-none-match': `W/${etag}` } });

    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await fetchPath('/sha1.txt', { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  it('answers HEAD with the length of the list and without the list', async () => {
    const { fetchPath } = await serve();

    const head = await fetchPath('/domains.txt', { method: 'HEAD' });

    expect([head.headers.get('content-length'), await head.text()]).toEqual(['13', '']);
  });

  it('lets nobody write, and knows no other path', async () => {
    const { fetchPath } = await serve();

    expect((await fetchPath('/domains.txt', { method: 'POST', body: 'x' })).status).toBe(405);
    for (const path of ['/', '/urls', '/paloalto/', '/__proto__', '/constructor'])
      expect((await fetchPath(path)).status).toBe(404);
  });

  it('says 503, never an empty list, when the list cannot be read', async () => {
    const fails = () => Promise.reject(new Error('the store is locked'));
    const { fetchPath } = await serve({ blockList: { list: fails, put: fails, remove: fails, get: fails } });

    const response = await fetchPath('/blocklist.txt');

    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await response.text()).not.toContain('locked');
  });

  it('takes the token as Bearer or as the password of Basic authentication, and nothing else', async () => {
    const { fetchPath } = await serve({ token: new Secret('feed-token-0123456789') });
    const status = async (authorization?: string) =>
      (await fetchPath('/domains.txt', authorization === undefined ? {} : { headers: { authorization } })).status;
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

    expect(await status('Bearer feed-token-0123456789')).toBe(200);
    expect(await status(basic('x:feed-token-0123456789'))).toBe(200);
    for (const wrong of [undefined, 'Bearer ', 'Bearer feed-token', basic('feed-token-0123456789:'), 'Digest x'])
      expect(await status(wrong)).toBe(401);
  });

  it('serves whoever comes from an address on the list', async () => {
    const { fetchPath } = await serve({ allow: ['192.0.2.7', '127.0.0.0/8'] });

    expect((await fetchPath('/domains.txt')).status).toBe(200);
  });

  it.each([
    ['192.0.2.7', null],
    ['::ffff:192.0.2.7', null],
    ['::FFFF:c000:207', null],
    ['2001:db8:7::1', null],
    ['2001:db8:7::1%eth0', null],
    ['192.0.2.8', 403],
    ['::ffff:192.0.2.8', 403],
    ['::192.0.2.7', 403],
    ['2001:db8:8::1', 403],
    ['192.0.2.7.evil.example', 403],
    ['', 403],
    [undefined, 403],
  ])('sees the other end %j of a connection as it is', (peer, refusal) => {
    const access = { token: null, allow: ['192.0.2.7', '2001:db8:7::/48'] };

    expect(refusalOf(access, peer, undefined)).toBe(refusal);
  });

  it('refuses another address, whatever it writes into its headers and even with the token', async () => {
    const token = new Secret('feed-token-0123456789');
    const { fetchPath } = await serve({ allow: ['192.0.2.7', '2001:db8::/32'], token });

    const response = await fetchPath('/domains.txt', {
      headers: {
        authorization: 'Bearer feed-token-0123456789',
        'x-forwarded-for': '192.0.2.7',
        forwarded: 'for=192.0.2.7',
        'x-real-ip': '192.0.2.7',
      },
    });

    expect([response.status, await response.text()]).toEqual([403, '']);
  });

  it('asks for the token too where both are set, and serves nobody where the list of addresses is empty', async () => {
    const both = await serve({ allow: ['127.0.0.1'], token: new Secret('feed-token-0123456789') });
    const nobody = await serve({ allow: [] });

    expect((await both.fetchPath('/domains.txt')).status).toBe(401);
    expect((await nobody.fetchPath('/domains.txt')).status).toBe(403);
  });
});

describe('the list of addresses that may fetch, as a setting', () => {
  it('is read with commas or spaces between', () => {
    expect(AllowedNetworks.parse('192.0.2.7, 198.51.100.0/24\n2001:db8::/32')).toEqual([
      '192.0.2.7',
      '198.51.100.0/24',
      '2001:db8::/32',
    ]);
  });

  it.each(['', ' , ', 'firewall.example', '192.0.2.0/33', '0.0.0.0/0', '::/0', '192.0.2.7 198.51.100'])(
    'is refused when it is %j',
    (text) => {
      expect(AllowedNetworks.safeParse(text).error?.issues[0]?.message).toMatch(/; write /);
    },
  );
});
