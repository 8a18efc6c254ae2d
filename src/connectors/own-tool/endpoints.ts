import { type Answer, type AnswerFault, defineEndpoint, type Endpoint, faultOfStatus } from '#connectors/endpoint.ts';
import { type AnswerMatch, isMatch, isOwnBody } from './answer-match.ts';
import { type Entry, readEntry } from './entry.ts';
import { type Pointer, valueAt } from './pointer.ts';
import type { EntryShape, Tool } from './schema.ts';

/** Every call of one tool, made from its description. */
export type ToolEndpoints = {
  readonly contain: Endpoint<true>;
  readonly extend: Endpoint<true>;
  readonly release: Endpoint<true>;
  /** The entries that the tool gave for one target; none only where it said so. */
  readonly readBack: Endpoint<readonly Entry[]>;
  readonly list: Endpoint<readonly Entry[]>;
};

/** Makes the calls. An answer that the description does not foresee is `malformed_response`, or what its status says. */
export function endpointsOf({ contain, extend = contain, release, readBack, list, entry }: Tool): ToolEndpoints {
  const acting = ({ method, path, done }: Tool['contain'] | Tool['release']) =>
    defineEndpoint<true>({
      method,
      path,
      read: (answer) => (isOneOf(answer, done) ? { result: true } : { fault: faultOf(answer) }),
    });
  const reading = ({ method, path }: Tool['list'] | Tool['readBack'], read: (answer: Answer) => Entries) =>
    defineEndpoint<readonly Entry[]>({
      method,
      path,
      read: (answer) => {
        const entries = read(answer);
        return entries === null ? { fault: faultOf(answer) } : { result: entries };
      },
    });
  const { items } = readBack;
  return {
    contain: acting(contain),
    extend: acting(extend),
    release: acting(release),
    readBack: reading(readBack, (answer) =>
      items ? readItems(answer, { done: readBack.done ?? OK, items }, entry) : readOne(answer, readBack, entry),
    ),
    list: reading(list, (answer) => readItems(answer, list, entry)),
  };
}

type Entries = readonly Entry[] | null;

const OK: readonly AnswerMatch[] = [{ status: 200, says: [] }];

function isOneOf(answer: Answer, matches: readonly AnswerMatch[]): boolean {
  return isOwnBody(answer) && matches.some((match) => isMatch(answer, match));
}

function readOne(answer: Answer, { free = [], held = OK, item = [] }: Tool['readBack'], shape: EntryShape): Entries {
  if (isOneOf(answer, free)) return [];
  if (!isOneOf(answer, held)) return null;
  const entry = readEntry(valueAt(answer.json, item), shape);
  return entry && [entry];
}

function readItems(
  answer: Answer,
  { done, items }: { readonly done: readonly AnswerMatch[]; readonly items: Pointer },
  shape: EntryShape,
): Entries {
  const list = isOneOf(answer, done) ? valueAt(answer.json, items) : undefined;
  if (!Array.isArray(list)) return null;
  const entries = list.map((item: unknown) => readEntry(item, shape));
  return entries.every((entry) => entry !== null) ? entries : null;
}

function faultOf(answer: Answer): AnswerFault {
  if (answer.status >= 300) return faultOfStatus(answer);
  return { kind: 'malformed_response', message: `HTTP ${answer.status}, but not in the described words` };
}
