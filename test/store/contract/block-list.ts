import { expect, it } from 'vitest';
import { at, type StoreOfTest } from './fixture.ts';

const target = '192.0.2.7';
const lease = { target, leaseId: 'lease-1', until: at(3_600), by: 'ann', digest: 'd1' };

/** What the block list promises, on any database. */
export function describeBlockList(store: StoreOfTest): void {
  it('puts a target once however often it is told', async () => {
    const first = await store().blockList.put({ ...lease, now: at(0) });
    const again = await store().blockList.put({ ...lease, now: at(5) });

    expect([first, again]).toEqual([
      { kind: 'held', isChanged: true },
      { kind: 'held', isChanged: false },
    ]);
    expect(await store().blockList.list()).toEqual([{ ...lease, putAt: at(0) }]);
    expect(await store().blockList.listEffects(target)).toEqual([
      { at: at(0), act: 'added', target, leaseId: 'lease-1' },
    ]);
  });

  it('prolongs a block under its own lease', async () => {
    await store().blockList.put({ ...lease, now: at(0) });

    await store().blockList.put({ ...lease, until: at(7_200), digest: 'd2', now: at(10) });

    expect(await store().blockList.get(target)).toEqual({ ...lease, until: at(7_200), digest: 'd2', putAt: at(0) });
    expect((await store().blockList.listEffects()).map((effect) => effect.act)).toEqual(['added', 'changed']);
  });

  it('refuses a target that another lease holds, and says which', async () => {
    await store().blockList.put({ ...lease, now: at(0) });

    const refused = await store().blockList.put({ ...lease, leaseId: 'lease-2', by: 'bob', now: at(1) });

    expect(refused).toEqual({ kind: 'refused', heldBy: { ...lease, putAt: at(0) } });
    expect(await store().blockList.get(target)).toMatchObject({ leaseId: 'lease-1' });
  });

  it('removes once, and only for the lease that holds the target', async () => {
    await store().blockList.put({ ...lease, now: at(0) });

    const stranger = await store().blockList.remove({ target, leaseId: 'lease-2', now: at(1) });
    const first = await store().blockList.remove({ target, leaseId: 'lease-1', now: at(2) });
    const again = await store().blockList.remove({ target, leaseId: 'lease-1', now: at(3) });

    expect([stranger, first, again]).toEqual([{ isRemoved: false }, { isRemoved: true }, { isRemoved: false }]);
    expect(await store().blockList.get(target)).toBeNull();
    expect((await store().blockList.listEffects(target)).map((effect) => effect.act)).toEqual(['added', 'removed']);
  });

  it('does not let a late attempt bring a lifted lease back', async () => {
    await store().blockList.put({ ...lease, now: at(0) });
    await store().blockList.remove({ target, leaseId: 'lease-1', now: at(1) });

    expect(await store().blockList.put({ ...lease, now: at(2) })).toEqual({ kind: 'ended' });
    expect(await store().blockList.put({ ...lease, leaseId: 'lease-2', now: at(3) })).toMatchObject({ kind: 'held' });
  });

  it('does not let a put come after the undo that overtook it', async () => {
    await store().blockList.remove({ target, leaseId: 'lease-1', now: at(0) });

    expect(await store().blockList.put({ ...lease, now: at(1) })).toEqual({ kind: 'ended' });
    expect(await store().blockList.list()).toEqual([]);
  });

  it('has another version after each change and the same one between', async () => {
    const versions = [await store().blockList.version()];
    await store().blockList.put({ ...lease, now: at(0) });
    versions.push(await store().blockList.version());
    await store().blockList.put({ ...lease, now: at(1) });
    const repeated = await store().blockList.version();
    await store().blockList.remove({ target, leaseId: 'lease-1', now: at(2) });
    versions.push(await store().blockList.version());

    expect(new Set(versions).size).toBe(3);
    expect(repeated).toBe(versions[1]);
  });

  it('lists targets in a fixed order', async () => {
    for (const last of [9, 3, 5]) {
      await store().blockList.put({ ...lease, target: `192.0.2.${last}`, now: at(last) });
    }

    const targets = (await store().blockList.list()).map((block) => block.target);

    expect(targets).toEqual(['192.0.2.3', '192.0.2.5', '192.0.2.9']);
  });
}
