import { wazuh } from '#connectors/wazuh/index.ts';
import { wazuhSimulator } from '#connectors/wazuh/simulator.ts';
import { describeResponder } from '#support/responder-contract.ts';

describeResponder({
  connector: wazuh,
  simulator: wazuhSimulator,
  samples: [
    { kind: 'ipv4', value: '203.0.113.66' },
    { kind: 'ipv6', value: '2001:db8:bad::66' },
  ],
  tells: { until: true, lease: true },
});
