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

/** A system that enforces, as people name it. */
export function titleOf(system: string): string {
  return TITLES[system] ?? system;
}
