// node leash.mjs COMMAND ARG…: runs the command for as long as standard input stays open.
// However a test run ends, killed outright included, its end of the pipe closes and no node is left behind.

import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  console.error(`${command} does not run: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
process.stdin.on('end', () => child.kill('SIGKILL')).resume();
