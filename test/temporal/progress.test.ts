import { describe, expect, it } from 'vitest';
import { createProgressPrinter } from '#temporal/progress.ts';

function createStream(shape: { isTTY?: boolean; columns?: number }) {
  const written: string[] = [];
  return { ...shape, written, write: (text: string) => written.push(text) };
}

const SOURCE = 'temporal.example';
const TOTAL = 44_500_000;

describe('showing the progress of a fetch', () => {
  it('redraws one line on a terminal and ends it', () => {
    const stream = createStream({ isTTY: true, columns: 120 });
    const printer = createProgressPrinter(stream, 'Temporal 1.9.1');

    printer.show({ source: SOURCE, receivedBytes: 0, totalBytes: TOTAL });
    printer.show({ source: SOURCE, receivedBytes: 1, totalBytes: TOTAL });
    printer.show({ source: SOURCE, receivedBytes: TOTAL / 2, totalBytes: TOTAL });
    printer.finish();

    expect(stream.written).toEqual([
      '\r\u001B[KFetching Temporal 1.9.1  ░░░░░░░░░░░░░░░░░░░░  0 % of 44.5 MB  from temporal.example',
      '\r\u001B[KFetching Temporal 1.9.1  ██████████░░░░░░░░░░  50 % of 44.5 MB  from temporal.example',
      '\n',
    ]);
  });

  it('never wraps on a narrow terminal', () => {
    const stream = createStream({ isTTY: true, columns: 40 });

    createProgressPrinter(stream, 'Temporal').show({ source: SOURCE, receivedBytes: 0, totalBytes: TOTAL });

    expect(stream.written[0]?.replace('\r\u001B[K', '').length).toBeLessThan(40);
  });

  it('counts bytes when the size is not known', () => {
    const stream = createStream({ isTTY: true });

    createProgressPrinter(stream, 'Temporal').show({ source: SOURCE, receivedBytes: 2_500_000, totalBytes: null });

    expect(stream.written).toEqual(['\r\u001B[KFetching Temporal  2.5 MB  from temporal.example']);
  });

  it('writes a line per quarter elsewhere', () => {
    const stream = createStream({});
    const printer = createProgressPrinter(stream, 'Temporal');

    for (let percent = 0; percent <= 100; percent += 1) {
      printer.show({ source: SOURCE, receivedBytes: (TOTAL * percent) / 100, totalBytes: TOTAL });
    }
    printer.finish();

    expect(stream.written).toHaveLength(5);
    expect(stream.written[2]).toBe('Fetching Temporal from temporal.example, 50 % of 44.5 MB\n');
  });

  it('writes nothing when nothing was fetched', () => {
    const stream = createStream({ isTTY: true });

    createProgressPrinter(stream, 'Temporal').finish();

    expect(stream.written).toEqual([]);
  });
});
