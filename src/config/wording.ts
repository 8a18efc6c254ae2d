import { z } from 'zod';

/** The words for what a schema has no words of its own for, to be passed to `safeParse`. They never quote a value. */
export const wording: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue.expected, issue.input);
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'is not a URL; write https:// and its host' : 'is not written as it must be';
    case 'too_small':
      return 'is too short or too small';
    case 'too_big':
      return 'is too long or too large';
    default:
      return 'is not written as it must be';
  }
};

function ofType(expected: string, input: unknown): string {
  if (expected === 'object' || expected === 'record') {
    return 'has no settings below it; write them on the next lines, indented by two spaces, or take the line out';
  }
  if (expected === 'array') return 'is not a list; write one entry a line, each after a dash';
  return input === undefined ? 'is missing' : `is not a ${expected}`;
}

/** The keys that a schema knows at a path of objects and records; empty where it takes any key, or none. */
export function knownKeysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  let current: z.core.$ZodType | undefined = unwrap(schema);
  for (const segment of path) {
    if (current instanceof z.ZodObject) current = current.shape[String(segment)] as z.core.$ZodType | undefined;
    else current = current instanceof z.ZodRecord ? current.valueType : undefined;
    current = current && unwrap(current);
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return unwrap(schema.unwrap());
  }
  return schema;
}
