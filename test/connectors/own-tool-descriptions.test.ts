import { describe, expect, it } from 'vitest';
import { connectTool, flawsOf, toolExamples } from '#support/own-tool.ts';

const examples = toolExamples();
const edge = examples['edge-proxy'] ?? {};
const sink = examples['sinkhole'] ?? {};

/** The first example, said differently. */
const changed = (change: object): object => ({ ...edge, ...change });

describe('the description of a tool', () => {
  it.each(Object.keys(examples))('in the example %s is without a flaw', (name) => {
    expect(flawsOf(name, examples[name])).toEqual([]);
  });

  it('tells SocBot its kinds, its title, and which settings it has in the environment', () => {
    const connector = connectTool('edge-proxy', edge);

    expect(connector).toMatchObject({
      id: 'edge-proxy',
      title: 'Edge proxy',
      kinds: ['ipv4', 'ipv6', 'cidr', 'domain'],
    });
    expect(Object.keys(connector.settings.shape)).toEqual(['EDGE_PROXY_URL', 'EDGE_PROXY_TOKEN']);
  });

  it.each([
    ['release', /a tool that cannot undo is not used; write /],
    ['readBack', /a tool that does not tell what it did is not used; write /],
    ['list', /is missing; .*write /],
    ['contain', /is missing; write /],
    ['entry', /is missing; write /],
    ['kinds', /; write /],
    ['url', /; write https/],
  ])('is refused without %s', (part, words) => {
    const { [part]: _, ...rest } = edge;

    expect(flawsOf('edge-proxy', rest)).toEqual([expect.stringMatching(new RegExp(`^edge-proxy\\.${part}: `))]);
    expect(flawsOf('edge-proxy', rest)[0]).toMatch(words);
  });

  it.each<[string, string, object]>([
    ['a URL that is none', 'url', { url: 'proxy' }],
    ['another protocol', 'url', { url: 'ftp://proxy.example' }],
    ['a name and password in the URL', 'url', { url: 'https://me:pw@proxy.example' }],
    ['a query in the URL', 'url', { url: 'https://proxy.example/?key=1' }],
    ['no encryption over the Internet', 'url', { url: 'http://proxy.example', unencrypted: 'we have no certificate' }],
    ['no encryption at home without a reason', 'url', { url: 'http://10.1.2.3/api' }],
    ['a reason that is none', 'unencrypted', { url: 'http://10.1.2.3/api', unencrypted: 'no' }],
    ['a kind that there is not', 'kinds.0', { kinds: ['ip'] }],
    ['an address of mail', 'kinds.0', { kinds: ['email'] }],
    ['no kind', 'kinds', { kinds: [] }],
    ['machines among names', 'kinds', { kinds: ['host', 'domain'] }],
    ['a URL in a path', 'contain.path', { kinds: ['url'] }],
    ['a secret in the file', 'headers.authorization', { headers: { authorization: 'Bearer abc123' } }],
    ['the secret of another', 'headers.x-key', { headers: { 'x-key': 'VIRUSTOTAL_API_KEY' } }],
    ['a file in place of the secret', 'headers.x-key', { headers: { 'x-key': 'EDGE_PROXY_TOKEN_FILE' } }],
    ['its own address for a secret', 'headers.x-key', { headers: { 'x-key': 'EDGE_PROXY_URL' } }],
    ['a header of the connection', 'headers.Content-Length', { headers: { 'Content-Length': 'EDGE_PROXY_TOKEN' } }],
    ['a line break in a header', 'headers.x\r\ny', { headers: { 'x\r\ny': 'EDGE_PROXY_TOKEN' } }],
    ['a path that climbs', 'release.path', { release: { method: 'DELETE', path: '/blocks/../{target}' } }],
    ['a path to another host', 'release.path', { release: { method: 'DELETE', path: '//evil.example/{target}' } }],
    ['a query in a path', 'release.path', { release: { method: 'DELETE', path: '/blocks?x={target}' } }],
    ['a placeholder that there is not', 'release.path', { release: { method: 'DELETE', path: '/blocks/{targets}' } }],
    ['a placeholder of another call', 'release.path', { release: { method: 'DELETE', path: '/b/{target}/{lease}' } }],
    [
      'an expression',
      'release.json.a',
      { release: { method: 'POST', path: '/b/{target}', json: { a: '{target.length}' } } },
    ],
    ['an undoing without a target', 'release', { release: { method: 'DELETE', path: '/blocks' } }],
    ['an undoing by an id that is not told', 'release', { release: { method: 'DELETE', path: '/blocks/{id}' } }],
    ['a method that only reads', 'release.method', { release: { method: 'GET', path: '/blocks/{target}' } }],
    ['"not found" as a yes', 'contain.done', { contain: { ...(edge['contain'] as object), done: 404 } }],
    ['an error as a yes', 'release.done', { release: { ...(edge['release'] as object), done: [204, 500] } }],
    ['a refusal as free', 'readBack.free', { readBack: { path: '/blocks/{target}', free: 403 } }],
    ['an answer that is no number', 'readBack.free', { readBack: { path: '/blocks/{target}', free: '404' } }],
    ['no word for free', 'readBack', { readBack: { path: '/blocks/{target}' } }],
    ['held and free alike', 'readBack', { readBack: { path: '/blocks/{target}', free: 200 } }],
    [
      'held and free that can both be said',
      'readBack',
      { readBack: { path: '/b/{target}', held: { status: 200, '/a': 1 }, free: { status: 200, '/b': 1 } } },
    ],
    ['one entry and a list', 'readBack', { readBack: { path: '/blocks', items: '/items', free: 404 } }],
    ['a looking up without a target', 'readBack', { readBack: { path: '/blocks', free: 404 } }],
    ['a body with GET', 'list.json', { list: { path: '/blocks', items: '/items', json: {} } }],
    ['a placeholder for all', 'list.path', { list: { path: '/blocks/{target}', items: '/items' } }],
    ['a place that is none', 'list.items', { list: { path: '/blocks', items: 'items' } }],
    ['an end that is sent and not told', 'entry', { entry: { target: '/value', mark: '/comment' } }],
    ['two ends', 'entry.untilSeconds', { entry: { ...(edge['entry'] as object), untilSeconds: '/ttl' } }],
    ['two leases', 'entry.mark', { entry: { ...(edge['entry'] as object), lease: '/lease' } }],
    ['a mark that is never sent', 'entry.mark', { contain: { method: 'PUT', path: '/blocks/{target}' } }],
    ['a title of another kind', 'title', { title: 'a\u202Eb' }],
    ['a word that there is not', '', { retries: 3 }],
  ])('is refused with %s, at its place and with what to write', (_, place, change) => {
    const flaws = flawsOf('edge-proxy', changed(change));

    const at = flaws.filter((flaw) => flaw.startsWith(`edge-proxy${place === '' ? '' : '.'}${place}: `));
    expect(at).not.toEqual([]);
    if (place !== '') expect(at[0]).toMatch(/; .*(?:write|keep|take|put|name|describe|say)/s);
  });

  it('never repeats a value, which may be a secret', () => {
    const secret = 'sk_live_0123456789abcdef';
    const places = [
      { headers: { authorization: secret } },
      { url: secret },
      { title: `${secret}!` },
      { kinds: [secret] },
      { release: { method: secret, path: secret, json: `{${secret}}` } },
    ];

    for (const change of places) expect(flawsOf('edge-proxy', changed(change)).join('\n')).not.toContain(secret);
  });

  it.each(['Edge', 'edge_proxy', 'edge--proxy', '-edge', '7up', '', 'a'.repeat(41), 'constructor', '../x'])(
    'is refused under the name %j',
    (name) => {
      expect(flawsOf(name, { ...edge, headers: {} })[0]).toMatch(/is not a name for a tool; write /);
    },
  );

  it.each(['telegram', 'telegram-bot', 'socbot', 'temporal-api', 'block-feed'])(
    'is refused under the name %s, whose secrets are not its own',
    (name) => {
      expect(flawsOf(name, { ...edge, headers: {} })[0]).toMatch(/has for itself; write another/);
    },
  );

  it.each(['__proto__', 'constructor', 'prototype', '{target}'])('has no key %s in a body', (key) => {
    const json = JSON.parse(`{"a": {"${key}": "x"}}`) as object;

    expect(flawsOf('sinkhole', { ...sink, list: { ...(sink['list'] as object), json } })).toEqual([
      expect.stringMatching(/^sinkhole\.list\.json\.a: has a key that cannot be sent; write /),
    ]);
  });

  it('changes nothing of what all objects have in common', () => {
    const hostile = JSON.parse('{"__proto__": {"isHostile": true}}') as object;

    flawsOf('edge-proxy', changed(hostile));
    flawsOf('edge-proxy', changed({ headers: hostile, entry: hostile, contain: hostile }));

    expect({}).not.toHaveProperty('isHostile');
  });

  it.each(['http://127.0.0.1:9000', 'http://localhost:9000/api', 'http://[::1]:9000'])(
    'may go without encryption to this machine, %s',
    (url) => {
      expect(flawsOf('edge-proxy', changed({ url }))).toEqual([]);
    },
  );

  it.each(['http://10.1.2.3/api', 'http://[fd00::7]', 'http://proxy/api'])(
    'may go without encryption to %s, in a private network, with a reason',
    (url) => {
      expect(flawsOf('edge-proxy', changed({ url, unencrypted: 'a management network of its own' }))).toEqual([]);
    },
  );

  it('lets the environment name another address under the same rules', () => {
    const { settings } = connectTool('edge-proxy', edge);
    const given = (EDGE_PROXY_URL: string) =>
      settings.safeParse({ EDGE_PROXY_URL, EDGE_PROXY_TOKEN: 'a-token' }).success;

    expect(given('https://staging.example/api')).toBe(true);
    expect(given('http://staging.example/api')).toBe(false);
  });

  it('demands the secret that it names', () => {
    const { settings } = connectTool('edge-proxy', edge);

    expect(settings.safeParse({}).error?.issues.map(({ path }) => path)).toEqual([['EDGE_PROXY_TOKEN']]);
  });
});
