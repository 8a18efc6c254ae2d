import { abuseipdbSimulator } from './abuseipdb/simulator.ts';
import { circlHashlookupSimulator } from './circl-hashlookup/simulator.ts';
import { crowdsecSimulator } from './crowdsec/simulator.ts';
import { defenderSimulator } from './defender/simulator.ts';
import { malwarebazaarSimulator } from './malwarebazaar/simulator.ts';
import { opnsenseSimulator } from './opnsense/simulator.ts';
import { piholeSimulator } from './pihole/simulator.ts';
import { rdapSimulator } from './rdap/simulator.ts';
import { shodanInternetdbSimulator } from './shodan-internetdb/simulator.ts';
import type { SimulatorDefinition } from './simulator-definition.ts';
import { threatfoxSimulator } from './threatfox/simulator.ts';
import { urlhausSimulator } from './urlhaus/simulator.ts';
import { virustotalSimulator } from './virustotal/simulator.ts';
import { wazuhSimulator } from './wazuh/simulator.ts';

/** Every vendor that can be simulated, for the range and the command line. */
export const simulators: readonly SimulatorDefinition[] = [
  virustotalSimulator,
  abuseipdbSimulator,
  urlhausSimulator,
  threatfoxSimulator,
  malwarebazaarSimulator,
  circlHashlookupSimulator,
  shodanInternetdbSimulator,
  rdapSimulator,
  crowdsecSimulator,
  opnsenseSimulator,
  piholeSimulator,
  defenderSimulator,
  wazuhSimulator,
];
