import { z } from 'zod';
import { AllowedNetworks } from '#connectors/block-feed/index.ts';
import { SecretText, Switch } from '#connectors/settings.ts';
import { LOG_LEVELS } from '#src/log.ts';
import { objectionToAuditKey } from './audit-key.ts';
import { isHostAndPort, isNearby, parseListenAddress, parsePort, type ListenAddress } from './listen-address.ts';
import { objectionToKey } from './signing-key.ts';

const BotToken = SecretText.refine(
  (token) => /^\d{6,}:[\w-]{30,}$/.test(token.reveal()),
  'is not a bot token; write it as @BotFather gave it, like 123456789:AA…',
);

const SigningKey = SecretText.superRefine((key, context) => {
  const objection = objectionToKey(key);
  if (objection !== null) context.addIssue(objection);
});

const Key32 = SecretText.superRefine((key, context) => {
  const objection = objectionToAuditKey(key);
  if (objection !== null) context.addIssue(objection);
});

const ApiRoot = z
  .string()
  .refine(isServiceRoot, 'is not the address of a Bot API server; write https:// and its host, or leave it out')
  .refine(
    (text) => !isServiceRoot(text) || text.startsWith('https:') || isNearby(new URL(text)),
    'would send the token over the network in the clear; write it with https://',
  )
  .transform((text) => text.replace(/\/+$/, ''));

const DatabaseUrl = SecretText.refine((text) => {
  const url = URL.parse(text.reveal());
  return url !== null && /^postgres(?:ql)?:$/.test(url.protocol) && url.hostname !== '' && url.pathname.length > 1;
}, 'is not the address of a PostgreSQL database; write postgres://user:password@host:5432/database');

const FeedToken = SecretText.refine(
  (token) => /^[\w.~-]{16,}$/.test(token.reveal()),
  'is too short or holds odd characters; write at least 16 letters and digits, such as: openssl rand -hex 16',
);

const FeedAddress = z.string().transform((text, context): ListenAddress => {
  const address = parseListenAddress(text);
  if (address) return address;
  context.addIssue('is not an address and port; write 127.0.0.1:8480');
  return z.NEVER;
});

const Port = z.string().transform((text, context): number => {
  const port = parsePort(text);
  if (port !== null) return port;
  context.addIssue('is not a port; write a number from 1 to 65535');
  return z.NEVER;
});

const HostAndPort = z.string().refine(isHostAndPort, 'is not a host and port; write it like temporal.example:7233');

const NonBlank = z.string().regex(/\S/, 'must not be empty; write a value, or take the line out');

/** SocBot's own settings in the environment; those of the connectors come on top. All may be left out. */
export const CoreSettings = z.object({
  TELEGRAM_BOT_TOKEN: BotToken.optional(),
  TELEGRAM_API_ROOT: ApiRoot.default('https://api.telegram.org'),
  SOCBOT_KEY: SigningKey.optional(),
  SOCBOT_AUDIT_KEY: Key32.optional(),
  SOCBOT_PAYLOAD_KEY: Key32.optional(),
  SOCBOT_PAYLOAD_KEY_OLD: Key32.optional(),
  SOCBOT_DATA: NonBlank.default('data'),
  SOCBOT_SETTINGS: NonBlank.optional(),
  SOCBOT_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  SOCBOT_RANGE: Switch.default(false),
  SOCBOT_DRY_RUN: Switch.default(false),
  SOCBOT_PAGE_PORT: Port.optional(),
  SOCBOT_TEMPORAL_PORT: Port.optional(),
  SOCBOT_TEMPORAL_UI_PORT: Port.optional(),
  SOCBOT_CACHE: NonBlank.optional(),
  DATABASE_URL: DatabaseUrl.optional(),
  BLOCK_FEED_LISTEN: FeedAddress.optional(),
  BLOCK_FEED_TOKEN: FeedToken.optional(),
  BLOCK_FEED_ALLOW: AllowedNetworks.optional(),
  BLOCK_FEED_DRY_RUN: Switch.default(false),
  TEMPORAL_CLI: NonBlank.optional(),
  TEMPORAL_ADDRESS: HostAndPort.optional(),
  TEMPORAL_NAMESPACE: NonBlank.optional(),
  TEMPORAL_API_KEY: SecretText.optional(),
  TEMPORAL_CONFIG_FILE: NonBlank.optional(),
  TEMPORAL_PROFILE: NonBlank.optional(),
  TEMPORAL_TLS: Switch.optional(),
  TEMPORAL_TLS_SERVER_NAME: NonBlank.optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: NonBlank.optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: NonBlank.optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: NonBlank.optional(),
});
export type CoreSettings = z.output<typeof CoreSettings>;

/** The secrets among them; each may lie in a file that `<name>_FILE` names. */
export const CORE_SECRETS: readonly (keyof CoreSettings)[] = [
  'TELEGRAM_BOT_TOKEN',
  'SOCBOT_KEY',
  'SOCBOT_AUDIT_KEY',
  'SOCBOT_PAYLOAD_KEY',
  'SOCBOT_PAYLOAD_KEY_OLD',
  'DATABASE_URL',
  'BLOCK_FEED_TOKEN',
  'TEMPORAL_API_KEY',
];

/** A variable of the process environment that starts like this is SocBot's; if it is not known, it is a mistake. */
export const CORE_PREFIXES: readonly string[] = ['SOCBOT_', 'TELEGRAM_', 'BLOCK_FEED_'];

function isServiceRoot(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username + url.password + url.search + url.hash === '';
}
