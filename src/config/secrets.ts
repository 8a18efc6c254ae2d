import { Secret } from '#domain/secret.ts';
import type { Config } from './config.ts';
import { keyBytesOf } from './signing-key.ts';

/** Every secret value of a configuration, for the log to leave out: also the password inside a database address. */
export function secretsOf(config: Config): readonly string[] {
  const secrets = [
    config.telegram?.token,
    config.signingKey,
    config.auditKey,
    ...config.payloadKeys,
    config.databaseUrl,
    config.blockFeed?.token,
    config.temporal?.apiKey,
    ...config.responders.flatMap(({ settings }) => Object.values(settings)),
    ...config.sources.flatMap(({ settings }) => Object.values(settings)),
  ].filter((value) => value instanceof Secret);
  const keys = [config.signingKey, ...(config.auditKey ? [config.auditKey] : []), ...config.payloadKeys].map((key) =>
    Buffer.from(keyBytesOf(key)),
  );
  const texts = secrets.map((secret) => secret.reveal());
  return [
    ...new Set([
      ...texts,
      ...keys.flatMap((key) => [key.toString('base64'), key.toString('hex')]),
      ...passwordsOf(config.databaseUrl),
    ]),
  ];
}

function passwordsOf(databaseUrl: Secret | null): string[] {
  const password = databaseUrl === null ? '' : (URL.parse(databaseUrl.reveal())?.password ?? '');
  if (password === '') return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
