import type { Environment } from './environment.ts';
import { isLoopback, parseListenAddress } from './listen-address.ts';
import { ENVIRONMENT, type Problem } from './problem.ts';

/** What a process of its own cannot do without. */
export type Need = 'telegram' | 'temporal' | 'database';

const WORDS: Readonly<Record<Need, string>> = {
  telegram: 'TELEGRAM_BOT_TOKEN is missing; write TELEGRAM_BOT_TOKEN=<the token that @BotFather gave>',
  temporal: 'TEMPORAL_ADDRESS is missing; write TEMPORAL_ADDRESS=<host>:7233, where all processes find each other',
  database:
    'DATABASE_URL is missing; write DATABASE_URL=postgres://user:password@host:5432/database, which all processes share',
};

/** What is wrong with the settings of the environment taken together. */
export function objectionsToEnvironment(
  environment: Environment,
  needs: readonly Need[],
  hasCluster: boolean,
): readonly Problem[] {
  const isThere: Readonly<Record<Need, boolean>> = {
    telegram: environment.has('TELEGRAM_BOT_TOKEN'),
    temporal: hasCluster || environment.has('TEMPORAL_ADDRESS'),
    database: environment.has('DATABASE_URL'),
  };
  const missing = needs.filter((need) => !isThere[need]).map((need) => ({ place: ENVIRONMENT, text: WORDS[need] }));
  return [
    ...missing,
    ...objectionToSharing(environment),
    ...objectionToAuditKeys(environment),
    ...objectionToPayloadKeys(environment),
    ...objectionToFeed(environment),
    ...objectionToRange(environment),
  ];
}

/** Buttons signed by one process are read by another, so processes that share a database share the key. */
function objectionToSharing(environment: Environment): Problem[] {
  const database = environment.get('DATABASE_URL');
  if (!database || environment.has('SOCBOT_KEY')) return [];
  const text =
    'DATABASE_URL is set, so processes on several machines may share the work, and they must share one key; write SOCBOT_KEY=<what this prints: openssl rand -base64 32>';
  return [{ place: database.place, text }];
}

/** Whoever signs must sign as all the others do, and whoever has the key of buttons must not sign the audit. */
function objectionToAuditKeys(environment: Environment): Problem[] {
  const database = environment.get('DATABASE_URL');
  const key = environment.get('SOCBOT_AUDIT_KEY');
  if (key && key.text.trim() === environment.get('SOCBOT_KEY')?.text.trim()) {
    const text = 'SOCBOT_AUDIT_KEY is the same as SOCBOT_KEY; write another one: openssl rand -base64 32';
    return [{ place: key.place, text }];
  }
  if (!database || key) return [];
  const text =
    'DATABASE_URL is set, so several processes may sign one audit, and they must share one key; write SOCBOT_AUDIT_KEY=<what this prints: openssl rand -base64 32>';
  return [{ place: database.place, text }];
}

/** Without a new key nothing would be encrypted any more. */
function objectionToPayloadKeys(environment: Environment): Problem[] {
  const old = environment.get('SOCBOT_PAYLOAD_KEY_OLD');
  if (!old || environment.has('SOCBOT_PAYLOAD_KEY')) return [];
  const text =
    'SOCBOT_PAYLOAD_KEY_OLD only decrypts; write SOCBOT_PAYLOAD_KEY=<the key that encrypts>, which may be the same';
  return [{ place: old.place, text }];
}

function objectionToFeed(environment: Environment): Problem[] {
  const listen = environment.get('BLOCK_FEED_LISTEN');
  const address = listen && parseListenAddress(listen.text);
  if (!address || isLoopback(address.host) || hasAccessRule(environment)) return [];
  const text =
    'BLOCK_FEED_LISTEN is open to the network, and anybody there could read what you block; write BLOCK_FEED_TOKEN=<what this prints: openssl rand -hex 16>, or BLOCK_FEED_ALLOW=<the addresses of your firewalls>, or listen on 127.0.0.1';
  return [{ place: listen.place, text }];
}

function hasAccessRule(environment: Environment): boolean {
  return environment.has('BLOCK_FEED_TOKEN') || environment.has('BLOCK_FEED_ALLOW');
}

/** What the range allows for practice must never meet real people. */
function objectionToRange(environment: Environment): Problem[] {
  const range = environment.get('SOCBOT_RANGE');
  if (range?.text !== 'true' || !environment.has('TELEGRAM_BOT_TOKEN')) return [];
  const root = URL.parse(environment.get('TELEGRAM_API_ROOT')?.text ?? '');
  if (root && isLoopback(root.hostname)) return [];
  const text =
    'SOCBOT_RANGE is for the training range only, whose Telegram runs on this machine; leave it out, or write TELEGRAM_API_ROOT=http://127.0.0.1:<port>';
  return [{ place: range.place, text }];
}
