// The main job, end to end, as its users do it: a festival is set up, a dancer buys a pass for two, the mail arrives,
// and the door lets each ticket in once.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { browser as launch, open, window } from './house.mjs';

const program = process.argv[2];
const festival = JSON.parse(readFileSync(new URL('../../crates/engine/fixtures/festival.json', import.meta.url)));
const later = new Date(Date.now() + 30 * 24 * 3600 * 1000);
const instant = (days, hour) => {
  const at = new Date(later);
  at.setUTCDate(at.getUTCDate() + days);
  return `${at.toISOString().slice(0, 10)}T${String(hour).padStart(2, '0')}:00:00Z`;
};

async function api(house, token, method, path, body) {
  const answer = await fetch(`${house.url}/api/v1/organisations/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

/** The fixture festival, made through the API; answers the identifiers by key. */
async function setUp(house) {
  house.command('organisation', 'create', '--slug', 'northern-salsa', '--name', festival.organisation.name);
  const token = house.command('token', 'create', '--organisation', 'northern-salsa', '--role', 'owner');
  const { event } = festival;
  await api(house, token, 'POST', 'northern-salsa/events', {
    slug: event.slug, title: event.title, starts_at: instant(0, 18), ends_at: instant(3, 1), venue: event.venue,
    capacity: event.capacity, rates: event.rates, payment_methods: event.payment_methods, rooms: event.rooms, status: 'live',
  });
  const at = `northern-salsa/events/${event.slug}`;
  const ids = {};
  for (const item of festival.items) {
    const made = await api(house, token, 'POST', `${at}/items`, {
      name: item.name, type: item.type, day: 'all', prices: item.prices, capacity: item.capacity, live: true,
    });
    ids[item.key] = made.id;
  }
  for (const pass of festival.passes) {
    const made = await api(house, token, 'POST', `${at}/passes`, {
      name: pass.name, includes: pass.includes.map((key) => ids[key]), live: true,
      pricing_schedule: [{ name: 'Standard', prices: pass.prices }],
    });
    ids[pass.key] = made.id;
  }
  const renamed = (keys) => keys?.map((key) => ids[key]);
  await api(house, token, 'PUT', `${at}/wristbands`, {
    rules: festival.wristbands.map((rule) => ({ ...rule, when: { ...(rule.when.all && { all: renamed(rule.when.all) }), ...(rule.when.any && { any: renamed(rule.when.any) }) } })),
  });
  const items = festival.items.filter((item) => item.type !== 'physical').map((item) => ids[item.key]);
  const door = await api(house, token, 'POST', `${at}/doors`, { name: 'Main', items, reentry: false });
  const options = await (await fetch(`${house.url}/api/v1/organisations/${at}/options`)).json();
  for (const pass of festival.passes) {
    const shown = options.passes.find((option) => option.id === ids[pass.key]);
    assert.deepEqual(shown.saving, pass.saving, `the saving of ${pass.name}`);
  }
  return { token, at, ids, door };
}

async function nothingForAxe(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`), [], what);
}

/** Buys a Full Pass for two, to be transferred; answers the order's page. */
async function buy(page, house, { at, ids }, withAxe) {
  await page.goto(`${house.url}/northern-salsa/${festival.event.slug}`);
  if (withAxe) await nothingForAxe(page, 'the event page');
  await page.goto(`${house.url}/northern-salsa/${festival.event.slug}/pick?by=pass`);
  if (withAxe) await nothingForAxe(page, 'picking by pass');
  await page.locator(`[name="q[${ids.full}][standard][any]"]`).fill('2');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.waitForURL('**/who?*');
  if (withAxe) await nothingForAxe(page, 'who is coming');
  await page.locator('[name="full_name"]').fill('Ana Pérez');
  await page.locator('[name="email"]').fill('ana');
  const needsScript = await page.evaluate(() => document.querySelector('form.with-summary').noValidate = true).catch(() => false);
  await page.getByRole('button', { name: 'Go on to paying' }).click();
  if (needsScript) {
    assert.equal(await page.locator('[name="full_name"]').inputValue(), 'Ana Pérez', 'what was typed is still there');
  }
  await page.locator('[name="email"]').fill('ana@dancers.example');
  await page.locator('[name="tickets[1][full_name]"]').fill('Ben Okafor');
  await page.getByRole('button', { name: 'Go on to paying' }).click();
  await page.waitForURL('**/pay?*');
  if (withAxe) await nothingForAxe(page, 'paying');
  await page.locator('input[value="bank_transfer"]').check();
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.waitForURL(/orders\/[0-9A-Za-z]{27}\?key=/);
  assert.match(await page.locator('main').innerText(), /Please transfer £320/);
  return page.url();
}

