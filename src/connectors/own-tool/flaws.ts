import type { z } from 'zod';
import { areApart } from './answer-match.ts';
import type { ContainCall, ExtendCall, ReadBackCall, ReleaseCall } from './calls.ts';
import type { EntryShape, Tool } from './schema.ts';
import { ENDS, placeholdersIn } from './template.ts';
import { objectionToUrl } from './tool-url.ts';

/** What is wrong with a description whose parts are each well written: where, and what to write. */
type Flaw = { readonly path: readonly string[]; readonly text: string };

type AnyCall = Pick<z.output<typeof ContainCall>, 'path' | 'query' | 'json'>;

/** Finds what does not fit together. */
export function flawsInTool(tool: Tool): readonly Flaw[] {
  const url = objectionToUrl(tool);
  return [
    ...(url === null ? [] : [{ path: ['url'], text: url }]),
    ...flawsInKinds(tool),
    ...flawsInTargets(tool),
    ...flawsInEntry(tool.entry, tool.contain),
    ...flawsInIds(tool),
    ...flawsInReadBack(tool.readBack),
    ...bodiesOfGets(tool),
  ];
}

function flawsInKinds({ kinds }: Tool): Flaw[] {
  if (!kinds.includes('host') || kinds.length === 1) return [];
  return [
    {
      path: ['kinds'],
      text: 'mixes host with others, and a name can be both; describe the tool a second time for host',
    },
  ];
}

/** A call that names no target would act on whatever there is: a deletion without a filter lifts everybody's blocks. */
function flawsInTargets({ kinds, contain, extend, release, readBack }: Tool): Flaw[] {
  const calls: Readonly<Record<string, AnyCall | undefined>> = { contain, extend, release, readBack };
  return Object.entries(calls).flatMap(([verb, call]) => {
    if (!call) return [];
    const used = usedBy(call);
    const isNamed = used.includes('target') || used.includes('id') || (verb === 'readBack' && readBack.items);
    const isUrlInPath = kinds.includes('url') && placeholdersIn(call.path).includes('target');
    return [
      ...(isNamed
        ? []
        : [{ path: [verb], text: 'does not say what it is about; put {target} into its path, query or json' }]),
      ...(isUrlInPath
        ? [
            {
              path: [verb, 'path'],
              text: 'cannot hold a URL, whose slashes proxies undo; put {target} into query or json',
            },
          ]
        : []),
    ];
  });
}

function flawsInEntry(entry: EntryShape, contain: AnyCall): Flaw[] {
  const used = usedBy(contain);
  const flaw = (isFlaw: boolean, path: readonly string[], text: string): Flaw[] => (isFlaw ? [{ path, text }] : []);
  return [
    ...flaw(
      used.some((name) => ENDS.includes(name)) && !entry.until && !entry.untilSeconds,
      ['entry'],
      'does not tell the end that contain sends; name its place, such as until: /expires, or send no end',
    ),
    ...flaw(
      Boolean(entry.until && entry.untilSeconds),
      ['entry', 'untilSeconds'],
      'is a second end; keep until or this',
    ),
    ...flaw(Boolean(entry.lease && entry.mark), ['entry', 'mark'], 'is a second lease; keep lease or this'),
    ...flaw(
      Boolean(entry.lease) && !used.includes('lease'),
      ['entry', 'lease'],
      'is never sent; put {lease} into contain, or take this out',
    ),
    ...flaw(
      Boolean(entry.mark) && !used.includes('mark'),
      ['entry', 'mark'],
      'is never sent; put {mark} into contain, or take this out',
    ),
  ];
}

function flawsInIds({ entry, extend, release }: Tool): Flaw[] {
  if (entry.id) return [];
  const calls: Readonly<Record<string, z.output<typeof ExtendCall> | z.output<typeof ReleaseCall> | undefined>> = {
    extend,
    release,
  };
  return Object.entries(calls).flatMap(([verb, call]) =>
    call && usedBy(call).includes('id')
      ? [{ path: [verb], text: 'needs the id of the entry; name its place under entry, such as id: /id' }]
      : [],
  );
}

function flawsInReadBack({ items, done, held, free, item }: z.output<typeof ReadBackCall>): Flaw[] {
  const at = ['readBack'];
  if (items) {
    const isMixed = Boolean(held ?? free ?? item);
    return isMixed ? [{ path: at, text: 'looks in a list, where held, free and item say nothing; take them out' }] : [];
  }
  if (done) return [{ path: [...at, 'done'], text: 'belongs to a list; write held and free, or name items' }];
  if (!free) return [{ path: at, text: 'does not say when a target is free; write free: 404, or name items' }];
  return areApart(held ?? [{ status: 200, says: [] }], free)
    ? []
    : [
        {
          path: at,
          text: 'cannot tell held from free; write what the body says, such as free: { status: 200, /found: false }',
        },
      ];
}

function bodiesOfGets({ readBack, list }: Tool): Flaw[] {
  return Object.entries({ readBack, list }).flatMap(([verb, { method, json }]) =>
    method === 'GET' && json !== undefined
      ? [{ path: [verb, 'json'], text: 'is not sent with GET; write method: POST, or use query' }]
      : [],
  );
}

function usedBy({ path, query, json }: AnyCall): readonly string[] {
  return [path, query, json].flatMap((template) => placeholdersIn(template));
}
