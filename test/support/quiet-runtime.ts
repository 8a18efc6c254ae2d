import { IllegalStateError } from '@temporalio/common';
import { DefaultLogger, Runtime } from '@temporalio/worker';

// Failing activities are what many tests are about; the SDK would warn of each. One process runs many files, and takes
// one runtime: from the second file on it is quiet already.
try {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    shutdownSignals: [],
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
} catch (error) {
  if (!(error instanceof IllegalStateError)) throw error;
}
