import type { SimulatedAnswer, SimulatedRequest, SimulatorDefinition } from '#connectors/simulator-definition.ts';
import { isWithin } from '#domain/address.ts';
import { addAlerts, endDecision, showAlerts } from './simulator-alerts.ts';
import { queryDecisions, streamDecisions } from './simulator-bouncer.ts';
import { endDecisions, readRange, Refused } from './simulator-search.ts';
import { createLapiState, isSimulated, type LapiState } from './simulator-state.ts';

/** Machines that may log in, all with the same password; and the key of a firewall. */
const MACHINES = ['socbot', 'another-machine'];
const PASSWORD = 'simulated-crowdsec-password';
const BOUNCER_KEY = 'simulated-crowdsec-bouncer-key';

/** CrowdSec's local API on loopback, for machines and for bouncers; `state.version` says which of three versions. */
export const crowdsecSimulator: SimulatorDefinition<LapiState> = {
  name: 'crowdsec',
  // The real one limits nobody; a proxy before it may.
  rateLimited: { status: 429, json: { message: 'too many requests' } },
  settings: (url) => ({ CROWDSEC_URL: url, CROWDSEC_MACHINE_ID: 'socbot', CROWDSEC_PASSWORD: PASSWORD }),
  createState: () => createLapiState(),
  respond: (request, _world, state) => {
    try {
      return respond(request, state, Date.now());
    } catch (error) {
      return said(500, error instanceof Error ? error.message : 'unknown');
    }
  },
  entries: (state) =>
    state.decisions
      .filter((decision) => decision.until > Date.now() && !isSimulated(state, decision))
      .map(({ scope, value, type, origin, scenario, until }) => ({
        text: `${type === 'ban' && (scope === 'Ip' || scope === 'Range') ? 'Bans' : `${type} ${scope}`} ${value}`,
        detail: `origin ${origin}, scenario ${scenario}, until ${new Date(until).toISOString()}`,
      })),
};

function respond(request: SimulatedRequest, state: LapiState, now: number): SimulatedAnswer {
  const { method, path } = request;
  if (path === '/health') return { status: 200, json: { status: 'up' } };
  if (path === '/v1/watchers/login') return method === 'POST' ? logIn(request, state, now) : { status: 405, text: '' };
  const isBouncers = method === 'GET' && /^\/v1\/decisions(?:\/stream)?$/.test(path);
  if (isBouncers) return respondToBouncer(request, state, now);
  if (!/^\/v1\/(?:alerts|decisions|allowlists)(?:\/|$)/.test(path)) return { status: 404, text: '' };
  const bearer = machineOf(request, state);
  return 'objection' in bearer ? bearer.objection : respondToMachine(request, state, { machine: bearer.machine, now });
}

/** 401 is the answer to everything that is wrong, an agent without exactly one slash included. */
function logIn({ headers, body }: SimulatedRequest, { starts, version }: LapiState, now: number): SimulatedAnswer {
  const refuse = (message: string): SimulatedAnswer => ({ status: 401, json: { code: 401, message } });
  const sent = parseJson(body);
  if (typeof sent !== 'object' || sent === null) return refuse('missing: unexpected EOF');
  const { machine_id: machine, password } = sent as { machine_id?: unknown; password?: unknown };
  if (typeof machine !== 'string' || typeof password !== 'string') {
    return refuse(
      version === '1.4.6' ? 'input format error' : 'validation failure list:\npassword in body is required',
    );
  }
  if (!MACHINES.includes(machine)) return refuse('ent: machine not found');
  const isWelcome = password === PASSWORD && (headers['user-agent'] ?? '').split('/').length === 2;
  if (!isWelcome) return refuse('incorrect Username or Password');
  const expire = new Date(now + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
  return { status: 200, json: { code: 200, expire, token: `simulated.${machine}.${starts}` } };
}

function machineOf(
  { headers }: SimulatedRequest,
  { starts }: LapiState,
): { machine: string } | { objection: SimulatedAnswer } {
  const refuse = (message: string) => ({ objection: { status: 401, json: { code: 401, message } } });
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) return refuse('cookie token is empty');
  const [word, machine = '', start, ...more] = token.split('.');
  if (word !== 'simulated' || start === undefined || more.length > 0) {
    return refuse('token contains an invalid number of segments');
  }
  return start === String(starts) ? { machine } : refuse('signature is invalid');
}

function respondToBouncer({ path, query, headers }: SimulatedRequest, state: LapiState, now: number): SimulatedAnswer {
  const key = headers['x-api-key'];
  if (key !== BOUNCER_KEY) return said(403, 'access forbidden');
  const isStream = path.endsWith('/stream');
  return {
    status: 200,
    json: isStream
      ? streamDecisions(state, query.get('startup') === 'true', key, now)
      : queryDecisions(state, query, key, now),
  };
}

function respondToMachine(
  { method, path, query, body }: SimulatedRequest,
  state: LapiState,
  { machine, now }: { machine: string; now: number },
): SimulatedAnswer {
  const [, , kind, first = '', second] = path.split('/');
  switch (`${method} ${kind}${first === '' ? '' : '/…'}`) {
    case 'GET alerts':
      return { status: 200, json: showAlerts(state, query, now) };
    case 'POST alerts': {
      const sent = parseJson(body);
      if (!Array.isArray(sent))
        return said(400, 'json: cannot unmarshal into Go value of type models.AddAlertsRequest');
      return { status: 201, json: addAlerts(state, machine, sent, now) };
    }
    case 'DELETE decisions':
      return { status: 200, json: { nbDeleted: String(endDecisions(state, query, now)) } };
    case 'DELETE decisions/…':
      if (!/^\d+$/.test(first)) return said(400, 'decision_id must be valid integer');
      return { status: 200, json: { nbDeleted: String(endDecision(state, Number(first), now)) } };
    case 'GET allowlists/…':
      if (first !== 'check' || second === undefined || state.version === '1.4.6') return { status: 404, text: '' };
      return { status: 200, json: checkAllowlist(state, decodeURIComponent(second)) };
    default:
      return { status: kind === 'allowlists' ? 404 : 405, text: '' };
  }
}

/** What is on a list, lies in a listed network, or contains something listed. */
function checkAllowlist({ allowlist }: LapiState, target: string): object {
  const asked = readRange(target);
  if (asked === null) throw new Refused(`invalid ip address '${target}'`);
  const entry = allowlist.find((one) => {
    const listed = readRange(one);
    return listed !== null && (isWithin(asked.start, listed) || isWithin(listed.start, asked));
  });
  return entry === undefined ? {} : { allowlisted: true, reason: `${entry} from office (simulated)` };
}

function said(status: number, message: string): SimulatedAnswer {
  return { status, json: { message } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
