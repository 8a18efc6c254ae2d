import type { RunningHalf } from './half.ts';
import type { ScaleOutShape } from './shape.ts';

/** The worker process that Temporal knows under an identity, as `socbot-worker@host#123`. */
export function findWorker({ halves }: ScaleOutShape, identity: string): RunningHalf {
  const pid = Number(identity.split('#').at(-1));
  const found = halves.find((half) => half.half === 'worker' && half.pid === pid);
  if (!found) throw new Error(`no worker of ours is ${identity}`);
  return found;
}
