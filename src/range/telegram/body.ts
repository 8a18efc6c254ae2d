import type { IncomingMessage } from 'node:http';

/** The whole body of a request, or null when it is larger than `maxBytes`; then the rest is read and thrown away. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (size > maxBytes * 2) request.destroy();
  }
  if (size > maxBytes) return null;
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}
