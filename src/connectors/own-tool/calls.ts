import { z } from 'zod';
import { answerMatches } from './answer-match.ts';
import { Pointer } from './pointer.ts';
import { jsonTemplate, type Placeholder, textTemplate } from './template.ts';

const OF_TARGET: readonly Placeholder[] = ['target', 'kind'];
const OF_HOLD: readonly Placeholder[] = [
  ...OF_TARGET,
  'lease',
  'by',
  'digest',
  'mark',
  'until',
  'untilSeconds',
  'secondsLeft',
];
/** What fits a part of a path: words, and a target that is escaped. */
const OF_PATH: readonly Placeholder[] = ['target', 'kind', 'lease', 'id'];

const SUCCESS = [200, 201, 204];
const SUCCESS_OR_GONE = [...SUCCESS, 404, 410];

/** The path of a call below the tool's address, with placeholders; always escaped when they are filled in. */
function pathTemplate(known: readonly Placeholder[]) {
  const names = known.filter((name) => OF_PATH.includes(name));
  return textTemplate(names, 'write it like /blocks').superRefine((path, context) => {
    const isFit = /^(?:\/[\w.~!$'()*+,;=:@{}-]+)+\/?$|^\/$/.test(path) && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(path);
    if (!isFit) context.addIssue('is not a path below the address of the tool; write it like /blocks');
  });
}

/** Where and with what a call is made. */
function whereAndWhat(known: readonly Placeholder[]) {
  return {
    path: pathTemplate(known),
    query: z.record(z.string(), textTemplate(known)).optional(),
    json: jsonTemplate(known).optional(),
  };
}

const Acting = z.enum(['POST', 'PUT', 'PATCH', 'DELETE'], {
  error: ({ input }) => `${input === undefined ? 'is missing' : 'is not a method'}; write POST, PUT, PATCH or DELETE`,
});
const Reading = z.enum(['GET', 'POST'], { error: 'is not a method; write GET or POST' });

/** Words for a part that is not there. */
export function missing(hint: string) {
  return {
    error: ({ input }: { readonly input: unknown }) => (input === undefined ? `is missing; ${hint}` : undefined),
  };
}

/** Holds a target off. */
export const ContainCall = z.strictObject(
  {
    method: Acting,
    ...whereAndWhat(OF_HOLD),
    done: answerMatches(SUCCESS).default(SUCCESS.map(byStatus)),
  },
  missing('write how a target is held off, such as { method: PUT, path: "/blocks/{target}" }'),
);

/** Holds it longer, where that is another call. */
export const ExtendCall = ContainCall.extend(whereAndWhat([...OF_HOLD, 'id']));

/** Lets it go. That there is nothing to let go is "done", too. */
export const ReleaseCall = z.strictObject(
  {
    method: Acting,
    ...whereAndWhat([...OF_TARGET, 'id']),
    done: answerMatches(SUCCESS_OR_GONE).default(SUCCESS.map(byStatus)),
  },
  missing(
    'a tool that cannot undo is not used; write how a target is let go, such as { method: DELETE, path: "/blocks/{target}" }',
  ),
);

/** Reads what is held of one target: one entry (`held`, `free`), or a list to look it up in (`items`). */
export const ReadBackCall = z.strictObject(
  {
    method: Reading.default('GET'),
    ...whereAndWhat(OF_TARGET),
    held: answerMatches([200]).optional(),
    free: answerMatches([404, 410, 200, 204]).optional(),
    item: Pointer.optional(),
    done: answerMatches([200]).optional(),
    items: Pointer.optional(),
  },
  missing(
    'a tool that does not tell what it did is not used; write how a target is looked up, such as { path: "/blocks/{target}", free: 404 }',
  ),
);

/** Reads all that is held, in one answer. */
export const ListCall = z.strictObject(
  {
    method: Reading.default('GET'),
    ...whereAndWhat([]),
    done: answerMatches([200]).default([byStatus(200)]),
    items: Pointer,
  },
  missing(
    'what a tool holds is compared with what it should; write how all of it is read, such as { path: /blocks, items: /items }',
  ),
);

function byStatus(status: number) {
  return { status, says: [] };
}
