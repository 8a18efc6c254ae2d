import type { Answer, Reading } from '#connectors/endpoint.ts';
import { defineEndpoint, faultOfStatus, readAs } from '#connectors/endpoint.ts';
import { nullIfNotFound } from '#connectors/errors.ts';
import type { Http } from '#connectors/http.ts';
import { NoInformation, ScannedAddress } from './schema.ts';

const address = defineEndpoint({
  method: 'GET',
  path: '/{ip}',
  placeholders: { ip: /^\d{1,3}(\.\d{1,3}){3}$/ },
  read: readAddress,
});

function readAddress(answer: Answer): Reading<ScannedAddress> {
  if (answer.status === 404 && isNoInformation(answer)) {
    return { fault: { kind: 'not_found', message: 'no information available' } };
  }
  return answer.status === 200 ? readAs(ScannedAddress, answer.json) : { fault: faultOfStatus(answer) };
}

/** Other words with a 404, such as the framework's own `Not Found` or a ban, are not about an address. */
function isNoInformation(answer: Answer): boolean {
  const parsed = NoInformation.safeParse(answer.json);
  return parsed.success && /^no information available/i.test(parsed.data.detail);
}

/** Every call that this connector makes. */
export const internetdbEndpoints = [address];

/** Shodan InternetDB, call by call; null where Shodan has found nothing. */
export type InternetdbClient = {
  getAddress(ip: string, signal: AbortSignal): Promise<ScannedAddress | null>;
};

/** Makes the client; the service asks for no key. */
export function createInternetdbClient(http: Http): InternetdbClient {
  return { getAddress: (ip, signal) => nullIfNotFound(http.send(address, { path: { ip }, signal })) };
}
