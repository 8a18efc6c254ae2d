import type { SimulatedAnswer, SimulatedRequest, SimulatorDefinition } from '#connectors/simulator-definition.ts';
import { addAlerts, listAlerts } from './simulator-alerts.ts';
import { deleteDecision, deleteDecisions, listDecisions, streamDecisions } from './simulator-decisions.ts';
import { boundsOf, createCrowdsecState, type CrowdsecState, holds, isActive } from './simulator-state.ts';

const MACHINE = 'socbot';
const PASSWORD = 'simulated-crowdsec-password';
const BOUNCER_KEY = 'simulated-bouncer-key';
const TOKEN_MS = 3_600_000;

const ALERTS = '/v1/alerts';
const DECISIONS = '/v1/decisions';
const CHECK = '/v1/allowlists/check/';
/** What the server says of a call that it does not have: nothing. */
const NO_CALL: SimulatedAnswer = { status: 404, text: '' };

/** CrowdSec's local API on loopback, as three versions of it answered. */
export const crowdsecSimulator: SimulatorDefinition<CrowdsecState> = {
  name: 'crowdsec',
  rateLimited: { status: 429, json: { message: 'too many requests' } },
  settings: (url) => ({ CROWDSEC_URL: url, CROWDSEC_MACHINE_ID: MACHINE, CROWDSEC_PASSWORD: PASSWORD }),
  createState: createCrowdsecState,
  respond: (request, _, state) => {
    const { method, path } = request;
    if (path === '/v1/watchers/login') return method === 'POST' ? logIn(request, state) : { status: 405, text: '' };
    if (method === 'GET' && path.startsWith(DECISIONS)) return answerBouncer(request, state);
    const refusal = objectionToToken(request, state);
    if (refusal !== null) return unauthorized(refusal);
    if (path === ALERTS && method === 'GET') return listAlerts(request, state);
    if (path === ALERTS && method === 'POST') return addAlerts(request, MACHINE, state);
    if (path === DECISIONS && method === 'DELETE') return deleteDecisions(request, state);
    if (path.startsWith(`${DECISIONS}/`) && method === 'DELETE')
      return deleteDecision(path.slice(DECISIONS.length + 1), state);
    return path.startsWith(CHECK) && method === 'GET' ? checkAllowlist(path.slice(CHECK.length), state) : NO_CALL;
  },
  entries: ({ alerts, decisions }) =>
    decisions
      .filter((one) => isActive(one) && !one.isSimulated)
      .map(({ type, value, scenario, alertId }) => {
        const message = alerts.find(({ id }) => id === alertId)?.sent['message'];
        return {
          text: `${type === 'ban' ? 'Bans' : type} ${value}`,
          detail: typeof message === 'string' ? message : scenario,
        };
      }),
};

const unauthorized = (message: string): SimulatedAnswer => ({ status: 401, json: { code: 401, message } });

/** Every mistake is a 401; a User-Agent without exactly one slash is told to be a wrong password. */
function logIn({ body, headers }: SimulatedRequest, { starts }: CrowdsecState): SimulatedAnswer {
  let sent: Record<string, unknown>;
  try {
    sent = JSON.parse(body) as Record<string, unknown>;
  } catch {
    return unauthorized('missing: unexpected EOF');
  }
  if (sent['machine_id'] !== MACHINE) return unauthorized('ent: machine not found');
  const isNamed = headers['user-agent']?.split('/').length === 2;
  if (sent['password'] !== PASSWORD || !isNamed) return unauthorized('incorrect Username or Password');
  const expire = new Date(Date.now() + TOKEN_MS).toISOString();
  return { status: 200, json: { code: 200, expire, token: `simulated.${starts}.${Date.now()}` } };
}

function objectionToToken({ headers }: SimulatedRequest, { starts }: CrowdsecState): string | null {
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) return 'cookie token is empty';
  const [, start, madeMs] = token.split('.');
  if (start !== String(starts)) return 'signature is invalid';
  return Date.now() - Number(madeMs) > TOKEN_MS ? 'Token is expired' : null;
}

function answerBouncer(request: SimulatedRequest, state: CrowdsecState): SimulatedAnswer {
  const key = request.headers['x-api-key'];
  if (key !== BOUNCER_KEY) return { status: 403, json: { message: 'access forbidden' } };
  if (request.path === `${DECISIONS}/stream`) return streamDecisions(request, key, state);
  return request.path === DECISIONS ? listDecisions(request, key, state) : { status: 405, text: '' };
}

function checkAllowlist(escaped: string, { allowlist, version }: CrowdsecState): SimulatedAnswer {
  if (version === '1.4.6') return NO_CALL;
  const target = decodeURIComponent(escaped);
  const asked = boundsOf(target);
  if (!asked) return { status: 500, json: { message: `invalid ip address '${target}'` } };
  const found = allowlist.find((entry) => {
    const allowed = boundsOf(entry);
    return allowed !== null && (holds(allowed, asked) || holds(asked, allowed));
  });
  return { status: 200, json: found === undefined ? {} : { allowlisted: true, reason: `${found} from office` } };
}
