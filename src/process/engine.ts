import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { ClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, Runtime } from '@temporalio/worker';
import type { Config } from '#config/config.ts';
import { keyBytesOf } from '#config/signing-key.ts';
import type { Log } from '#src/log.ts';
import { toTemporalLogger } from '#src/log/temporal-logger.ts';
import { createPayloadCodec, type PayloadKey, payloadKeyOf } from '#temporal/payload-codec.ts';

/** The way to Temporal: a client for asking, and what workers connect with. */
export type Engine = {
  readonly client: Client;
  /** Host and port. */
  readonly address: string;
  readonly namespace: string;
  /** How workers and clients read and write payloads. */
  readonly dataConverter: DataConverter;
  /** Connects for a worker; rejects while the server is away. */
  readonly connectNative: () => Promise<NativeConnection>;
  readonly close: () => Promise<void>;
};

/** Where Temporal is: as configured, or SocBot's own server on loopback. */
export type EnginePlace = {
  readonly options: ClientConnectConfig['connectionOptions'];
  readonly namespace: string;
  /** Keys that payloads are encrypted with, the one that encrypts first; plain payloads if there is none. */
  readonly payloadKeys?: readonly PayloadKey[];
};

/** The only namespace of SocBot's own server. */
export const EMBEDDED_NAMESPACE = 'default';

/** The keys that payloads are encrypted with, the one that encrypts first. */
export function payloadKeysOf({ payloadKeys }: Pick<Config, 'payloadKeys'>): readonly PayloadKey[] {
  return payloadKeys.map((key) => payloadKeyOf(keyBytesOf(key)));
}

/** The configured cluster, or the embedded server at this address. */
export function enginePlaceOf(config: Config, embeddedAddress: string | null): EnginePlace {
  const { temporal } = config;
  const payloadKeys = payloadKeysOf(config);
  if (temporal) return { options: temporal.connectionOptions(), namespace: temporal.namespace, payloadKeys };
  if (embeddedAddress === null) throw new Error('there is neither a configured cluster nor an embedded server');
  return { options: { address: embeddedAddress }, namespace: EMBEDDED_NAMESPACE, payloadKeys };
}

/** Opens the way to Temporal; it need not be up yet. */
export function openEngine({ options, namespace, payloadKeys = [] }: EnginePlace): Engine {
  const [first, ...others] = payloadKeys;
  const dataConverter = first ? { payloadCodecs: [createPayloadCodec([first, ...others], namespace)] } : {};
  const connection = Connection.lazy(options);
  return {
    client: new Client({ connection, namespace, dataConverter }),
    address: options.address ?? '',
    namespace,
    dataConverter,
    connectNative: async () => NativeConnection.connect(options),
    close: async () => connection.close(),
  };
}

let isInstalled = false;

/** Sends what the SDK has to say to our log, and leaves signals to us. Once per process. */
export function installRuntime(log: Log): void {
  if (isInstalled) return;
  isInstalled = true;
  Runtime.install({
    logger: toTemporalLogger(log),
    shutdownSignals: [],
    telemetryOptions: { logging: { forward: {}, filter: 'WARN' } },
  });
}
