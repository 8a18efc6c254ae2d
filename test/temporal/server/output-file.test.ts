import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { openOutputFile } from '#temporal/server/output-file.ts';

/** Has a process of its own write `text` to the file. */
function say(fd: number, text: string): void {
  execFileSync('printf', ['%s', text], { stdio: ['ignore', fd, fd] });
}

describe("the file of a server's output", () => {
  it('goes on from one start to the next, and tells only what was said since it was opened', () => {
    const path = join(createScratchDirectory(), 'log');
    const first = openOutputFile(path);
    say(first.fd, 'one\ntwo\n');
    first.close();

    const second = openOutputFile(path);
    say(second.fd, 'three\nfour\nfive\n');

    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\nthree\nfour\nfive\n');
    expect(second.lastLines(2)).toEqual(['four', 'five']);
    expect(second.lastLines(9)).toEqual(['three', 'four', 'five']);
    second.close();
  });

  it('tells what a program said before it died, and not its hundred stacks', () => {
    const output = openOutputFile(join(createScratchDirectory(), 'log'));
    const stack = 'goroutine 1 [running]:\nmain.main()\n\t/home/somebody/main.go:1\n'.repeat(200);
    say(output.fd, `{"error":"bind: address already in use"}\npanic: nil pointer\n\n${stack}`);

    expect(output.lastLines(5)).toEqual(['{"error":"bind: address already in use"}', 'panic: nil pointer']);
    output.close();
  });

  it('starts anew when it has outgrown its size, while the process goes on writing', () => {
    const path = join(createScratchDirectory(), 'log');
    const output = openOutputFile(path, 100);
    say(output.fd, 'x'.repeat(101));

    output.trim();
    say(output.fd, 'after\n');
    output.trim();

    expect(readFileSync(path, 'utf8')).toBe('after\n');
    expect(statSync(`${path}.1`).size).toBe(101);
    expect(output.lastLines(1)).toEqual(['after']);
    output.close();
  });

  it('is trimmed when it is opened', () => {
    const path = join(createScratchDirectory(), 'log');
    const first = openOutputFile(path, 100);
    say(first.fd, 'x'.repeat(500));
    first.close();

    const second = openOutputFile(path, 100);

    expect(statSync(path).size).toBe(0);
    second.close();
  });

  it('cuts endless lines, and reads no more than the end of an endless output', () => {
    const output = openOutputFile(join(createScratchDirectory(), 'log'));
    say(output.fd, `${'y'.repeat(100_000)}\n${'z'.repeat(1000)}`);

    const lines = output.lastLines(2);

    expect(lines.map((line) => line.length)).toEqual([600, 600]);
    expect(lines[1]).toMatch(/^z+$/);
    output.close();
  });
});
