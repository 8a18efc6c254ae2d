import type { SimulatorDefinition } from './simulator-definition.ts';

/** Every vendor that can be simulated, for the range and the command line. */
export const simulators: readonly SimulatorDefinition[] = [];
