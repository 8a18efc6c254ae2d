import { abuseipdb } from './abuseipdb/index.ts';
import { circlHashlookup } from './circl-hashlookup/index.ts';
import type { SourceConnector } from './connector.ts';
import { crowdsec } from './crowdsec/index.ts';
import { defender } from './defender/index.ts';
import { dnsRpz } from './dns-rpz/index.ts';
import { malwarebazaar } from './malwarebazaar/index.ts';
import { opnsense } from './opnsense/index.ts';
import { pihole } from './pihole/index.ts';
import { rdap } from './rdap/index.ts';
import type { ResponderConnector } from './responder-connector.ts';
import { shodanInternetdb } from './shodan-internetdb/index.ts';
import { threatfox } from './threatfox/index.ts';
import { urlhaus } from './urlhaus/index.ts';
import { virustotal } from './virustotal/index.ts';
import { wazuh } from './wazuh/index.ts';

/** Every source that SocBot can ask, in the order in which cards name them. */
export const sourceConnectors: readonly SourceConnector[] = [
  virustotal,
  abuseipdb,
  urlhaus,
  threatfox,
  malwarebazaar,
  circlHashlookup,
  shodanInternetdb,
  rdap,
];

/** Every system that can be told to enforce, in the order in which cards name them. */
export const responderConnectors: readonly ResponderConnector[] = [crowdsec, opnsense, dnsRpz, pihole, defender, wazuh];