async function purchaseAndDoor(house, browser) {
  const made = await setUp(house);
  const { page, faults, context } = await window(browser, house.url);
  const orderUrl = await buy(page, house, made, true);

  // The transfer arrives, and with it the tickets.
  const order = /orders\/(\w{27})/.exec(orderUrl)[1];
  await api(house, made.token, 'POST', `${made.at}/orders/${order}/payments`, { method: 'bank_transfer', amount: { amount: 32000, currency: 'GBP' } });
  await page.goto(`${house.url}/dev/mailbox`);
  await nothingForAxe(page, 'the mailbox');
  const mail = page.getByRole('link', { name: 'ana@dancers.example' }).first();
  await mail.click();
  const text = await page.locator('main').innerText();
  assert.match(text, /orders\//, 'the mail leads to the order');
  await page.goto(orderUrl);
  await nothingForAxe(page, 'the order');
  assert.match(await page.locator('main').innerText(), /You are in/);

  // A picture of the first ticket's code, as somebody would hold it up.
  const folder = mkdtempSync(join(tmpdir(), 'dance-engine-pictures-'));
  const picture = join(folder, 'ticket.png');
  await page.locator('.qr').first().screenshot({ path: picture });

  // Somebody of the door signs in by link and scans it.
  const link = house.command('staff', 'invite', '--organisation', 'northern-salsa', '--email', 'door@northern-salsa.example', '--role', 'door');
  const staff = await window(browser, house.url);
  await staff.page.goto(link);
  await staff.page.getByRole('button', { name: 'Sign in now' }).click();
  await staff.page.goto(`${house.url}/dashboard/northern-salsa/events/${festival.event.slug}/scan?door=${made.door.id}`);
  await staff.page.locator('[data-picture]').setInputFiles(picture);
  const verdict = staff.page.locator('#verdict');
  await verdict.getByText('Admitted', { exact: true }).waitFor({ timeout: 20_000 });
  const admitted = await verdict.innerText();
  assert.match(admitted, /Ana Pérez/);
  assert.match(admitted, /Full/, `the wristband of a full pass: ${admitted}`);
  await staff.page.reload();
  await staff.page.locator('[data-picture]').setInputFiles(picture);
  await verdict.getByText('Already in', { exact: true }).waitFor({ timeout: 20_000 });
  assert.match(await verdict.innerText(), /In since .*Main/);
  rmSync(folder, { recursive: true });

  // The door may not see orders; the box office's pages are closed to it.
  const closed = await fetch(`${house.url}/api/v1/organisations/${made.at}/orders/${order}`);
  assert.equal(closed.status, 401);
  assert.deepEqual([...faults, ...staff.faults], []);
  await context.close();
  await staff.context.close();
  return made;
}

async function withoutScripts(house, browser, made) {
  const { page, context } = await window(browser, house.url, { javaScriptEnabled: false });
  await page.goto(`${house.url}/northern-salsa/${festival.event.slug}/pick`);
  await page.locator(`input[name="items"][value="${made.ids['fri-party']}"]`).check();
  await page.getByRole('button', { name: 'Go on' }).first().click();
  await page.waitForURL('**/who?*');
  await page.locator('[name="full_name"]').fill('Chloë Dvořák');
  await page.locator('[name="email"]').fill('chloe@dancers.example');
  await page.getByRole('button', { name: 'Go on to paying' }).click();
  await page.locator('input[value="at_door"]').check();
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.waitForURL(/orders\/[0-9A-Za-z]{27}\?key=/);
  assert.match(await page.locator('main').innerText(), /£25 to pay at the door/);
  await context.close();
}

const journeys = { 'a pass for two is bought, mailed, and let in once': purchaseAndDoor, 'buying works without scripts': withoutScripts };
const house = await open(program);
const browser = await launch();
let [passed, failed, made] = [0, 0, undefined];
for (const [name, journey] of Object.entries(journeys)) {
  try {
    made = (await journey(house, browser, made)) ?? made;
    passed += 1;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}
const report = house.command('check');
console.log(report === '' ? 'ok      the store holds' : `FAILED  ${report}`);
await browser.close();
await house.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
