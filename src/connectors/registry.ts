import { circlHashlookup } from './circl-hashlookup/index.ts';
import type { SourceConnector } from './connector.ts';
import { malwarebazaar } from './malwarebazaar/index.ts';
import { threatfox } from './threatfox/index.ts';
import { urlhaus } from './urlhaus/index.ts';
import { virustotal } from './virustotal/index.ts';

/** Every source that SocBot can ask, in the order in which cards name them. */
export const sourceConnectors: readonly SourceConnector[] = [
  virustotal,
  urlhaus,
  threatfox,
  malwarebazaar,
  circlHashlookup,
];
