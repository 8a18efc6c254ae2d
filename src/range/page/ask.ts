/** What went wrong with a request, in words for a person. */
export class AskError extends Error {}

/** Asks this page's own server and reads JSON. Throws an AskError in words when there is no result. */
export async function ask<Result>(path: string, init: RequestInit = {}): Promise<Result> {
  const response = await fetch(path, init).catch(() => {
    throw new AskError('The range does not answer. Is it still running?');
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new AskError(errorIn(body) ?? `The range answered with status ${response.status}.`);
  return body as Result;
}

/** Asks with a JSON body. */
export async function askWithJson<Result>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<Result> {
  return ask(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

function errorIn(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string'
    ? body.error
    : null;
}
