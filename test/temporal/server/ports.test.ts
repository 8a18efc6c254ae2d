import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findQuietPort } from '#support/free-port.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { choosePorts, writePorts } from '#temporal/server/ports.ts';

describe('choosing the ports of the server', () => {
  it('takes those of the last start again', async () => {
    const file = join(createScratchDirectory(), 'ports.json');
    const last = { port: await findQuietPort(), uiPort: await findQuietPort() };
    writePorts(file, last);

    expect(await choosePorts(file, {})).toEqual(last);
  });

  it('prefers those that were asked for', async () => {
    const file = join(createScratchDirectory(), 'ports.json');
    writePorts(file, { port: await findQuietPort(), uiPort: await findQuietPort() });
    const asked = { port: await findQuietPort(), uiPort: await findQuietPort() };

    expect(await choosePorts(file, asked)).toEqual(asked);
  });

  it('looks elsewhere when the last one is taken now', async () => {
    const file = join(createScratchDirectory(), 'ports.json');
    const last = { port: await findQuietPort(), uiPort: await findQuietPort() };
    writePorts(file, last);
    await using server = createServer();
    await new Promise<void>((resolve) => server.listen(last.port, '127.0.0.1', resolve));

    const chosen = await choosePorts(file, {});

    expect(chosen.port).not.toBe(last.port);
    expect(chosen.uiPort).toBe(last.uiPort);
  });

  it('never gives both the same port', async () => {
    const port = await findQuietPort();

    const chosen = await choosePorts('/does/not/exist', { port, uiPort: port });

    expect(chosen.port).toBe(port);
    expect(chosen.uiPort).not.toBe(port);
  });

  it.each(['', '{"port": 1', 'null', '{"port":"7233","uiPort":0}', '{"port":70000,"uiPort":1.5}'])(
    'does not trip over a note such as %j',
    async (note) => {
      const file = join(createScratchDirectory(), 'ports.json');
      writeFileSync(file, note);

      const chosen = await choosePorts(file, {});

      expect(chosen.port).toBeGreaterThan(0);
      expect(chosen.uiPort).toBeGreaterThan(0);
    },
  );
});
