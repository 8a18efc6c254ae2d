/** Systems as their vendors write them; a tool of one's own is called what `socbot.yaml` calls it. */
const TITLES: Readonly<Record<string, string>> = {
  'block-feed': 'block feed',
  'allow-list': 'allow list',
  crowdsec: 'CrowdSec',
  defender: 'Microsoft Defender',
  'dns-rpz': 'DNS policy zone',
  opnsense: 'OPNsense',
  pihole: 'Pi-hole',
  wazuh: 'Wazuh',
};

/** Lists of our own are things in a sentence; the names of vendors and of your own tools take no article. */
const THINGS = ['block-feed', 'allow-list', 'dns-rpz'];

/** A system that enforces, as it stands in a sentence: `the block feed`, `CrowdSec`. */
export function systemInWords(system: string): string {
  return THINGS.includes(system) ? `the ${titleOf(system)}` : titleOf(system);
}

/** A system that enforces, as people name it. */
export function titleOf(system: string): string {
  return TITLES[system] ?? system;
}
