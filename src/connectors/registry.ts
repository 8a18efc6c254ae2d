import type { SourceConnector } from './connector.ts';

/** Every source that SocBot can ask, in the order in which cards name them. */
export const sourceConnectors: readonly SourceConnector[] = [];
