import { z } from 'zod';

/** What can be put into a call. */
const PLACEHOLDERS = [
  'target',
  'kind',
  'lease',
  'by',
  'digest',
  'mark',
  'until',
  'untilSeconds',
  'secondsLeft',
  'id',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** Those of them that tell the tool an end. */
export const ENDS: readonly string[] = ['until', 'untilSeconds', 'secondsLeft'] satisfies Placeholder[];

/** What a call puts in their places. */
export type Values = Readonly<Partial<Record<Placeholder, string | number>>>;

/** A JSON value whose texts have placeholders. */
export type JsonTemplate = string | number | boolean | null | JsonList | { readonly [key: string]: JsonTemplate };
type JsonList = readonly JsonTemplate[];

const PLACEHOLDER = /\{(\w+)\}/g;
const DEEPEST = 10;
const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'prototype'];

/** Why a text is no template for a call that knows these placeholders, and what to write; null if it is one. */
function objectionToText(text: string, known: readonly Placeholder[]): string | null {
  const isKnown = [...text.matchAll(PLACEHOLDER)].every(([, name]) => known.some((one) => one === name));
  if (isKnown && !/[{}]/.test(text.replaceAll(PLACEHOLDER, ''))) return null;
  if (known.length === 0) return 'has a brace; nothing can be put into this call, so write it without';
  return `has a brace that is none of the placeholders here; write ${known.map((name) => `{${name}}`).join(', ')}`;
}

/** A text with placeholders; `hint` says what to write where there is none. */
export function textTemplate(known: readonly Placeholder[], hint = 'write a text') {
  return z.unknown().transform((value, context): string => {
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    const isMissing = value === undefined ? 'is missing' : 'is not a text';
    const objection = typeof text === 'string' ? objectionToText(text, known) : `${isMissing}; ${hint}`;
    if (objection === null) return String(text);
    context.addIssue(objection);
    return z.NEVER;
  });
}

/** A JSON body: maps, lists and plain values; placeholders in texts, never in keys. */
export function jsonTemplate(known: readonly Placeholder[]) {
  return z.unknown().transform((value, context): JsonTemplate => {
    const flaw = flawIn(value, known);
    if (flaw === null) return value as JsonTemplate;
    context.addIssue({ code: 'custom', message: flaw.text, path: [...flaw.path], input: value });
    return z.NEVER;
  });
}

type Flaw = { readonly path: readonly PropertyKey[]; readonly text: string };

function flawIn(value: unknown, known: readonly Placeholder[], path: readonly PropertyKey[] = []): Flaw | null {
  if (path.length > DEEPEST) return { path, text: `is more than ${DEEPEST} levels deep; write a flatter body` };
  if (typeof value === 'string') {
    const objection = objectionToText(value, known);
    return objection === null ? null : { path, text: objection };
  }
  if (typeof value !== 'object' || value === null) return isPlain(value) ? null : { path, text: 'is not JSON' };
  for (const [key, inner] of Object.entries(value)) {
    if (PROTOTYPE_KEYS.includes(key) || /[{}]/.test(key))
      return { path, text: 'has a key that cannot be sent; write a plain word' };
    const flaw = flawIn(inner, known, [...path, Array.isArray(value) ? Number(key) : key]);
    if (flaw !== null) return flaw;
  }
  return null;
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

/** The placeholders in a template. */
export function placeholdersIn(template: JsonTemplate | undefined): readonly string[] {
  if (typeof template === 'string') return [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  if (typeof template !== 'object' || template === null) return [];
  return Object.values(template).flatMap((inner: JsonTemplate) => placeholdersIn(inner));
}

/** A text with its placeholders filled in. What is put in is never read as a template again. */
export function fillText(template: string, values: Values): string {
  return template.replaceAll(PLACEHOLDER, (_, name: Placeholder) => String(values[name] ?? ''));
}

/** A body with its placeholders filled in. A text that is one placeholder and nothing else becomes its value: a number stays one. */
export function fillJson(template: JsonTemplate, values: Values): unknown {
  if (typeof template === 'string') {
    const whole = /^\{(\w+)\}$/.exec(template)?.[1] as Placeholder | undefined;
    return whole === undefined ? fillText(template, values) : values[whole];
  }
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) return (template as JsonList).map((inner) => fillJson(inner, values));
  return Object.fromEntries(Object.entries(template).map(([key, inner]) => [key, fillJson(inner, values)]));
}
