import { pihole } from '#connectors/pihole/index.ts';
import { createPiholeState, piholeSimulator } from '#connectors/pihole/simulator.ts';
import { describeResponder } from '#support/responder-contract.ts';

describeResponder({
  connector: pihole,
  // A test logs in more than three times a second
  simulator: { ...piholeSimulator, createState: () => createPiholeState({ loginsPerSecond: null }) },
  samples: [{ kind: 'domain', value: 'bad.example' }],
  tells: { until: true, lease: true },
  faultyPaths: ['/api/dns/', '/api/search/', '/api/domains'],
});
