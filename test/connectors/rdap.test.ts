import { describe, expect, it } from 'vitest';
import type { CreateHttp } from '#connectors/http.ts';
import { rdap } from '#connectors/rdap/index.ts';
import { rdapSimulator } from '#connectors/rdap/simulator.ts';
import type { Observable } from '#domain/observable.ts';
import { answerWith } from '#support/fixed-answer.ts';
import { describeSource } from '#support/source-contract.ts';

describeSource({
  connector: rdap,
  simulator: rdapSimulator,
  samples: {
    context: [
      { kind: 'domain', value: 'secure-login-bank.example' },
      { kind: 'email', value: 'billing@secure-login-bank.example' },
      { kind: 'ipv4', value: '203.0.113.66' },
      { kind: 'ipv6', value: '2001:db8:bad::66' },
      { kind: 'cidr', value: '203.0.113.0/24' },
    ],
    unknown: [{ kind: 'domain', value: 'never-seen.example' }],
  },
});

const DOMAIN = {
  objectClassName: 'domain',
  ldhName: 'SHOP.EXAMPLE',
  events: [{ eventAction: 'registration', eventDate: '1995-08-14T04:00:00Z' }],
};
const NETWORK = {
  objectClassName: 'ip network',
  startAddress: '192.0.2.0',
  endAddress: '192.0.2.255',
  name: 'TEST-NET',
};

async function lookUp(asked: Observable, body: unknown, status = 200) {
  const settings = rdap.settings.parse({ RDAP_ENABLED: 'true', RDAP_URL: 'https://rdap.example' });
  return rdap.create(settings, answerWith(body, status)).lookUp(asked, new AbortController().signal);
}

/** Asks without a configured server; gives the report and the addresses of the servers that would have been called. */
async function lookUpAtRegistries(asked: Observable) {
  const called: string[] = [];
  const createHttp: CreateHttp = (options) => {
    called.push(options.baseUrl);
    return answerWith({ errorCode: 404 }, 404)(options);
  };
  const source = rdap.create(rdap.settings.parse({ RDAP_ENABLED: 'true' }), createHttp);
  return { report: await source.lookUp(asked, new AbortController().signal), called };
}

describe('RDAP', () => {
  it('asks for the registered name above a host, and says so', async () => {
    const report = await lookUp({ kind: 'domain', value: 'www.shop.example' }, DOMAIN);

    expect(report.summary).toBe('shop.example: registered 1995-08-14');
  });

  it('says that it knows nothing of an e-mail address but its domain', async () => {
    const report = await lookUp({ kind: 'email', value: 'me@shop.example' }, DOMAIN);

    expect(report.summary).toBe("Only of the address's domain, shop.example: registered 1995-08-14");
  });

  it('takes a network for an answer only where it holds all that was asked', async () => {
    const whole = await lookUp({ kind: 'cidr', value: '192.0.2.0/24' }, NETWORK);
    const tooSmall = lookUp({ kind: 'cidr', value: '192.0.2.0/23' }, NETWORK);

    expect(whole).toMatchObject({ level: 'context', summary: 'TEST-NET, 192.0.2.0 to 192.0.2.255' });
    await expect(tooSmall).rejects.toMatchObject({ kind: 'malformed_response' });
  });

  it.each([
    [{ errorCode: 404, title: 'Not Found' }, 'unknown'],
    [{ message: 'no such page' }, undefined],
  ])('takes the 404 %j for unknown only in words of RDAP', async (body, level) => {
    const outcome = await lookUp({ kind: 'domain', value: 'shop.example' }, body, 404).catch(() => undefined);

    expect(outcome?.level).toBe(level);
  });

  it('reads the names in jCards, and passes over those that are none', async () => {
    const entities = [
      {
        roles: ['registrar'],
        vcardArray: [
          'vcard',
          [
            ['version', {}, 'text', '4.0'],
            ['fn', {}, 'text', 'Names Ltd'],
          ],
        ],
      },
      { roles: ['registrant'], vcardArray: ['vcard', [['fn', {}, 'text', { odd: true }]]] },
      { roles: ['abuse'], vcardArray: 'none' },
    ];

    const report = await lookUp({ kind: 'domain', value: 'shop.example' }, { ...DOMAIN, entities });

    expect(report.facts).toEqual([
      { label: 'Registrar', value: 'Names Ltd' },
      { label: 'Registered', value: '1995-08-14' },
    ]);
  });

  it.each([
    ['domain', 'example.com', 'https://rdap.verisign.com/com/v1'],
    ['domain', 'a.b.example.net', 'https://rdap.verisign.com/net/v1'],
    ['email', 'me@mail.example.org', 'https://rdap.publicinterestregistry.org/rdap'],
    ['ipv4', '203.0.113.1', 'https://rdap.apnic.net'],
    ['ipv4', '198.51.100.1', 'https://rdap.arin.net/registry'],
    ['cidr', '192.0.2.0/24', 'https://rdap.arin.net/registry'],
    ['ipv6', '2001:db8::1', 'https://rdap.apnic.net'],
  ] as const)('asks the registry of the %s %s, which is %s', async (kind, value, registry) => {
    const { called, report } = await lookUpAtRegistries({ kind, value });

    expect(called).toEqual([registry]);
    expect(report.level).toBe('unknown');
  });

  it.each([
    ['domain', 'shop.example', 'no registry known for this top-level domain'],
    ['ipv6', '3fff::1', 'In no block of a registry'],
  ] as const)('calls nobody where no registry is known: %s %s', async (kind, value, summary) => {
    const { called, report } = await lookUpAtRegistries({ kind, value });

    expect(called).toEqual([]);
    expect(report).toMatchObject({ level: 'context', summary });
  });
});
