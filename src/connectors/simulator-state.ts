import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { SimulatorDefinition } from './simulator-definition.ts';

/** What a running simulator holds, in memory and, where a file is named, on disk. */
export type SimulatorState = {
  current(): unknown;
  /** Lets a call read and change what is held; one that is idle works on a copy, and nothing comes of it. */
  during<Result>(isIdle: boolean, call: (state: unknown) => Result): Result;
  reset(): void;
};

/** Opens what the vendor holds: as the file says, or as a vendor that was never told anything. */
export function openSimulatorState(definition: SimulatorDefinition, file?: string): SimulatorState {
  const fresh = () => definition.createState?.();
  let state = (file === undefined ? undefined : readState(file)) ?? fresh();
  let written = JSON.stringify(state);
  const keep = (): void => {
    const text = JSON.stringify(state);
    if (file === undefined || text === undefined || text === written) return;
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
    written = text;
  };
  return {
    current: () => state,
    during: (isIdle, call) => {
      if (isIdle) return call(structuredClone(state));
      const result = call(state);
      keep();
      return result;
    },
    reset: () => {
      state = fresh();
      keep();
    },
  };
}

/** A file that is not there, or that a kill has cut, holds nothing. */
function readState(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
