import type { FetchProgress } from '#temporal/binary/download.ts';
import type { PinnedTool, Platform } from '#temporal/pins.ts';

/** What is wanted from a source: the binary of `tool` for `platform`, as `toFile`; scratch files go to `scratchDir`. */
type Wanted = {
  readonly tool: PinnedTool;
  readonly platform: Platform;
  readonly toFile: string;
  readonly scratchDir: string;
  readonly onProgress: (progress: FetchProgress) => void;
};

/**
 * A place from which a binary can be had. `fetchBinary` makes one attempt and rejects with a reason that a person can
 * read; the caller verifies what it wrote.
 */
export type BinarySource = {
  /** As shown to people; never holds a password. */
  readonly name: string;
  fetchBinary(wanted: Wanted): Promise<void>;
};
