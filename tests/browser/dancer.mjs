// A dancer: picks, says who is coming, pays, reads the mail, opens the ticket.

import assert from 'node:assert/strict';
import { festival, named } from './festival.mjs';
import { fill, follow, nothingForAxe, openLetter, press } from './desk.mjs';

export const ANA = { full_name: 'Ana Pérez', email: 'ana@dancers.example' };
export const BEN = 'Ben Okafor';

const shop = (house) => `${house.url}/${festival.organisation.slug}/${festival.event.slug}`;

/** The quantity of a pass at its usual rate, by its name. */
const quantity = (page, pass) => page.locator('article, .pass, li, div.offer').filter({ has: page.getByRole('heading', { name: pass, exact: true }) })
  .last().locator('input[name$="[standard][any]"]').first();

/** Holds two Full Passes and says who is coming; a wrong address comes back beside its field first. */
export async function pickFullPassForTwo(page, house) {
  await page.goto(shop(house));
  await nothingForAxe(page, 'the event page');
  await page.goto(`${shop(house)}/pick?by=pass`);
  await nothingForAxe(page, 'picking by pass');
  await quantity(page, named('full')).fill('2');
  await press(page, 'Go on');
  await page.waitForURL('**/who?*');
  await nothingForAxe(page, 'who is coming');
  await fill(page, { full_name: ANA.full_name, email: 'ana' });
  // What a browser would stop is sent all the same: the program's own answer is what is looked at.
  await page.evaluate(() => { document.querySelector('form.with-summary').noValidate = true; });
  await press(page, 'Go on to paying');
  await page.getByText('This is not an e-mail address').first().waitFor();
  assert.equal(await page.locator('[name="full_name"]').inputValue(), ANA.full_name, 'what was typed is still there');
  await fill(page, { email: ANA.email, 'tickets[1][full_name]': BEN });
  await press(page, 'Go on to paying');
  await page.waitForURL('**/pay?*');
  await nothingForAxe(page, 'paying');
}

/** Pays by transfer; answers the address of the order's page. */
export async function payByTransfer(page) {
  await page.locator('input[value="bank_transfer"]').check();
  await press(page, /^Confirm/);
  await page.waitForURL(/orders\/[0-9A-Za-z]{27}\?key=/);
  const text = await page.locator('main').innerText();
  assert.match(text, /Please transfer £320/);
  assert.match(text, /IBAN GB00 TEST/);
  return page.url();
}

/** Reads the mail with the tickets, and goes where it leads. */
export async function openTickets(page, house) {
  const text = await openLetter(page, house, ANA.email);
  assert.match(text, /Here are your tickets/);
  await page.locator('main pre a').first().click();
  await page.waitForURL(/orders\/[0-9A-Za-z]{27}\?key=/);
  await nothingForAxe(page, 'the order');
  assert.match(await page.locator('main').innerText(), /You are in/);
}

/** Opens the page of one ticket from the order's, and keeps a picture of its code, as somebody would hold it up. */
export async function photograph(page, holder, file) {
  await page.locator('.panel').filter({ has: page.getByRole('heading', { name: holder, exact: true }) })
    .getByRole('link', { name: 'Open this ticket' }).click();
  await page.getByRole('heading', { level: 1, name: holder }).waitFor();
  await nothingForAxe(page, 'a ticket');
  await page.locator('.qr').first().screenshot({ path: file });
}

/** Reads the mail with the new barcode, and keeps a picture of it. */
export async function photographNew(page, house, file) {
  const text = await openLetter(page, house, ANA.email);
  assert.match(text, /The old code does not work any more/);
  await page.locator('main pre a[href*="/tickets/"]').first().click();
  await page.getByRole('heading', { level: 1, name: BEN }).waitFor();
  await page.locator('.qr').first().screenshot({ path: file });
}

/** The same without scripts, by pass, to be paid at the door. */
export async function buyByPassWithoutScripts(page, house) {
  await page.goto(shop(house));
  await page.goto(`${shop(house)}/pick?by=pass`);
  await quantity(page, named('party')).fill('1');
  await press(page, 'Go on');
  await finish(page, { full_name: 'Chloë Dvořák', email: 'chloe@dancers.example' }, '£60');
}

/** The same by what one wants to do: without scripts the cover answers on a page, when it is asked. */
export async function buyByWishWithoutScripts(page, house) {
  await page.goto(`${shop(house)}/pick`);
  for (const key of ['sat-classes', 'sat-party']) await page.getByRole('checkbox', { name: new RegExp(`^${named(key)}`) }).check();
  await press(page, 'See the cheapest way to have these');
  const text = await page.locator('main').innerText();
  assert.match(text, /Saturday Pass/, 'the cover says what is cheapest');
  assert.match(text, /£95/);
  await press(page, 'Go on');
  await finish(page, { full_name: 'Дана Ли 💃', email: 'dana@dancers.example' }, '£95');
}

async function finish(page, buyer, sum) {
  await page.waitForURL('**/who?*');
  await fill(page, buyer);
  await press(page, 'Go on to paying');
  await page.locator('input[value="at_door"]').check();
  await press(page, /^Confirm/);
  await page.waitForURL(/orders\/[0-9A-Za-z]{27}\?key=/);
  const text = await page.locator('main').innerText();
  assert.match(text, /You are in/);
  assert.match(text, new RegExp(`${sum} to pay at the door`));
  assert.match(text, new RegExp(buyer.full_name));
  assert.equal(await page.locator('.qr svg').count(), 1);
  await follow(page, festival.event.title);
}
