import type { Row } from './compare.ts';
import type { Gate } from './gates.ts';
import type { Machine } from './machine.ts';
import { renderNumber } from './numbers.ts';

const COLUMNS: readonly (readonly [string, (row: Row) => number])[] = [
  ['ack ms', ({ ackMs }) => ackMs.p50],
  ['card ms', ({ cardMs }) => cardMs.p50],
  ['p99', ({ cardMs }) => cardMs.p99],
  ['press→block ms', ({ pressToBlockMs }) => pressToBlockMs.p50],
  ['p99', ({ pressToBlockMs }) => pressToBlockMs.p99],
  ['/s', ({ investigations }) => investigations.perSecond],
  ['/CPU-s', ({ investigations }) => investigations.perCpuSecond],
  ['with server', ({ investigations }) => investigations.perCpuSecondWithServer],
  ['look-ups/CPU-s', ({ lookUps }) => lookUps.perCpuSecond],
  ['with server', ({ lookUps }) => lookUps.perCpuSecondWithServer],
];

/** The three rows and the gates, as Markdown. */
export function renderReport(machine: Machine, rows: readonly Row[], gates: readonly Gate[]): string {
  const { cores, cpu, memoryGiB, node, sdk, temporal, load } = machine;
  return [
    `${cores} cores (${cpu}), ${memoryGiB} GiB, Node ${node}, SDK ${sdk}, ${temporal}`,
    `load average ${load.map(renderNumber).join(' before, ')} after; Temporal on one SQLite file (WAL, synchronous=FULL)`,
    '',
    ...renderTable(
      ['row', ...COLUMNS.map(([title]) => title)],
      rows.map((row) => [row.name, ...COLUMNS.map(([, read]) => renderNumber(read(row)))]),
    ),
    '',
    ...renderTable(
      ['', 'measured', 'value', 'gate', ''],
      gates.map(({ id, what, value, gate, isMet }) => [id, what, value, gate, isMet ? 'ok' : 'MISSED']),
    ),
  ].join('\n');
}

function renderTable(head: readonly string[], body: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, at) => Math.max(title.length, ...body.map((cells) => cells[at]?.length ?? 0)));
  const renderLine = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [renderLine(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(renderLine)];
}
