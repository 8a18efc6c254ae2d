import { DEFAULT_GROUPS, DEFAULT_PEOPLE } from './telegram/defaults.ts';

/** The roles of the simulated people; whoever has none is a stranger. */
export const RANGE_ROLES: Readonly<Record<string, 'analyst' | 'responder' | 'admin'>> = {
  Ana: 'analyst',
  Ben: 'responder',
  Cleo: 'admin',
};

/** The part of the simulated world that belongs to the range's own organisation: it is never blocked. */
const OWN_NETWORKS = ['192.0.2.0/26'];

/** Machines of that organisation that its simulated Defender knows, and what hangs on them. */
const HOSTS = {
  'ws-0042.campus.example': '{ tier: workstation, owner: Dana }',
  'slow.campus.example': '{ tier: workstation, owner: the library }',
  'asleep.campus.example': '{ tier: server, owner: IT }',
};

/** The range's `socbot.yaml`: the simulated people and their group. */
export function renderRangeSettings(): string {
  const people = DEFAULT_PEOPLE.flatMap(({ id, name }) =>
    RANGE_ROLES[name] ? [`  ${name}: { role: ${RANGE_ROLES[name]}, telegram: ${id} }`] : [],
  );
  const groups = DEFAULT_GROUPS.map(({ id, title }) => `  ${title}: ${id}`);
  const networks = OWN_NETWORKS.map((network) => `  - ${network}`);
  const hosts = Object.entries(HOSTS).map(([name, facts]) => `  ${name}: ${facts}`);
  const sections = ['people:', ...people, 'groups:', ...groups, 'ownNetworks:', ...networks, 'hosts:', ...hosts];
  return [...sections, 'ownDomains: [campus.example]', ''].join('\n');
}
