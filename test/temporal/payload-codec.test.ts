import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { describe, expect, it } from 'vitest';
import { createPayloadCodec, payloadKeyOf } from '#temporal/payload-codec.ts';

const OLD = payloadKeyOf(new Uint8Array(32).fill(1));
const NEW = payloadKeyOf(new Uint8Array(32).fill(2));
const codec = createPayloadCodec([OLD], 'soc');

function payloadOf(value: unknown): Payload {
  return defaultPayloadConverter.toPayload(value);
}

function sizeOf(payload: Payload | undefined): number {
  return proto.temporal.api.common.v1.Payload.encode(payload ?? {}).finish().length;
}

async function encryptOne(value: unknown): Promise<Payload> {
  const [one] = await codec.encode([payloadOf(value)]);
  if (!one) throw new Error('nothing came back');
  return one;
}

async function readBack(payloads: Payload[], by = codec): Promise<unknown[]> {
  return (await by.decode(payloads)).map((payload) => defaultPayloadConverter.fromPayload(payload));
}

describe('encrypted payloads', () => {
  it('show nothing of what they hold, and never look the same twice', async () => {
    const [one, two] = await codec.encode([payloadOf('203.0.113.66'), payloadOf('203.0.113.66')]);

    expect(Buffer.from(one?.data ?? []).toString('latin1')).not.toMatch(/203|json/);
    expect(Buffer.from(one?.data ?? []).equals(Buffer.from(two?.data ?? []))).toBe(false);
    expect(Object.keys(one?.metadata ?? {})).toEqual(['encoding', 'encryption-key-id']);
  });

  it.each([['text'], [{ deep: [1, null, '💥'] }], [null], [undefined], [new Uint8Array([0, 255])]])(
    'are read back as they were: %j',
    async (value) => {
      expect(await readBack(await codec.encode([payloadOf(value)]))).toEqual([value]);
    },
  );

  it('may be none', async () => {
    expect(await codec.encode([])).toEqual([]);
    expect(await codec.decode([])).toEqual([]);
  });

  it('stand beside plain ones of the time before', async () => {
    expect(await readBack([payloadOf('plain'), await encryptOne('secret')])).toEqual(['plain', 'secret']);
  });

  it('are read through a change of keys, one process after the other', async () => {
    const old = await encryptOne('before');
    const ready = createPayloadCodec([OLD, NEW], 'soc');
    const changed = createPayloadCodec([NEW, OLD], 'soc');
    const after = await changed.encode([payloadOf('after')]);

    expect(await readBack([old, ...after], ready)).toEqual(['before', 'after']);
    expect(await readBack([old, ...after], changed)).toEqual(['before', 'after']);
    await expect(codec.decode(after)).rejects.toThrow(`the key ${NEW.id}, which is not among the keys given`);
  });

  it('leave room in a summary, of which the engine takes 400 bytes', async () => {
    const title = `Look up ${'x'.repeat(120)}, asked by ${'ж'.repeat(40)}`;

    expect(sizeOf(await encryptOne(title))).toBeLessThanOrEqual(400);
  });

  it.each([
    ['a changed bit', (bytes: Buffer) => bytes.fill((bytes.at(-20) ?? 0) ^ 1, bytes.length - 20, bytes.length - 19)],
    ['a cut end', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['a few bytes', (bytes: Buffer) => bytes.subarray(0, 5)],
    ['nothing', () => Buffer.alloc(0)],
  ])('with %s are refused', async (_, change) => {
    const { metadata, data } = await encryptOne('secret');
    const changed = { metadata: metadata ?? {}, data: change(Buffer.from(data ?? [])) };

    await expect(codec.decode([changed])).rejects.toThrow('was changed after it was encrypted');
  });

  it('are refused in another namespace', async () => {
    const other = createPayloadCodec([OLD], 'other');

    await expect(other.decode([await encryptOne('secret')])).rejects.toThrow('is of another namespace');
  });

  it('need a key of 32 bytes', () => {
    expect(() => payloadKeyOf(new Uint8Array(16))).toThrow(RangeError);
  });
});
