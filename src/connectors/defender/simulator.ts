import type { SimulatedAnswer, SimulatedRequest, SimulatorDefinition } from '#connectors/simulator-definition.ts';
import { parseFilter } from './odata-filter.ts';
import { answerOfMachines, isIsolated, MACHINES, type SimulatedAction } from './simulator-machines.ts';

const TENANT = 'campus.example';
const CLIENT = '7b1f4967-0000-4000-8000-0000000000a1';
const SECRET = 'simulated-defender-secret';
const TOKEN = 'simulated-defender-token';

const TYPES = ['FileSha1', 'FileMd5', 'FileSha256', 'CertificateThumbprint', 'IpAddress', 'DomainName', 'Url'];
const ACTIONS = ['Alert', 'Warn', 'Block', 'Audit', 'BlockAndRemediate', 'AlertAndBlock', 'Allowed'];

type SimulatedIndicator = {
  readonly id: string;
  readonly indicatorValue: string;
  readonly indicatorType: string;
  readonly action: string;
  readonly title: string;
  readonly description: string;
  readonly expirationTime: string | null;
  readonly rbacGroupNames: readonly string[];
  readonly source: string;
};

/** What Defender holds: indicators, and everything that machines were asked for. */
export type DefenderState = {
  indicators: SimulatedIndicator[];
  actions: SimulatedAction[];
  /** How many things it has made; the next one's id. */
  made: number;
};

/** Microsoft Defender for Endpoint on loopback, its login included. `eq` heeds the case, as the real one does. */
export const defenderSimulator: SimulatorDefinition<DefenderState> = {
  name: 'defender',
  rateLimited: { status: 429, json: errorOf('TooManyRequests', 'Too many requests') },
  settings: (url) => ({
    DEFENDER_URL: url,
    DEFENDER_LOGIN_URL: url,
    DEFENDER_TENANT_ID: TENANT,
    DEFENDER_CLIENT_ID: CLIENT,
    DEFENDER_CLIENT_SECRET: SECRET,
  }),
  createState: () => ({ indicators: [], actions: [], made: 0 }),
  respond: (request, _, state) => {
    const { method, path, headers } = request;
    if (path === `/${TENANT}/oauth2/v2.0/token`) return logIn(request);
    if (headers.authorization !== `Bearer ${TOKEN}`)
      return { status: 401, json: errorOf('Unauthorized', 'Invalid token') };
    if (path.startsWith('/api/machine')) return answerOfMachines(request, state);
    if (path === '/api/indicators' && method === 'GET') return listIndicators(request, state);
    if (path === '/api/indicators' && method === 'POST') return submitIndicator(request, state);
    if (path.startsWith('/api/indicators/') && method === 'DELETE') return deleteIndicator(path, state);
    return { status: 404, json: errorOf('NotFound', 'The resource was not found') };
  },
  entries: (state) => [
    ...state.indicators.map(({ indicatorValue, action, description }) => ({
      text: `${action} ${indicatorValue}`,
      detail: description,
    })),
    ...MACHINES.filter(({ id }) => isIsolated(id, state)).map(({ id, computerDnsName }) => ({
      text: `Isolated ${computerDnsName}`,
      detail: `machine ${id}`,
    })),
  ],
};

/** The words of an error of this vendor's. */
function errorOf(code: string, message: string) {
  return { error: { code, message, target: '|simulated.' } };
}

function logIn({ method, body }: SimulatedRequest): SimulatedAnswer {
  const form = new URLSearchParams(body);
  if (method !== 'POST' || form.get('grant_type') !== 'client_credentials')
    return { status: 400, json: { error: 'unsupported_grant_type', error_description: 'AADSTS70003' } };
  if (form.get('scope') !== 'https://api.securitycenter.microsoft.com/.default')
    return { status: 400, json: { error: 'invalid_scope', error_description: 'AADSTS70011' } };
  if (form.get('client_id') !== CLIENT)
    return { status: 400, json: { error: 'unauthorized_client', error_description: 'AADSTS700016' } };
  if (form.get('client_secret') !== SECRET)
    return { status: 401, json: { error: 'invalid_client', error_description: 'AADSTS7000215' } };
  return {
    status: 200,
    json: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: TOKEN },
  };
}

function listIndicators({ query }: SimulatedRequest, state: DefenderState): SimulatedAnswer {
  const test = parseFilter(query.get('$filter') ?? '');
  if (!test) return { status: 400, json: errorOf('ODataError', 'Invalid OData URI query') };
  const isActive = ({ expirationTime }: SimulatedIndicator): boolean =>
    expirationTime === null || Date.parse(expirationTime) > Date.now();
  const [skip, top] = [Number(query.get('$skip') ?? 0), Number(query.get('$top') ?? 10_000)];
  const value = state.indicators.filter((one) => isActive(one) && test(one)).slice(skip, skip + top);
  return { status: 200, json: { '@odata.context': '/api/$metadata#Indicators', value } };
}

/** One value of one type is one indicator: submitted again, it is changed, whoever made it. */
function submitIndicator({ body }: SimulatedRequest, state: DefenderState): SimulatedAnswer {
  const sent = JSON.parse(body) as Partial<Record<string, unknown>>;
  const { indicatorValue: value, indicatorType: type, action, title, description } = sent;
  const texts = [value, type, action, title, description];
  if (!texts.every((text): text is string => typeof text === 'string' && text !== ''))
    return { status: 400, json: errorOf('MissingRequiredParameter', 'A parameter is missing.') };
  const [indicatorValue = '', indicatorType = '', doing = '', heading = '', told = ''] = texts;
  if (!TYPES.includes(indicatorType) || !ACTIONS.includes(doing))
    return { status: 400, json: errorOf('InvalidRequestBody', 'Request body is incorrect') };
  if (indicatorType === 'IpAddress' && !/^(?:\d+(?:\.\d+){3}|[0-9a-f]+(?::[0-9a-f]+){7})$/i.test(indicatorValue))
    return { status: 400, json: errorOf('InvalidIpAddress', 'IP address is invalid.') };
  const at = state.indicators.findIndex(
    (one) => one.indicatorValue === indicatorValue && one.indicatorType === indicatorType,
  );
  if (at < 0) state.made += 1;
  const indicator: SimulatedIndicator = {
    id: state.indicators[at]?.id ?? String(994 + state.made),
    indicatorValue,
    indicatorType,
    action: doing,
    title: heading,
    description: told,
    expirationTime: typeof sent['expirationTime'] === 'string' ? sent['expirationTime'] : null,
    rbacGroupNames: Array.isArray(sent['rbacGroupNames']) ? sent['rbacGroupNames'].map(String) : [],
    source: state.indicators[at]?.source ?? 'SocBot',
  };
  state.indicators.splice(at < 0 ? state.indicators.length : at, 1, indicator);
  return { status: 200, json: indicator };
}

function deleteIndicator(path: string, state: DefenderState): SimulatedAnswer {
  const id = path.slice('/api/indicators/'.length);
  const at = state.indicators.findIndex((one) => one.id === id);
  if (at < 0) return { status: 404, json: errorOf('ResourceNotFound', `Indicator ${id} was not found`) };
  state.indicators.splice(at, 1);
  return { status: 204, text: '' };
}
