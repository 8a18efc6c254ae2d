import type { Silence } from './verdict.ts';

/** Why a source is silent, as the end of a sentence that begins with its name. */
export const SILENCE_WORDS: Record<Silence, string> = {
  unreachable: 'did not answer',
  rate_limited: 'refused for now: rate limit',
  unauthorized: 'did not let us in: tell an admin',
  not_found: 'answered that there is no such service',
  refused: 'refused the question',
  malformed_response: 'gave an unreadable answer',
  lost: 'gave no answer; counted calls are not repeated',
  late: 'did not answer in time',
};
