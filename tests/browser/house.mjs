// Starts the program on an empty store, and a browser beside it.

import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { dynamodb } from './emulator.mjs';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
];

/**
 * The program, served on a free port from a folder of its own; with STORE=dynamodb in the environment from a table on an
 * emulator of DynamoDB, and with only its secret in the folder.
 */
export async function open(program, { demo = false } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'dance-engine-'));
  const table = process.env.STORE === 'dynamodb' ? await dynamodb(program) : { options: [], close: () => {} };
  const store = ['--data', data, ...table.options];
  const args = ['serve', '--listen', '127.0.0.1:0', ...store, ...(demo ? ['--demo'] : [])];
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  server.stderr.on('data', (text) => { said += text; });
  const url = await new Promise((resolve, reject) => {
    let output = '';
    server.stdout.on('data', (text) => {
      output += text;
      const found = /listening on (http:\S+)/.exec(output);
      if (found) resolve(found[1]);
    });
    server.on('exit', (code) => reject(new Error(`the program stopped (${code}): ${said}`)));
  });
  return {
    url,
    said: () => said,
    /** A command of the program on this store. */
    command: (...words) => execFileSync(program, [...words, ...store, '--public-url', url], { encoding: 'utf8' }).trim(),
    close: async () => {
      server.removeAllListeners('exit');
      const gone = new Promise((resolve) => server.on('exit', resolve));
      server.kill('SIGTERM');
      await gone;
      table.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A browser; its pages fail the run on any error, and on any request to another host. */
export async function browser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** A fresh window whose faults are collected. */
export async function window(browser, origin, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const faults = [];
  // Only a limit: a machine that builds beside it answers late, and that is no fault.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|403|404|409|410|422|429)/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const to = request.url();
    if (!to.startsWith(origin) && !to.startsWith('data:') && !to.startsWith('blob:')) faults.push(`another host: ${to}`);
  });
  return { context, page, faults };
}
