import { DEFAULT_GROUPS, DEFAULT_PEOPLE } from './telegram/defaults.ts';

/** The roles of the simulated people; whoever has none is a stranger. */
export const RANGE_ROLES: Readonly<Record<string, 'analyst' | 'responder' | 'admin'>> = {
  Ana: 'analyst',
  Ben: 'responder',
  Cleo: 'admin',
};

/** The part of the simulated world that belongs to the range's own organisation: it is never blocked. */
const OWN_NETWORKS = ['192.0.2.0/26'];

/** The range's `socbot.yaml`: the simulated people and their group. */
export function renderRangeSettings(): string {
  const people = DEFAULT_PEOPLE.flatMap(({ id, name }) =>
    RANGE_ROLES[name] ? [`  ${name}: { role: ${RANGE_ROLES[name]}, telegram: ${id} }`] : [],
  );
  const groups = DEFAULT_GROUPS.map(({ id, title }) => `  ${title}: ${id}`);
  const networks = OWN_NETWORKS.map((network) => `  - ${network}`);
  return ['people:', ...people, 'groups:', ...groups, 'ownNetworks:', ...networks, ''].join('\n');
}
