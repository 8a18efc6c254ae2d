import { closeSync, fstatSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname } from 'node:path';

/** Takes finished lines. Never throws. */
export type LineSink = { write(line: string): void };

const LARGEST_FILE_BYTES = 64 * 1024 * 1024;
const LARGEST_BACKLOG_BYTES = 1024 * 1024;

/**
 * A log file: every line is with the operating system before `write` returns, so `kill -9` loses none. On a full disk
 * lines are lost, and how many is said once there is room. A file that has grown large becomes `<file>.1`.
 *
 * pino's own destination is not used: on a full disk it tries again for ever while the process exits, which then never
 * ends (sonic-boom 4, `flushSync`).
 *
 * Throws only here, if the file cannot be opened.
 */
export function openLogFile(file: string): LineSink {
  mkdirSync(dirname(file), { recursive: true });
  let fd = openSync(file, 'a', 0o600);
  return countLosses((text) => {
    if (fstatSync(fd).size > LARGEST_FILE_BYTES) fd = replaceFile(file, fd);
    writeWhole(fd, text);
  });
}

/** Puts a full file aside, unless another process has done so already, and gives the new one; the full one if that fails. */
function replaceFile(file: string, fd: number): number {
  try {
    if (statSync(file).ino === fstatSync(fd).ino) renameSync(file, `${file}.1`);
    const next = openSync(file, 'a', 0o600);
    closeSync(fd);
    return next;
  } catch {
    return fd;
  }
}

/**
 * The standard output, without ever waiting for whoever reads it: up to 1 MiB is kept for a slow reader, what comes on
 * top is lost and counted. Node's own `process.stdout` waits, as does a write in a thread when the process exits.
 */
export function openStandardOutput(fd: number = 1): LineSink {
  const kind = fstatSync(fd);
  if (!kind.isFIFO() && !kind.isSocket()) return countLosses((text) => writeWhole(fd, text));
  const socket = new Socket({ fd, readable: false, writable: true });
  socket.on('error', () => undefined);
  return countLosses((text) => {
    if (socket.destroyed || socket.writableLength > LARGEST_BACKLOG_BYTES) throw new Error('nobody reads');
    socket.write(text);
  });
}

/** A sink that loses the lines which `send` throws at, and says how many they were before the next one that it takes. */
function countLosses(send: (text: string) => void): LineSink {
  let lost = 0;
  return {
    write(line) {
      try {
        send(lost > 0 ? `${lostNote(lost)}${line}` : line);
        lost = 0;
      } catch {
        lost += 1;
      }
    },
  };
}

function writeWhole(fd: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
  return bytes.length;
}

function lostNote(count: number): string {
  return `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), pid: process.pid, msg: `${count} lines were lost: nobody could take them` })}\n`;
}
