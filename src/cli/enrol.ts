import { createInterface } from 'node:readline/promises';
import { renderUnicodeCompact } from 'uqr';
import type { ConfigSources } from '#config/load.ts';
import { keyBytesOf } from '#config/signing-key.ts';
import { readCode } from '#domain/totp-code.ts';
import { newTotpSecret, stepsOf, totpOf } from '#store/one-time-codes.ts';
import type { Store } from '#store/open-store.ts';
import type { SecondFactors } from '#store/second-factors.ts';
import { openStoreOf, personOf, readPeople, recordAct } from './people.ts';

type Sources = Pick<ConfigSources, 'env' | 'cwd' | 'dataDir'>;

/** Where the operator sits: what is printed there, what is typed there, and whether it is a terminal at all. */
export type Terminal = {
  readonly print: (line: string) => void;
  readonly input: NodeJS.ReadableStream;
  readonly isTerminal: boolean;
};

export type EnrolOptions = { readonly remove?: boolean; readonly list?: boolean; readonly evenIfRecorded?: boolean };

/** Whoever types more codes than this has another authenticator in hand, or a wrong clock. */
const MOST_TRIES = 5;

/**
 * `socbot enrol`: gives a person of `socbot.yaml` an authenticator. The secret is shown on this terminal and nowhere else,
 * and counts once a code of it was typed. Throws in words where it cannot be.
 */
export async function enrol(
  name: string | undefined,
  options: EnrolOptions,
  sources: Sources,
  terminal: Terminal,
): Promise<void> {
  // Somebody may be enrolled before the first start; what is looked up or taken away has to be there.
  const isStoreThere = Boolean(options.list || options.remove);
  const config = readPeople(sources, { isStoreThere });
  const person = isStoreThere ? null : personOf(config, name);
  if (person && !terminal.isTerminal && !options.evenIfRecorded) throw new Error(NO_TERMINAL);
  const store = await openStoreOf(config);
  const factors = store.secondFactors([keyBytesOf(config.signingKey)]);
  try {
    if (person) await enrolPerson(person.name, factors, store, terminal);
    else if (options.list) await list(factors, terminal);
    else await remove(name, factors, store, terminal);
  } finally {
    await store.close();
  }
}

const NO_TERMINAL =
  'This is no terminal: the secret would end up in a file or a log. Run it by hand, or add --even-if-recorded.';

async function enrolPerson(name: string, factors: SecondFactors, store: Store, terminal: Terminal): Promise<void> {
  const { print } = terminal;
  const secret = newTotpSecret();
  print(renderQr(totpOf(secret, name).toString(), terminal));
  print(`Scan it with the authenticator of ${name}. Or type it there, as the account SocBot:${name} with the key`);
  print(secret.replaceAll(/(.{4})/g, '$1 ').trim());
  const confirmedStep = await askForCode(secret, terminal);
  const { isReplaced } = await factors.enrol(name, secret, new Date().toISOString(), confirmedStep);
  await recordAct(store, 'enrol', { outcome: isReplaced ? 'replaced' : 'enrolled', detail: name });
  print(`${name} has an authenticator now.${isReplaced ? ' The one before counts no more.' : ''}`);
  print('Clear this screen: whoever sees the key above has the same authenticator.');
}

/** The step whose code was typed: the authenticator works, and its clock is right. */
async function askForCode(secret: string, { print, input }: Terminal): Promise<number> {
  print('Then type the six digits that it shows now:');
  const lines = createInterface({ input, terminal: false });
  let tries = 0;
  try {
    for await (const line of lines) {
      const code = readCode(line);
      const [step] = code === null ? [] : stepsOf(code, secret, Date.now());
      if (step !== undefined) return step;
      tries += 1;
      if (tries === MOST_TRIES) break;
      print('That is not its code. Is the clock of the phone right? Type the digits that it shows now:');
    }
  } finally {
    lines.close();
  }
  throw new Error('No code of it was typed, so nothing has changed.');
}

/** White on black whatever the terminal's colours are: some cameras do not read the inverse. */
function renderQr(text: string, { isTerminal }: Terminal): string {
  const code = renderUnicodeCompact(text, { border: 2 });
  return isTerminal ? code.replaceAll(/^.*$/gm, '\u001B[38;5;231;48;5;16m$&\u001B[0m') : code;
}

/** Also of somebody who is not in `socbot.yaml` any more. */
async function remove(name = '', factors: SecondFactors, store: Store, { print }: Terminal): Promise<void> {
  const isRemoved = await factors.remove(name);
  if (!isRemoved) throw new Error(`There is no authenticator of ${name || 'nobody'}: --list shows who has one.`);
  await recordAct(store, 'enrol', { outcome: 'removed', detail: name });
  print(`${name} has no authenticator any more.`);
}

async function list(factors: SecondFactors, { print }: Terminal): Promise<void> {
  const enrolled = await factors.listEnrolled();
  const now = new Date().toISOString();
  for (const { person, enrolledAt, lockedUntil, isReadable } of enrolled) {
    const unread = isReadable ? '' : '  cannot be read with this SOCBOT_KEY: enrol again';
    const locked = lockedUntil !== null && lockedUntil > now ? `  locked until ${lockedUntil}` : '';
    print(`${person.padEnd(24)}${enrolledAt}${locked}${unread}`);
  }
  if (enrolled.length === 0) print('Nobody has an authenticator yet.');
}
