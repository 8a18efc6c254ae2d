import { type Answer, type AnswerFault, faultOfStatus } from '#connectors/endpoint.ts';
import { Refusal } from './schema.ts';

const LOGIN_PAUSE_MS = 2000;
const SEAT_PAUSE_MS = 60_000;

/** What an answer means that is not the one hoped for, by the key that Pi-hole gives it. */
export function faultOfPihole(answer: Answer): AnswerFault {
  const fault = faultOfStatus(answer);
  const key = Refusal.safeParse(answer.json).data?.error.key;
  switch (key) {
    case undefined:
      return fault;
    case 'rate_limiting':
      return { retryAfterMs: LOGIN_PAUSE_MS, ...fault, message: 'more logins than Pi-hole takes in a second' };
    case 'api_seats_exceeded':
      return { retryAfterMs: SEAT_PAUSE_MS, ...fault, message: 'all sessions that Pi-hole allows are in use' };
    // A lock of the database passes: an update of the subscribed lists holds one.
    case 'database_error':
      return { kind: 'unreachable', message: `HTTP ${answer.status}, Pi-hole cannot use its database now` };
    default:
      return { ...fault, message: `${fault.message}, ${key}` };
  }
}
