import type { Step } from '#domain/containment.ts';
import type { Impact } from '#domain/impact.ts';
import type { Leases } from '#store/leases.ts';
import type { RunningResponder } from './contain.ts';
import { readHold } from './read-hold.ts';

/** The activity that reads what is enforced already of what somebody wants to have enforced; one attempt at each. */
export function createSurvey(responders: readonly RunningResponder[], leases: Pick<Leases, 'get'>) {
  return {
    'containment.survey': async (steps: readonly Step[]): Promise<Pick<Impact, 'held' | 'unread'>> => {
      const readings = await Promise.all(
        steps.map(async ({ system, target }) => {
          const running = responders.find(({ profile }) => profile.id === system);
          try {
            return { system, held: running ? await readHold(running, target, leases) : undefined };
          } catch {
            return { system, held: undefined };
          }
        }),
      );
      return {
        held: readings.flatMap(({ held }) => held ?? []),
        unread: [...new Set(readings.flatMap(({ system, held }) => (held === undefined ? [system] : [])))],
      };
    },
  };
}
