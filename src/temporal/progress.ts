import type { FetchProgress } from '#temporal/binary/download.ts';

/** Where progress is written: stdout, or anything with its shape. */
export type ProgressStream = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
};

/** Shows a fetch: one line redrawn on a terminal, a line per quarter elsewhere. `finish` ends the line. */
export type ProgressPrinter = {
  readonly show: (progress: FetchProgress) => void;
  readonly finish: () => void;
};

/** A printer for one fetch of `what`, such as `Temporal 1.9.1`. */
export function createProgressPrinter(stream: ProgressStream, what: string): ProgressPrinter {
  return stream.isTTY ? createBar(stream, what) : createLines(stream, what);
}

function createBar(stream: ProgressStream, what: string): ProgressPrinter {
  let shown = '';
  return {
    show(progress) {
      const line = clip(renderBar(progress, what), stream.columns ?? 80);
      if (line === shown) return;
      shown = line;
      stream.write(`\r\u001B[K${line}`);
    },
    finish() {
      if (shown !== '') stream.write('\n');
      shown = '';
    },
  };
}

function renderBar(progress: FetchProgress, what: string): string {
  const { source, receivedBytes, totalBytes } = progress;
  if (totalBytes === null) return `Fetching ${what}  ${renderMegabytes(receivedBytes)}  from ${source}`;
  const share = Math.min(1, receivedBytes / totalBytes);
  const filled = Math.round(share * 20);
  const bar = '█'.repeat(filled) + '░'.repeat(20 - filled);
  return `Fetching ${what}  ${bar}  ${Math.floor(share * 100)} % of ${renderMegabytes(totalBytes)}  from ${source}`;
}

function createLines(stream: ProgressStream, what: string): ProgressPrinter {
  let shown = '';
  return {
    show({ source, receivedBytes, totalBytes }) {
      const quarter = totalBytes === null ? 0 : Math.min(4, Math.floor((receivedBytes / totalBytes) * 4));
      const step = `${source} ${quarter}`;
      if (step === shown) return;
      shown = step;
      const size = totalBytes === null ? '' : `, ${quarter * 25} % of ${renderMegabytes(totalBytes)}`;
      stream.write(`Fetching ${what} from ${source}${size}\n`);
    },
    finish() {},
  };
}

function renderMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function clip(text: string, width: number): string {
  return text.length < width ? text : `${text.slice(0, Math.max(0, width - 2))}…`;
}
