import { type Answer, type AnswerFault, faultOfStatus } from '#connectors/endpoint.ts';
import { Said } from './schema.ts';

/** CrowdSec answers 500 to a client's mistakes too; these words of its own source (pkg/database/errors.go) tell. */
const OUR_MISTAKE =
  /^validation failure list|unable to parse (?:duration|type)|while parsing duration|invalid filter|invalid ip address|bad limit/;

/** Also said where the database failed, in 1.4.6: it is no proof that the decision is gone. */
const NO_SUCH_DECISION = /^decision with id '\d+' doesn't exist/;

/** What a status of 300 or more means. Asked again, the same mistake has the same answer: it is not worth repeating. */
export function faultOfAnswer(answer: Answer): AnswerFault {
  const said = Said.safeParse(answer.json);
  if (answer.status !== 500 || !said.success) return faultOfStatus(answer);
  if (OUR_MISTAKE.test(said.data.message)) return { kind: 'refused', message: 'HTTP 500 about a wrong request' };
  if (NO_SUCH_DECISION.test(said.data.message)) return { kind: 'not_found', message: 'HTTP 500, no such decision' };
  return faultOfStatus(answer);
}
