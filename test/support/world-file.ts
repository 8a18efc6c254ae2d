import type { FileTraits } from '#connectors/world-story.ts';
import { STORIES } from '#connectors/world.ts';

/** A file of the simulated world by its name, with its three hashes. */
export function worldFile(name: string): FileTraits {
  const file = STORIES.find((story) => story.file?.name === name)?.file;
  if (!file) throw new Error(`the simulated world has no file called ${name}`);
  return file;
}
