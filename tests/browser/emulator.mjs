// An emulator of Amazon DynamoDB beside the program, with a table made by the program itself.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../emulator/', import.meta.url));
const EMULATOR = `${FOLDER}node_modules/@dynoxide/linux-x64/dynoxide`;
const TABLE = 'journeys';

/** A table on an emulator: the options that name it, and how to be rid of it. */
export async function dynamodb(program) {
  const elsewhere = process.env.DANCE_ENGINE_TEST_DYNAMODB;
  const emulator = elsewhere ? { endpoint: elsewhere, close: () => {} } : await start();
  const options = ['--dynamodb-table', TABLE, '--dynamodb-endpoint', emulator.endpoint];
  execFileSync(program, ['table', 'create', ...options], { stdio: 'ignore' });
  return {
    options,
    close: () => {
      if (elsewhere) execFileSync(program, ['table', 'delete', '--confirm', TABLE, ...options], { stdio: 'ignore' });
      emulator.close();
    },
  };
}

async function start() {
  if (!existsSync(EMULATOR)) execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FOLDER });
  const port = await freePort();
  const process = spawn(EMULATOR, ['serve', '--port', String(port)], { stdio: 'ignore' });
  for (let tries = 0; !(await listens(port)); tries += 1) {
    if (tries > 400) throw new Error('the emulator does not listen');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { endpoint: `http://127.0.0.1:${port}`, close: () => process.kill() };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function listens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
  });
}
