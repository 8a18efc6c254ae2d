import { defineEndpoint, faultOfStatus, readAs } from '#connectors/endpoint.ts';
import type { Http } from '#connectors/http.ts';
import { CheckedAddress } from './schema.ts';

const check = defineEndpoint({
  method: 'GET',
  path: '/api/v2/check',
  read: (answer) => (answer.status === 200 ? readAs(CheckedAddress, answer.json) : { fault: faultOfStatus(answer) }),
});

/** Every call that this connector makes. */
export const abuseipdbEndpoints = [check];

/** How far back reports count, in days. */
export const MAX_AGE_DAYS = 90;

/** AbuseIPDB v2, call by call. */
export type AbuseIpdbClient = {
  check(address: string, signal: AbortSignal): Promise<CheckedAddress>;
};

/** Makes the client; `http` carries the key. */
export function createAbuseIpdbClient(http: Http): AbuseIpdbClient {
  return {
    check: (address, signal) =>
      http.send(check, { query: { ipAddress: address, maxAgeInDays: String(MAX_AGE_DAYS) }, signal }),
  };
}
