import type { SimulatedAnswer, SimulatedRequest, SimulatorDefinition } from '#connectors/simulator-definition.ts';

const USER = 'socbot';
const PASSWORD = 'simulated-wazuh-password';
const TOKEN = 'simulated-wazuh-token';
const LIST_PATH = '/lists/files/';

/** What a manager holds: lists as files and as loaded, and what an administrator has set up. */
export type WazuhState = {
  files: Record<string, string>;
  /** The lists as `wazuh-analysisd` uses them: since its last reload. */
  loaded: Record<string, string>;
  rules: readonly unknown[];
  activeResponses: readonly unknown[];
};

const RULE = {
  id: 100900,
  level: 7,
  status: 'enabled',
  filename: 'local_rules.xml',
  details: { list: { name: 'etc/lists/socbot-blocked', field: 'srcip', lookup: 'address_match_key' } },
};
const RESPONSE = { command: 'firewall-drop', rules_id: '100900', timeout: 600, level: 0, location: 'ALL_AGENTS' };
const EMPTY = 'socbot:keeps the list from being empty\n';

/** The server API of Wazuh 4.14 on loopback, as far as lists and what hangs on them. */
export const wazuhSimulator: SimulatorDefinition<WazuhState> = {
  name: 'wazuh',
  rateLimited: problemOf(429, 'Too Many Requests', 'Maximum number of requests per minute reached', 6001),
  settings: (url) => ({ WAZUH_URL: url, WAZUH_USER: USER, WAZUH_PASSWORD: PASSWORD }),
  createState: () => ({
    files: { 'socbot-blocked': EMPTY },
    loaded: { 'socbot-blocked': EMPTY },
    rules: [RULE],
    activeResponses: [RESPONSE],
  }),
  respond: (request, _, state) => {
    const { method, path, headers, query } = request;
    if (path === '/security/user/authenticate') return logIn(request);
    if (headers.authorization !== `Bearer ${TOKEN}`) return problemOf(401, 'Unauthorized', 'Invalid token');
    const call = `${method} ${path}`;
    if (call === 'PUT /manager/analysisd/reload') return reload(state);
    if (call === 'GET /manager/configuration/analysis/active_response')
      return allOf([{ 'active-response': state.activeResponses }], 'Active configuration was successfully read');
    if (call === 'GET /rules')
      return allOf(
        state.rules.filter((rule) => String((rule as typeof RULE).id) === query.get('rule_ids')),
        'All selected rules were returned',
      );
    const filename = path.slice(LIST_PATH.length);
    if (path.startsWith(LIST_PATH) && method === 'GET') return readList(filename, state);
    if (path.startsWith(LIST_PATH) && method === 'PUT') return writeList(filename, request, state);
    return problemOf(404, 'Not Found', '404: Not Found');
  },
  entries: (state) =>
    linesOf(state.loaded['socbot-blocked'] ?? '')
      .filter(([key]) => key !== 'socbot')
      .map(([key, value]) => ({ text: `Drops ${key} on sight`, detail: value })),
};

function logIn({ method, headers }: SimulatedRequest): SimulatedAnswer {
  if (method !== 'POST') return problemOf(405, 'Method Not Allowed', '405: Method Not Allowed');
  const expected = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
  if (headers.authorization !== expected) return problemOf(401, 'Unauthorized', 'Invalid credentials');
  return { status: 200, json: { data: { token: TOKEN }, error: 0 } };
}

function reload(state: WazuhState): SimulatedAnswer {
  state.loaded = { ...state.files };
  const item = { name: 'manager', msg: 'Ruleset reload request sent successfully.' };
  return allOf([item], 'Reload request sent to all specified nodes');
}

/** Lines with the word TEMPLATE are left out, and one line that is no pair spoils the whole list. */
function readList(filename: string, { files }: WazuhState): SimulatedAnswer {
  const text = files[filename];
  if (text === undefined) return noneOf('No list was returned', filename, 1802);
  const lines = text.split('\n').filter((line) => line !== '' && !line.includes('TEMPLATE'));
  if (lines.some((line) => !LINE.test(line))) return noneOf('No list was returned', filename, 1800);
  return allOf([Object.fromEntries(linesOf(lines.join('\n')))], 'CDB list was returned');
}

/** https://github.com/wazuh/wazuh/blob/v4.14.7/framework/wazuh/core/cdb_list.py, `validate_cdb_list`. */
const LINE = /^(?:"([\w\-: ]+?)"|([^:"\s]+)):(?:"([\w\-: ]*?)"|([^:"]*))$/;

function writeList(filename: string, { body, headers, query }: SimulatedRequest, state: WazuhState): SimulatedAnswer {
  if (headers['content-type'] !== 'application/octet-stream')
    return problemOf(400, 'Bad Request', 'Content type (octet-stream) not valid', 6002);
  const relative = `etc/lists/${filename}`;
  const none = 'Could not upload CDB list file';
  if (body === '') return noneOf(none, relative, 1112);
  if (
    !body
      .replace(/\n$/, '')
      .split('\n')
      .every((line) => LINE.test(line))
  )
    return noneOf(none, relative, 1800);
  if (state.files[filename] !== undefined && query.get('overwrite') !== 'true') return noneOf(none, relative, 1905);
  state.files[filename] = body;
  return allOf([relative], 'CDB list file uploaded successfully');
}

function linesOf(text: string): [key: string, value: string][] {
  return text.split('\n').flatMap((line) => {
    const match = LINE.exec(line);
    return match ? [[match[1] ?? match[2] ?? '', match[3] ?? match[4] ?? '']] : [];
  });
}

function allOf(items: readonly unknown[], message: string): SimulatedAnswer {
  const data = { affected_items: items, total_affected_items: items.length, total_failed_items: 0, failed_items: [] };
  return { status: 200, json: { data, message, error: 0 } };
}

function noneOf(message: string, id: string, code: number): SimulatedAnswer {
  const failed = [{ error: { code, message: `Error ${code}` }, id: [id] }];
  const data = { affected_items: [], total_affected_items: 0, total_failed_items: 1, failed_items: failed };
  return { status: 200, json: { data, message, error: 1 } };
}

function problemOf(status: number, title: string, detail: string, error?: number): SimulatedAnswer {
  return { status, json: { title, detail, ...(error === undefined ? {} : { error }) } };
}
