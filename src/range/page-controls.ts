import type { IncomingMessage } from 'node:http';
import type { RangeControls } from './view.ts';

/** One answer to a control: a status and a body that becomes JSON. */
export type ControlAnswer = { readonly status: number; readonly body: unknown };

const MAX_BODY_BYTES = 4096;

/** Answers `GET /range/state`, `POST /range/plug` and `PUT /range/faults` with `{system, fault}`. */
export async function answerControl(
  request: IncomingMessage,
  path: string,
  controls: RangeControls,
): Promise<ControlAnswer> {
  switch (`${request.method} ${path}`) {
    case 'GET /range/state':
      return { status: 200, body: await controls.view() };
    case 'POST /range/plug':
      return outcomeOf(controls.killWorker());
    case 'PUT /range/faults': {
      const change = parseFaultChange(await readBody(request));
      if (change === null) return { status: 400, body: { error: 'Send {"system": name, "fault": name or null}.' } };
      return outcomeOf(controls.setFault(change.system, change.fault));
    }
    default:
      return { status: 404, body: { error: 'There is no such control.' } };
  }
}

async function outcomeOf(deed: Promise<void>): Promise<ControlAnswer> {
  try {
    await deed;
    return { status: 200, body: { ok: true } };
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : 'That did not work.' } };
  }
}

/** The body as text; an empty text when it is larger than any control needs. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += Buffer.byteLength(chunk);
    if (size > MAX_BODY_BYTES) return '';
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseFaultChange(text: string): { system: string; fault: string | null } | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof body !== 'object' || body === null || !('system' in body) || !('fault' in body)) return null;
  const { system, fault } = body;
  if (typeof system !== 'string' || (typeof fault !== 'string' && fault !== null)) return null;
  return { system, fault };
}
