import { readFileSync, writeFileSync } from 'node:fs';
import { findFreePort } from '#temporal/free-port.ts';

/** The two ports of a dev server: its gRPC frontend and its UI. */
export type ServerPorts = { readonly port: number; readonly uiPort: number };

const TEMPORAL_DEFAULTS: ServerPorts = { port: 7233, uiPort: 8233 };

/**
 * Free ports for a start, in this order: those asked for, those of the last start (so that the UI keeps its address),
 * Temporal's defaults, any.
 */
export async function choosePorts(file: string, asked: Partial<ServerPorts>): Promise<ServerPorts> {
  const last = readPorts(file);
  const port = await findFreePort(wanted(asked.port, last?.port, TEMPORAL_DEFAULTS.port));
  const uiPort = await findFreePort(
    wanted(asked.uiPort, last?.uiPort, TEMPORAL_DEFAULTS.uiPort).filter((p) => p !== port),
  );
  return uiPort === port ? choosePorts(file, asked) : { port, uiPort };
}

function wanted(...ports: (number | undefined)[]): number[] {
  return ports.filter((port) => port !== undefined);
}

/** Remembers the ports of a start that came up. */
export function writePorts(file: string, ports: ServerPorts): void {
  writeFileSync(file, `${JSON.stringify(ports)}\n`);
}

function readPorts(file: string): ServerPorts | null {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof kept !== 'object' || kept === null || !('port' in kept) || !('uiPort' in kept)) return null;
    return isPort(kept.port) && isPort(kept.uiPort) ? { port: kept.port, uiPort: kept.uiPort } : null;
  } catch {
    return null;
  }
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536;
}
