/** Tells what a journey sees, one line each, with the seconds since it began. */
export function say(what: string): void {
  const seconds = (performance.now() / 1000).toFixed(1).padStart(6);
  process.stdout.write(`${seconds} s  ${what}\n`);
}

/** Asks again and again until there is an answer; throws with what was waited for when `timeoutMs` have passed. */
export async function waitUntil<Answer>(
  what: string,
  ask: () => Promise<Answer | null>,
  timeoutMs = 60_000,
): Promise<Answer> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
