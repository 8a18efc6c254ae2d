import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { composeComment } from '#connectors/pihole/comment.ts';
import { callsOn, NAME, type PiholeRig, scripted, startPihole } from '#support/pihole-rig.ts';
import { holdOf } from '#support/responder-contract.ts';

const WRITES = '/api/domains';
const HOLD = holdOf(NAME);
const signal = new AbortController().signal;
const FREE = { isDone: true };

describe('of the answers of a Pi-hole', () => {
  let rig: PiholeRig;
  beforeAll(async () => {
    rig = await startPihole();
  });
  beforeEach(() => rig.simulator.reset());
  afterAll(() => rig.simulator.close());

  const { contain, release, readBack } = callsOn(() => rig);

  it.each(['failed', 'unknown'])('does not pass for blocking where it says %s of itself', async (blocking) => {
    const answers = { 'GET /api/dns/blocking': [200, { blocking }] } as const;

    expect(await scripted(answers).contain(holdOf(NAME), signal)).toEqual({
      isDone: false,
      why: 'the Pi-hole does not say that it blocks anything now',
    });
  });

  describe('a status that says yes', () => {
    it('is not believed while the database is locked: the name is not held', async () => {
      rig.state().isLocked = true;

      await expect(contain()).rejects.toMatchObject({ kind: 'unreachable', isUndone: true });

      expect(await readBack()).toBeNull();
    });

    it('is not believed while the database is locked: the name is not held longer', async () => {
      const { until } = holdOf(NAME);
      await contain({ until });
      rig.state().isLocked = true;

      await expect(contain({ until: '2027-01-01T00:00:00.000Z' })).rejects.toMatchObject({ kind: 'unreachable' });

      expect(await readBack()).toMatchObject({ until });
    });

    it('does not come while the database is locked and a name is to be let go; that can be tried again', async () => {
      await contain();
      rig.state().isLocked = true;
      await expect(release('tg-7000000001-42')).rejects.toMatchObject({ kind: 'unreachable' });
      rig.state().isLocked = false;

      expect(await release('tg-7000000001-42')).toEqual(FREE);
    });

    it('is not believed where the entry came into no group; the next attempt mends it', async () => {
      rig.state().groups = [];
      await expect(contain()).rejects.toMatchObject({ kind: 'unreachable', isUndone: false });
      expect(await readBack()).toBeNull();
      rig.state().groups = [0];

      expect(await contain()).toEqual({ isDone: true });

      expect(await readBack()).toMatchObject({ leaseId: 'tg-7000000001-42' });
    });

    it('is not believed where somebody else was first', async () => {
      const error = 'UNIQUE constraint failed: domainlist.domain, domainlist.type';
      const processed = { errors: [{ item: 'bad.example', error }], success: [] };
      const answer = scripted({ 'POST /api/domains/deny/exact': [201, { domains: [], processed, took: 0 }] });

      await expect(answer.contain(holdOf(NAME), signal)).rejects.toMatchObject({ kind: 'unreachable', isUndone: true });
    });

    it.each([
      ['nothing became of it', [], []],
      ['it does not name what it stored', [sentEntry('bad.example')], []],
      ['another name was stored', [sentEntry('bad')], [{ item: 'bad' }]],
      ['it is disabled', [{ ...sentEntry('bad.example'), enabled: false }], [{ item: 'bad.example' }]],
      ['it is in no group', [{ ...sentEntry('bad.example'), groups: [] }], [{ item: 'bad.example' }]],
      ['the comment was lost', [{ ...sentEntry('bad.example'), comment: null }], [{ item: 'bad.example' }]],
    ])('is not believed where %s', async (_, domains, success) => {
      const body = { domains, processed: { errors: [], success }, took: 0 };

      await expect(
        scripted({ 'POST /api/domains/deny/exact': [201, body] }).contain(HOLD, signal),
      ).rejects.toMatchObject({ kind: 'malformed_response', isUndone: false });
    });

    it('is taken for one effect where the answer to the write itself was lost', async () => {
      rig.simulator.setFaults([{ fault: 'drop-after', method: 'POST', path: WRITES }]);
      await expect(contain()).rejects.toMatchObject({ kind: 'unreachable', isUndone: false });
      rig.simulator.setFaults([]);

      expect(await contain()).toEqual({ isDone: true });
      expect(rig.state().entries).toHaveLength(1);
    });
  });

  describe('a 404', () => {
    const found = (entry: unknown) => ({
      search: { domains: [entry], gravity: [], results: { domains: { exact: 1, regex: 0 } } },
    });
    const removing = (body: unknown) =>
      scripted({
        'GET /api/search/{domain}': [200, found(entryOf('bad.example'))],
        'DELETE /api/domains/deny/exact/{domain}': [404, body],
      }).release({ target: NAME, leaseId: null }, signal);

    it('says that somebody else was faster, and the name is free', async () => {
      expect(await removing({ took: 0.0001 })).toEqual(FREE);
    });

    it.each([
      { error: { key: 'not_found', message: 'Not found', hint: '/api/domains' }, took: 0.0001 },
      { message: 'no such page' },
      undefined,
    ])('does not say so with %j in it', async (body) => {
      await expect(removing(body)).rejects.toMatchObject({ kind: 'malformed_response' });
    });
  });

  it.each([
    ['about another name', [entryOf('BAD.example')], { exact: 1, regex: 0 }],
    ['that was cut', [], { exact: 1, regex: 0 }],
    ['with an entry that cannot be read', [{ domain: 'bad.example', type: 'deny' }], { exact: 1, regex: 0 }],
  ])('does not conclude from an answer %s that nothing is held', async (_, domains, counts) => {
    const body = { search: { domains, gravity: [], results: { domains: counts } } };
    const answer = scripted({ 'GET /api/search/{domain}': [200, body] });

    await expect(answer.readBack(NAME, signal)).rejects.toMatchObject({ kind: 'malformed_response' });
  });
});

function entryOf(domain: string) {
  return { id: 1, domain, type: 'deny', kind: 'exact', comment: 'by hand', groups: [0], enabled: true };
}

/** An entry as it is after a write that went well. */
function sentEntry(domain: string) {
  return { ...entryOf(domain), comment: composeComment(HOLD) };
}
