import type { Config } from '#config/config.ts';
import { type CodecEndpoint, serveCodec } from '#temporal/codec-endpoint.ts';
import { createPayloadCodec } from '#temporal/payload-codec.ts';
import { EMBEDDED_NAMESPACE, payloadKeysOf } from './engine.ts';

export type UiCodec = CodecEndpoint & {
  /** Tells where the UI is, once that is known; nobody is answered before. */
  readonly allow: (uiUrl: string) => void;
};

/** Decodes for the UI of SocBot's own server; null where nothing is encrypted. */
export async function startUiCodec(config: Config): Promise<UiCodec | null> {
  const [first, ...others] = payloadKeysOf(config);
  if (!first) return null;
  let origins: readonly string[] = [];
  const codec = createPayloadCodec([first, ...others], EMBEDDED_NAMESPACE);
  const endpoint = await serveCodec({ codec, originsOfUi: () => origins, port: 0 });
  return {
    ...endpoint,
    allow: (uiUrl) => {
      const { port } = new URL(uiUrl);
      origins = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
    },
  };
}
