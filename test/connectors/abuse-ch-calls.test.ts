import { describe, expect, it, onTestFinished } from 'vitest';
import type { SourceConnector } from '#connectors/connector.ts';
import { createHttp } from '#connectors/http.ts';
import { malwarebazaar } from '#connectors/malwarebazaar/index.ts';
import { malwarebazaarSimulator } from '#connectors/malwarebazaar/simulator.ts';
import type { SimulatorDefinition } from '#connectors/simulator-definition.ts';
import { serveSimulator } from '#connectors/simulator.ts';
import { threatfox } from '#connectors/threatfox/index.ts';
import { threatfoxSimulator } from '#connectors/threatfox/simulator.ts';
import { urlhaus } from '#connectors/urlhaus/index.ts';
import { urlhausSimulator } from '#connectors/urlhaus/simulator.ts';
import type { Observable } from '#domain/observable.ts';

/** The bodies that a look-up sends, as the simulator wrote them down. */
async function bodiesOf(connector: SourceConnector, definition: SimulatorDefinition, asked: Observable) {
  const simulator = await serveSimulator(definition);
  onTestFinished(() => simulator.close());
  const source = connector.create(connector.settings.parse(simulator.settings), createHttp);
  await source.lookUp(asked, new AbortController().signal);
  return simulator.ledger().map(({ body }) => body);
}

describe('a call to abuse.ch', () => {
  it('holds a URL whole, whatever is in it', async () => {
    const value = 'http://evil.example/?a=1&host=other.example&url=x+y%20z#part';

    const [body = ''] = await bodiesOf(urlhaus, urlhausSimulator, { kind: 'url', value });

    expect([...new URLSearchParams(body)]).toEqual([['url', value]]);
  });

  it.each([
    ['sha256', 'sha256_hash', 'ab'.repeat(32)],
    ['md5', 'md5_hash', 'ab'.repeat(16)],
    ['domain', 'host', 'evil.example'],
    ['ipv4', 'host', '192.0.2.1'],
  ] as const)('asks URLhaus about %s in the field %s', async (kind, field, value) => {
    const [body = ''] = await bodiesOf(urlhaus, urlhausSimulator, { kind, value });

    expect([...new URLSearchParams(body)]).toEqual([[field, value]]);
  });

  it.each([
    ['ipv4', '192.0.2.1', '192.0.2.1', false],
    ['domain', 'evil.example', 'evil.example', true],
    ['url', 'http://evil.example/', 'http://evil.example', false],
    ['url', 'http://evil.example/a', 'http://evil.example/a', true],
    ['url', 'http://evil.example/?q=a/', 'http://evil.example/?q=a/', true],
  ] as const)('searches ThreatFox for %s %s as %s, exactly: %s', async (kind, value, term, isExact) => {
    const [body = ''] = await bodiesOf(threatfox, threatfoxSimulator, { kind, value });

    expect(JSON.parse(body)).toEqual({ query: 'search_ioc', search_term: term, exact_match: isExact });
  });

  it('asks MalwareBazaar for information only', async () => {
    const value = 'ab'.repeat(20);

    const [body = ''] = await bodiesOf(malwarebazaar, malwarebazaarSimulator, { kind: 'sha1', value });

    expect([...new URLSearchParams(body)]).toEqual([
      ['query', 'get_info'],
      ['hash', value],
    ]);
  });
});
