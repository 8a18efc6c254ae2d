#!/usr/bin/env node
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    `SocBot needs Node 24 or newer and this is Node ${process.versions.node}: "npm start" uses the one that came with "npm ci".\n`,
  );
  process.exit(1);
}
// What SocBot writes is for its own user alone.
process.umask(0o077);
// `npm start | head`: whoever read along has gone; what runs goes on.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});
// Compiled code is kept between starts: it halves the work of the next one, also for the processes started from here.
const { enableCompileCache } = await import('node:module');
const { directory } = enableCompileCache();
if (directory) process.env.NODE_COMPILE_CACHE ??= directory;
const { runCommandLine } = await import('../src/cli.ts');
await runCommandLine(process.argv);
