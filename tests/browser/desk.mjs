// What people at a desk do on a page: fill in forms, tick, press, sign in, read their mail.

import assert from 'node:assert/strict';
import AxeBuilder from '@axe-core/playwright';

/** Fills fields by their names: texts, numbers, choices of a list; `true` and `false` tick and untick. */
export async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`main [name="${name}"]`).first();
    if (typeof value === 'boolean') await field.setChecked(value);
    else if (await field.evaluate((control) => control.tagName === 'SELECT')) await field.selectOption(value);
    else await field.fill(value);
  }
}

/** Of the boxes with this name, exactly those with these labels are ticked. */
export async function tick(page, name, labels) {
  const boxes = page.locator(`main [name="${name}"]`);
  for (let index = 0; index < await boxes.count(); index += 1) {
    const box = boxes.nth(index);
    const label = await box.evaluate((control) => control.labels[0].innerText.split('\n')[0].trim());
    await box.setChecked(labels.includes(label));
  }
  assert.equal(await page.locator(`main [name="${name}"]:checked`).count(), labels.length, `${name}: ${labels}`);
}

export const press = (page, name) => page.locator('main').getByRole('button', { name, exact: true }).first().click();
export const follow = (page, name) => page.locator('main').getByRole('link', { name, exact: true }).first().click();

/** What was done is said in a toast. */
export async function told(page, sentence) {
  await page.locator('#toasts, .toast').getByText(sentence).first().waitFor();
}

export async function nothingForAxe(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`), [], what);
}

/** Opens the latest letter to an address; its text. */
export async function openLetter(page, house, to) {
  await page.goto(`${house.url}/dev/mailbox`);
  await page.getByRole('link', { name: to, exact: true }).first().click();
  await page.waitForURL('**/dev/mailbox/*');
  return page.locator('main').innerText();
}

/** Follows the link of an invitation, and signs in with it. */
export async function signInByLetter(page, house, to) {
  await openLetter(page, house, to);
  await page.locator('main a[href*="/sign-in/"]').first().click();
  await press(page, 'Sign in now');
}

/** The same with a link that a command printed. */
export async function signIn(page, link) {
  await page.goto(link);
  await press(page, 'Sign in now');
}
