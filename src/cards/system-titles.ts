const TITLES: Record<string, string> = { 'block-feed': 'block feed' };

/** A system that enforces, as people name it. */
export function titleOf(system: string): string {
  return TITLES[system] ?? system;
}
