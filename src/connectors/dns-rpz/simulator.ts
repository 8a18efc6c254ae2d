import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { SimulatedEntry } from '#connectors/simulator-definition.ts';
import { firstOf, frameOf } from './connection.ts';
import { type DnsRecord, TYPE } from './message.ts';
import type { DnsFault } from './simulated-faults.ts';
import { createSimulatedPrimary, KEY, type SimulatedPrimary, type TransferShape, ZONE } from './simulated-primary.ts';

/**
 * The primary of a response policy zone on loopback, over TCP: it wants signatures and gives them, honours prerequisites,
 * and remembers its calls before it answers them.
 */
export type DnsRpzSimulator = Omit<SimulatedPrimary, 'answer'> & {
  /** The environment that points the connector here. */
  readonly settings: Readonly<Record<string, string>>;
  /** The domains that it holds off. */
  entries(): readonly SimulatedEntry[];
  close(): Promise<void>;
};

/** Starts a simulated primary; its transfers have a hundred records in a message, each signed, unless set. */
export async function serveDnsRpzSimulator(shape: Partial<TransferShape> = {}): Promise<DnsRpzSimulator> {
  const primary = createSimulatedPrimary({ perMessage: 100, signEvery: 1, ...shape });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    listen(socket, (bytes) => {
      const answered = primary.answer(bytes);
      if (answered) deliver(socket, answered.messages, answered.fault);
      else socket.destroy();
    });
  });
  const port = await open(server);
  return {
    ...primary,
    settings: {
      DNS_RPZ_SERVER: `127.0.0.1:${port}`,
      DNS_RPZ_ZONE: ZONE,
      DNS_RPZ_KEY_NAME: KEY.name,
      DNS_RPZ_KEY: KEY.secret.reveal(),
    },
    entries: () => entriesOf(primary.zone().records),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function open(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Hears one message; what cannot be read closes the connection. */
function listen(socket: Socket, hear: (message: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const message = firstOf(rest);
    if (!message) return;
    rest = rest.subarray(2 + message.byteLength);
    try {
      hear(message);
    } catch {
      socket.destroy();
    }
  });
}

function deliver(socket: Socket, messages: readonly Buffer[], fault: DnsFault | undefined): void {
  const bytes = Buffer.concat(messages.map(frameOf));
  switch (fault?.delivery) {
    case 'never':
      return;
    case 'drop-before':
    case 'drop-after':
      socket.destroy();
      return;
    case 'cut-off':
      socket.end(bytes.subarray(0, bytes.byteLength / 2));
      return;
    case 'byte-by-byte':
      return sendByteByByte(socket, bytes);
    case undefined:
      socket.end(bytes);
  }
}

function sendByteByByte(socket: Socket, bytes: Buffer): void {
  let at = 0;
  const timer = setInterval(() => {
    socket.write(bytes.subarray(at, at + 1));
    at += 1;
  }, 1000);
  socket.once('close', () => clearInterval(timer));
}

function entriesOf(records: readonly DnsRecord[]): readonly SimulatedEntry[] {
  const owners = records.filter(({ type, name }) => type === TYPE.CNAME && !name.startsWith('*.'));
  return owners.map(({ name }) => ({ text: name.slice(0, -ZONE.length - 1), detail: `a policy in ${ZONE}` }));
}
