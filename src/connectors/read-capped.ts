/** A body that went over the cap; carries what that means for the call. */
export class BodyTooLarge extends Error {
  readonly fault = { kind: 'malformed_response', message: 'the answer is too large' } as const;
}

/**
 * Reads a body as UTF-8 text and stops at the first byte over `maxBytes`, counted after unpacking, so that neither an
 * endless answer nor a packed bomb fills the memory. Throws BodyTooLarge then; the connection is closed.
 */
export async function readCapped(response: Response, maxBytes: number): Promise<string> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
