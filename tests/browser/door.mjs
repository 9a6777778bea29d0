// Staff: the box office records money and helps with tickets; the door scans.

import assert from 'node:assert/strict';
import { festival } from './festival.mjs';
import { fill, follow, nothingForAxe, press, signInByLetter, told } from './desk.mjs';
import { ANA, BEN } from './dancer.mjs';

/** The owner invites somebody to work for the organisation. */
export async function invite(page, email, role) {
  await page.getByRole('navigation').getByRole('link', { name: 'Staff' }).first().click();
  await fill(page, { email });
  await page.locator('form:has([name="email"]) [name="role"]').selectOption(role);
  await press(page, 'Send invitation');
  await told(page, 'Invited.');
}

/** The owner finds Ana's order, and records that her transfer arrived. */
export async function recordTransfer(page) {
  await page.getByRole('navigation').getByRole('link', { name: 'Events' }).first().click();
  await follow(page, festival.event.title);
  await page.getByRole('link', { name: 'Orders', exact: true }).click();
  await page.getByRole('row').filter({ hasText: ANA.full_name }).getByRole('link').first().click();
  await follow(page, 'Record payment');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await nothingForAxe(page, 'recording a payment');
  assert.equal(await dialog.locator('[name="amount"]').inputValue(), '320');
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  await told(page, 'The payment was recorded.');
}

/** Signs in by the invitation, and goes to the scanner of the door that is open. */
export async function openScanner(page, house, email) {
  await signInByLetter(page, house, email);
  await follow(page, festival.event.title);
  await follow(page, 'Scanner');
  await page.getByRole('link', { name: /^Main, Fri/ }).click();
  await page.locator('[data-scanner]').waitFor();
  await nothingForAxe(page, 'the scanner');
}

/** Shows the scanner a picture; what its verdict says. */
export async function scan(page, picture, word) {
  await page.reload();
  await page.locator('[data-picture]').setInputFiles(picture);
  const verdict = page.locator('#verdict');
  await verdict.getByText(word, { exact: true }).waitFor();
  return verdict.innerText();
}

/** On a phone: finds an attendee, lets them in by hand, and takes that back. */
export async function checkInByHand(page) {
  await page.getByRole('navigation').getByRole('link', { name: 'Attendees' }).last().click();
  await nothingForAxe(page, 'attendees');
  await page.getByRole('searchbox').fill('okafor');
  await page.getByRole('searchbox').press('Enter');
  await page.getByText('1 ticket', { exact: true }).first().waitFor();
  await page.getByRole('link', { name: BEN }).first().click();
  await nothingForAxe(page, 'one ticket');
  await inDialog(page, 'Check in');
  await told(page, 'Checked in.');
  await page.getByText(/^Admitted, Main, Fri/).first().waitFor();
  await inDialog(page, 'Take back');
  await told(page, 'they can come in again');
  assert.equal(await page.getByRole('link', { name: 'Take back' }).count(), 0);
  await page.getByText(/^Taken back, Main, Fri/).first().waitFor();
}

/** Sends the ticket's mail again. */
export async function resend(page, house) {
  const letters = async () => {
    const mailbox = await page.context().newPage();
    await mailbox.goto(`${house.url}/dev/mailbox`);
    const count = await mailbox.getByRole('link', { name: ANA.email, exact: true }).count();
    await mailbox.close();
    return count;
  };
  const before = await letters();
  await inDialog(page, 'Send again');
  await told(page, 'goes out again');
  await page.getByText(`Mail sent again to ${ANA.email}`).first().waitFor();
  assert.equal(await letters(), before + 1);
}

/** Makes a new barcode: the old one is refused from now on. */
export async function reissue(page) {
  await inDialog(page, 'New barcode');
  await told(page, 'the old one is void');
  await page.getByText('Barcode made anew').first().waitFor();
}

/** Makes the ticket void. */
export async function makeVoid(page) {
  await inDialog(page, 'Void', { reason: 'Ill' });
  await told(page, 'The ticket is void.');
  await page.getByText('Ill', { exact: true }).first().waitFor();
  assert.equal(await page.locator('main').getByRole('link', { name: 'Check in', exact: true }).count(), 0);
}

/** Opens the dialog of an action, fills it in, and presses its button, which is called like the action. */
async function inDialog(page, action, fields = {}) {
  await follow(page, action);
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  for (const [name, value] of Object.entries(fields)) await dialog.locator(`[name="${name}"]`).fill(value);
  await nothingForAxe(page, `the dialog of ${action}`);
  await dialog.getByRole('button', { name: action, exact: true }).click();
}
