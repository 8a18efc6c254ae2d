import type { BenchSource, WorldSaid } from './scenario.ts';

type Vendors = WorldSaid['vendors'];

/** The call that SocBot's connector makes, with nothing around it. */
export async function callVendor(vendors: Vendors, source: BenchSource, ip: string): Promise<unknown> {
  const { url = '', key = '' } = vendors[source] ?? {};
  return (await send(source, { url, key, ip })).json();
}

async function send(source: BenchSource, { url, key, ip }: Record<'url' | 'key' | 'ip', string>): Promise<Response> {
  switch (source) {
    case 'virustotal':
      return fetch(`${url}/api/v3/ip_addresses/${ip}`, { headers: { 'x-apikey': key } });
    case 'abuseipdb':
      return fetch(`${url}/api/v2/check?ipAddress=${ip}&maxAgeInDays=90`, { headers: { key } });
    case 'urlhaus':
      return fetch(`${url}/v1/host/`, {
        method: 'POST',
        headers: { 'auth-key': key },
        body: new URLSearchParams({ host: ip }),
      });
    case 'threatfox':
      return fetch(`${url}/api/v1/`, {
        method: 'POST',
        headers: { 'auth-key': key, 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'search_ioc', search_term: ip, exact_match: true }),
      });
    case 'shodan-internetdb':
      return fetch(`${url}/${ip}`);
  }
}
