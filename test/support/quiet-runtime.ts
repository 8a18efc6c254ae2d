import { DefaultLogger, Runtime } from '@temporalio/worker';

// Failing activities are what many tests are about; the SDK would warn of each.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  shutdownSignals: [],
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});
