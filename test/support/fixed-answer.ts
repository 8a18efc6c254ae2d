import { ConnectorError } from '#connectors/errors.ts';
import type { CreateHttp } from '#connectors/http.ts';

/** An HTTP client without a network: every call is answered with this status and body, read by the real endpoint. */
export function answerWith(body: unknown, status = 200): CreateHttp {
  return ({ connector }) => ({
    async send(endpoint) {
      const reading = endpoint.read({ status, headers: {}, json: body, text: JSON.stringify(body) });
      if (reading.fault !== undefined) throw new ConnectorError({ connector, isAnswered: true, ...reading.fault });
      return reading.result;
    },
  });
}
