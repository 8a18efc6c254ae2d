import { describe, expect, it } from 'vitest';
import type { Answer, Endpoint } from '#connectors/endpoint.ts';
import { valueAt } from '#connectors/own-tool/pointer.ts';
import { answerWith } from '#support/fixed-answer.ts';
import { connectTool, toolExamples } from '#support/own-tool.ts';

const examples = toolExamples();
const edgeProxy = connectTool('edge-proxy', examples['edge-proxy']);
const sinkhole = connectTool('sinkhole', examples['sinkhole']);

describe('what an answer means', () => {
  const [contain, , release, readBack, list] = edgeProxy.endpoints as readonly [
    Endpoint<unknown>,
    Endpoint<unknown>,
    Endpoint<unknown>,
    Endpoint<unknown>,
    Endpoint<unknown>,
  ];
  const answer = (status: number, json?: unknown, text = json === undefined ? '' : JSON.stringify(json)): Answer => ({
    status,
    headers: {},
    json,
    text,
  });
  const item = { value: '192.0.2.7', expires: '2030-01-01T00:00:00Z', comment: 'x' };

  it.each([
    ['a success without a body', contain, answer(201)],
    ['nothing to let go, as the tool says it', release, answer(404, { error: 'no such block' })],
    ['a target that is free', readBack, answer(404, { error: 'no such block' })],
    ['an entry', readBack, answer(200, item)],
    ['an entry without an end and without a comment', readBack, answer(200, { value: '192.0.2.7', expires: null })],
    ['an empty list', list, answer(200, { items: [] })],
  ])('takes %s', (_, endpoint, given) => {
    expect(endpoint.read(given).fault).toBeUndefined();
  });

  it.each([
    ['a text', contain, answer(200, undefined, 'OK')],
    ['a success that is not named', contain, answer(202, {})],
    ['an empty "not found"', readBack, answer(404)],
    ['an entry without its target', readBack, answer(200, { expires: null })],
    ['a target that is a number', readBack, answer(200, { ...item, value: 7 })],
    ['an end that is no time', readBack, answer(200, { ...item, expires: 'tomorrow' })],
    ['an end without its time zone', readBack, answer(200, { ...item, expires: '2030-01-01T00:00:00' })],
    ['an end that no calendar has', readBack, answer(200, { ...item, expires: '2030-02-31T00:00:00Z' })],
    ['a target behind the prototype', readBack, answer(200, JSON.parse('{"__proto__":{"value":"192.0.2.7"}}'))],
    ['a list that is none', list, answer(200, { items: { 0: item } })],
    ['a list with an entry that cannot be read', list, answer(200, { items: [item, { value: null }] })],
    ['no list', list, answer(200, {})],
  ])('does not take %s', (_, endpoint, given) => {
    expect(endpoint.read(given)).toMatchObject({ fault: { kind: 'malformed_response' } });
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [409, 'refused'],
    [422, 'refused'],
    [429, 'rate_limited'],
    [503, 'unreachable'],
  ])('reads %i as what it says, whatever its body', (status, kind) => {
    for (const endpoint of edgeProxy.endpoints)
      expect(endpoint.read(answer(status, item))).toMatchObject({ fault: { kind } });
  });

  it('demands that a list is whole where the description does', () => {
    const whole = sinkhole.endpoints.at(-1);

    expect(whole?.read(answer(200, { ok: true, result: { blocks: [], more: true } }))).toMatchObject({
      fault: { kind: 'malformed_response' },
    });
  });

  it('throws out an entry about something else', async () => {
    const settings = edgeProxy.settings.parse({ EDGE_PROXY_TOKEN: 'a-token' });
    const responder = edgeProxy.create(settings, answerWith({ ...item, value: '192.0.2.8' }));

    const call = responder.readBack({ kind: 'ipv4', value: '192.0.2.7' }, new AbortController().signal);

    await expect(call).rejects.toMatchObject({ kind: 'malformed_response' });
  });

  it.each(['', '\ud800', 'a\r\nb', 1.5, null, {}, 'x'.repeat(201)])('takes no entry by the id %j', (id) => {
    const block = { id, value: 'evil.example', until: 1_900_000_000, note: '' };

    expect(sinkhole.endpoints[3]?.read(answer(200, { ok: true, result: { found: true, block } }))).toMatchObject({
      fault: { kind: 'malformed_response' },
    });
  });
});

describe('a place in an answer', () => {
  it.each([
    [['a', 'b'], { a: { b: 7 } }, 7],
    [['a', '1'], { a: [5, 6] }, 6],
    [[], 'x', 'x'],
    [['a'], { a: null }, null],
    [['constructor', 'name'], {}, undefined],
    [['__proto__'], {}, undefined],
    [['length'], 'text', undefined],
    [['a', 'b'], { a: null }, undefined],
  ])('%j is what the answer itself holds there', (pointer, document, value) => {
    expect(valueAt(document, pointer)).toBe(value);
  });
});
