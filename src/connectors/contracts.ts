import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SourceConnector } from './connector.ts';
import { expectationOf, objectionToReading } from './contract-reading.ts';
import type { Answer, Endpoint } from './endpoint.ts';
import { responderConnectors, sourceConnectors } from './registry.ts';

/**
 * What `index.json` says of one file: which call it answers. A file of cases names no call; a status that is null says
 * that no answer came.
 */
const IndexEntry = z.object({ file: z.string(), method: z.string(), path: z.string(), status: z.int().nullish() });
type IndexEntry = z.output<typeof IndexEntry>;

const Index = z.record(z.string(), z.array(IndexEntry));

/** The answers in an `errors-and-edge-cases.json`. */
const Cases = z.array(
  z.object({
    case: z.string(),
    status: z.int(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown(),
  }),
);

/** A body that is not JSON, as a recording keeps it. */
const TextBody = z.strictObject({ __text: z.string() });

/** The end of a list that a recording keeps only the beginning of. */
const CUT = /^\.\.\. \(\d+ in all\)$/;

/** One recorded answer that was not read as it should be. */
type ContractFailure = { readonly file: string; readonly case?: string; readonly why: string };

/** How many answers were read, how many belong to other products or to calls that no client here makes, which failed. */
export type ContractCheck = {
  readonly read: number;
  readonly notOurs: number;
  readonly failed: readonly ContractFailure[];
};

/** What recordings are read with, of a source or a responder. */
type Recorded = Pick<SourceConnector, 'id' | 'endpoints' | 'recordedAs' | 'casesOfOtherCalls'>;

type Outcome = 'read' | 'not-ours' | ContractFailure;

/**
 * Reads every recorded answer under `directory` that belongs to a connector with that connector's own endpoints. A file
 * of another product counts once as not ours, unopened. Throws if there is no readable `index.json`.
 */
export async function checkContracts(
  directory: string,
  connectors: readonly Recorded[] = [...sourceConnectors, ...responderConnectors],
): Promise<ContractCheck> {
  const index = await readIndex(join(directory, 'index.json'));
  const outcomes: Outcome[] = [];
  for (const [folder, entries] of Object.entries(index)) {
    const connector = connectors.find(({ id, recordedAs }) => (recordedAs ?? id) === folder);
    for (const entry of entries) {
      outcomes.push(...(connector ? await checkFile(directory, entry, connector) : (['not-ours'] as const)));
    }
  }
  return {
    read: outcomes.filter((outcome) => outcome === 'read').length,
    notOurs: outcomes.filter((outcome) => outcome === 'not-ours').length,
    failed: outcomes.filter((outcome) => typeof outcome === 'object'),
  };
}

async function readIndex(file: string): Promise<z.output<typeof Index>> {
  try {
    return Index.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT')
      throw new Error(`There is no ${file}; name the folder of recorded answers that holds it`, { cause: error });
    if (typeof code === 'string') throw new Error(`${file} cannot be read (${code})`, { cause: error });
    throw new Error(`${file} is not a whole index of recorded answers; record it again`, { cause: error });
  }
}

async function checkFile(directory: string, entry: IndexEntry, connector: Recorded): Promise<Outcome[]> {
  const { file, status } = entry;
  const isCases = file.endsWith('/errors-and-edge-cases.json');
  const endpoints = isCases ? connector.endpoints : connector.endpoints.filter((one) => isCallOf(one, entry));
  if (endpoints.length === 0 || (status === null && !isCases)) return ['not-ours'];
  if (!/^[\w-][\w.-]*\/[\w-][\w.-]*\.json$/.test(file)) return [{ file, why: 'not a file in a folder of its vendor' }];
  try {
    const content: unknown = JSON.parse(await readFile(join(directory, file), 'utf8'), withoutCut);
    if (isCases) return checkCases(file, content, connector);
    if (typeof status !== 'number') return [{ file, why: 'index.json gives no status' }];
    return [outcomeOf({ file }, answerOf(status, {}, content), endpoints)];
  } catch (error) {
    return [{ file, why: error instanceof Error ? error.message : 'cannot be read' }];
  }
}

/** What was left of a list that a recording has cut, without the words that say so. */
function withoutCut(_: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return CUT.test(String(value.at(-1))) ? value.slice(0, -1) : value;
}

function checkCases(file: string, content: unknown, connector: Recorded): Outcome[] {
  return Cases.parse(content).map(({ case: name, status, headers = {}, body }) => {
    if (connector.casesOfOtherCalls?.includes(name)) return 'not-ours';
    return outcomeOf({ file, case: name }, answerOf(status, headers, body), connector.endpoints);
  });
}

/**
 * A case does not say which call it answers, so it may be any of the connector's. A result must be read by one of them;
 * a failure must be recognised by all, because none may take it for a result.
 */
function outcomeOf(
  where: Omit<ContractFailure, 'why'>,
  answer: Answer,
  endpoints: readonly Endpoint<unknown>[],
): Outcome {
  const expected = expectationOf(answer);
  const objections = endpoints.map((endpoint) => objectionToReading(expected, endpoint.read(answer)));
  const why = objections.find((objection) => objection !== null) ?? null;
  const isRead = expected.outcome === 'result' ? objections.includes(null) : why === null;
  return isRead || why === null ? 'read' : { ...where, why };
}

/**
 * Whether a recording answers this call. Its path may be a whole address, may carry a query or a remark in brackets, and
 * may have `{…}` where the call has a placeholder.
 */
function isCallOf(endpoint: Endpoint<unknown>, { method, path }: IndexEntry): boolean {
  const segments = (/^(?:https?:\/\/[^/]*)?([^?\s]*)/.exec(path)?.[1] ?? '').split('/');
  const expected = endpoint.path.split('/');
  if (method !== endpoint.method || segments.length !== expected.length) return false;
  return expected.every((part, index) => {
    const segment = segments[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return segment === part;
    return /^\{\w+\}$/.test(segment) || (segment !== '' && endpoint.placeholders?.[name]?.test(segment) !== false);
  });
}

function answerOf(status: number, headers: Readonly<Record<string, string>>, body: unknown): Answer {
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const parsed = TextBody.safeParse(body);
  if (parsed.success) return { status, headers: lowerCase, json: undefined, text: parsed.data.__text };
  return { status, headers: lowerCase, json: body, text: JSON.stringify(body ?? null) };
}
