import { Api, GrammyError } from 'grammy';
import { checkSetUp } from '#bot/self-check.ts';
import type { Config } from '#config/config.ts';
import { type Finding, PATIENCE_MS } from './finding.ts';

const WHAT = 'Telegram';

/** More than this, and codes of authenticators and the ages of messages are misjudged; milliseconds. */
const MOST_SKEW_MS = 2_000;

/** Asks Telegram who we are, how the bot is set up, and what time it is there. Takes nothing from the queue. */
export async function examineTelegram(config: Pick<Config, 'telegram'>): Promise<readonly Finding[]> {
  const { telegram } = config;
  if (!telegram) {
    return [
      { state: 'doubtful', what: WHAT, says: 'no token: this is the training range', todo: 'Set TELEGRAM_BOT_TOKEN.' },
    ];
  }
  const api = new Api(telegram.token.reveal(), { apiRoot: telegram.apiRoot, timeoutSeconds: PATIENCE_MS / 1000 });
  try {
    const me = await api.getMe();
    const { stops, warnings } = await checkSetUp(api, me);
    return [
      { state: 'well', what: WHAT, says: `@${me.username} answers` },
      ...stops.map((says): Finding => ({ state: 'ill', what: WHAT, says, todo: 'SocBot does not start like this.' })),
      ...warnings.map((says): Finding => ({ state: 'doubtful', what: WHAT, says, todo: 'Change it at @BotFather.' })),
      ...(await examineClock(telegram.apiRoot)),
    ];
  } catch (error) {
    const isRefused = error instanceof GrammyError && error.error_code === 401;
    return [
      isRefused
        ? {
            state: 'ill',
            what: WHAT,
            says: 'refuses the token',
            todo: 'Check TELEGRAM_BOT_TOKEN; @BotFather shows it.',
          }
        : {
            state: 'ill',
            what: WHAT,
            says: 'cannot be reached',
            todo: 'Check TELEGRAM_API_ROOT, proxies and firewalls.',
          },
    ];
  }
}

async function examineClock(apiRoot: string): Promise<readonly Finding[]> {
  const before = Date.now();
  const answer = await fetch(apiRoot, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
  const there = Date.parse(answer.headers.get('date') ?? '');
  if (!Number.isFinite(there)) return [];
  // The header has whole seconds.
  const skewMs = Math.max(before - there - 1_000, there - Date.now(), 0);
  if (skewMs <= MOST_SKEW_MS) return [];
  const says = `the clock here is ${Math.round(skewMs / 1000)} s off Telegram's`;
  return [{ state: 'ill', what: 'Clock', says, todo: 'Set it by NTP: codes are refused otherwise.' }];
}
