import { createInterface } from 'node:readline/promises';
import { renderUnicodeCompact } from 'uqr';
import { type ConfigSources, loadConfig } from '#config/load.ts';
import { keyBytesOf } from '#config/signing-key.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { readCode } from '#domain/totp-code.ts';
import { storePlaceOf } from '#src/process/store-place.ts';
import { openStore, type Store } from '#store/open-store.ts';
import { newTotpSecret, type SecondFactors, totpOf } from '#store/second-factors.ts';

type Sources = Pick<ConfigSources, 'env' | 'cwd' | 'dataDir'>;

/** Where the operator sits: what is printed there, what is typed there, and whether it is a terminal at all. */
export type Terminal = {
  readonly print: (line: string) => void;
  readonly input: NodeJS.ReadableStream;
  readonly isTerminal: boolean;
};

export type EnrolOptions = { readonly remove?: boolean; readonly list?: boolean; readonly evenIfRecorded?: boolean };

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
  const config = loadConfig({ ...sources, connectors: sourceConnectors, responders: responderConnectors });
  const store = await openStore(storePlaceOf(config));
  const factors = store.secondFactors([keyBytesOf(config.signingKey)]);
  try {
    if (options.list) return await list(factors, terminal);
    const person = config.people.find((one) => one.name === name);
    if (!person)
      throw new Error(
        `There is no ${name ?? 'name given'} in socbot.yaml; there are ${config.people.map((one) => one.name).join(', ')}`,
      );
    if (options.remove) return await remove(person.name, factors, store, terminal);
    if (!terminal.isTerminal && !options.evenIfRecorded) {
      throw new Error(
        'This is no terminal: the secret would end up in a file or a log. Run it by hand, or add --even-if-recorded.',
      );
    }
    await enrolPerson(person.name, factors, store, terminal);
  } finally {
    await store.close();
  }
}

async function enrolPerson(
  name: string,
  factors: SecondFactors,
  store: Store,
  { print, input }: Terminal,
): Promise<void> {
  const secret = newTotpSecret();
  const totp = totpOf(secret, name);
  print(renderUnicodeCompact(totp.toString(), { border: 2 }));
  print(`Scan it with the authenticator of ${name}, or type this there: ${secret.replaceAll(/(.{4})/g, '$1 ').trim()}`);
  print('Then type the six digits that it shows now:');
  const lines = createInterface({ input, terminal: false });
  try {
    for await (const line of lines) {
      const code = readCode(line);
      if (code !== null && totp.validate({ token: code, window: 1 }) !== null) {
        const { isReplaced } = await factors.enrol(name, secret, new Date().toISOString());
        await record(store, name, isReplaced ? 'replaced' : 'enrolled');
        print(`${name} has an authenticator now.${isReplaced ? ' The one before counts no more.' : ''}`);
        return;
      }
      print('That is not its code. Is the clock of the phone right? Type the digits that it shows now:');
    }
  } finally {
    lines.close();
  }
  throw new Error('No code was typed, so nothing has changed.');
}

async function remove(name: string, factors: SecondFactors, store: Store, { print }: Terminal): Promise<void> {
  const isRemoved = await factors.remove(name);
  if (isRemoved) await record(store, name, 'removed');
  print(isRemoved ? `${name} has no authenticator any more.` : `${name} had none.`);
}

async function list(factors: SecondFactors, { print }: Terminal): Promise<void> {
  const enrolled = await factors.listEnrolled();
  for (const { person, enrolledAt } of enrolled) print(`${person.padEnd(24)}${enrolledAt}`);
  if (enrolled.length === 0) print('Nobody has an authenticator yet.');
}

async function record(store: Store, name: string, outcome: string): Promise<void> {
  const at = new Date().toISOString();
  const nobody = { who: null, telegramId: null, chat: null, request: null };
  await store.audit.append([{ at, ...nobody, action: 'enrol', outcome, detail: name }]);
}
