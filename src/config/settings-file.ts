import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { Place, Problem } from './problem.ts';
import type { TextFile } from './text-file.ts';

/** Where a value sits in the file: keys and list positions from the root. */
export type SettingPath = readonly PropertyKey[];

/** A settings file that was read: its plain data, and the line of any path in it. */
export type SettingsFile = {
  readonly data: unknown;
  /** The line of the deepest part of the path that is in the file. */
  readonly placeOf: (path: SettingPath) => Place;
  readonly problems: readonly Problem[];
};

/** In place of the library's messages, which quote the file: it may hold a secret in the wrong place. */
const SYNTAX: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key is there twice; keep one',
  TAB_AS_INDENT: 'a tab indents this line; write spaces',
  BAD_INDENT:
    'a bracket is not closed, or a line is indented differently from its neighbours; write two spaces for each level',
  BAD_SCALAR_START:
    'a value begins with a character that YAML keeps for itself, such as @; if it is a @username, write the numeric id',
  MULTIPLE_DOCS: 'a second document starts here; keep everything in one, without ---',
  MISSING_CHAR: 'a bracket, quote or comma is missing here',
  MULTILINE_IMPLICIT_KEY: 'this key goes over several lines; is a colon or a quote missing?',
  BLOCK_AS_IMPLICIT_KEY: 'a second colon is on this line; write what is nested on a line of its own',
};

/** Reads YAML 1.2 into plain data. Anchors, aliases and tags are not read. Never throws. */
export function readSettingsFile(file: TextFile): SettingsFile {
  const lines = new LineCounter();
  const at = (offset: number): Place => ({ file: file.name, line: lines.linePos(offset).line || 1 });
  try {
    const document = parseDocument(file.text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      merge: false,
    });
    const problems = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
      place: at(pos[0]),
      text: SYNTAX[code] ?? `this is not YAML as SocBot reads it (${code})`,
    }));
    const data: unknown = problems.length === 0 ? document.toJS({ maxAliasCount: 0 }) : null;
    return { data: data ?? {}, placeOf: (path) => at(offsetOf(document, path)), problems };
  } catch {
    const problem = { place: { file: file.name }, text: 'cannot be read as YAML; leave out anchors, aliases and tags' };
    return { data: {}, placeOf: () => ({ file: file.name }), problems: [problem] };
  }
}

/** Where the deepest known part of a path starts, in characters: at its key, or at the item of a list. */
function offsetOf(document: Document, path: SettingPath): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const segment of path) {
    const next = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && key.value === String(segment))
      : isSeq(node)
        ? node.items[Number(segment)]
        : undefined;
    offset = startOf(isPair(next) ? next.key : next) ?? offset;
    node = isPair(next) ? next.value : next;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined;
}
