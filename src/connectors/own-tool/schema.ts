import { z } from 'zod';
import { OBSERVABLE_KINDS } from '#domain/observable.ts';
import { ContainCall, ExtendCall, ListCall, missing, ReadBackCall, ReleaseCall } from './calls.ts';
import { flawsInTool } from './flaws.ts';
import { Pointer } from './pointer.ts';
import { flawsInName, type HeaderSecret } from './tool-names.ts';

const KINDS = OBSERVABLE_KINDS.filter((kind) => kind !== 'email');

const SecretName = z.unknown().transform((value, context): HeaderSecret => {
  const [, scheme, variable] = /^(?:(Bearer|Basic|Token) )?([A-Z][A-Z0-9_]*)$/.exec(String(value)) ?? [];
  if (variable !== undefined) return { scheme: scheme ?? null, variable };
  context.addIssue(
    'is not the name of an environment variable; write the secret into .env and its name here, such as Bearer EDGE_PROXY_TOKEN',
  );
  return z.NEVER;
});

/** Where an entry tells what it is. */
const EntryShape = z.strictObject(
  {
    target: Pointer,
    until: Pointer.optional(),
    untilSeconds: Pointer.optional(),
    lease: Pointer.optional(),
    mark: Pointer.optional(),
    by: Pointer.optional(),
    id: Pointer.optional(),
  },
  missing('write where an entry of the tool tells its target, such as { target: /value }'),
);
export type EntryShape = z.output<typeof EntryShape>;

/** One tool: how it is called to hold a target off, to let it go, and to tell what it holds. */
const Tool = z
  .strictObject({
    title: z
      .string()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u, 'is not a title; write a few words')
      .optional(),
    kinds: z
      .array(z.enum(KINDS, { error: `is not a kind; write ${KINDS.join(', ')}` }), {
        error: `is not a list of kinds; write [${KINDS.slice(0, 4).join(', ')}]`,
      })
      .min(1, `is empty; write one or more of ${KINDS.join(', ')}`),
    url: z.string('is missing; write https:// and its host'),
    unencrypted: z
      .string()
      .regex(/\S.{8,}/, 'is no reason; write in a sentence why there is no https')
      .optional(),
    headers: z.record(z.string(), SecretName).default({}),
    entry: EntryShape,
    contain: ContainCall,
    extend: ExtendCall.optional(),
    release: ReleaseCall,
    readBack: ReadBackCall,
    list: ListCall,
  })
  .superRefine((tool, context) => {
    for (const { path, text } of flawsInTool(tool))
      context.addIssue({ code: 'custom', message: text, path: [...path] });
  });
export type Tool = z.output<typeof Tool>;

/** `tools` in socbot.yaml: the tools of one's own, by name. See README.md in this folder. */
export const ToolSettings = z.record(z.string(), Tool).superRefine((tools, context) => {
  for (const [name, tool] of Object.entries(tools))
    for (const { path, text } of flawsInName(name, tool.headers))
      context.addIssue({ code: 'custom', message: text, path: [name, ...path] });
});
export type ToolSettings = z.output<typeof ToolSettings>;
