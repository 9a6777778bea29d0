// An organiser who never read the manual: everything of a festival by clicking and typing.

import assert from 'node:assert/strict';
import { at, day, festival, named, shown, typed } from './festival.mjs';
import { fill, follow, nothingForAxe, press, signIn, signInByLetter, tick, told } from './desk.mjs';

export const OWNER = 'olga@northern-salsa.example';

/** The platform's administrator makes the organisation; its owner is invited by mail. */
export async function makeOrganisation(page, house) {
  await signIn(page, house.command('admin', 'invite', '--email', 'admin@platform.example'));
  await page.waitForURL('**/platform');
  await nothingForAxe(page, 'the platform without organisations');
  await follow(page, 'New organisation');
  await nothingForAxe(page, 'a new organisation');
  // An address that is not one, and a name that the program needs: both are told, and nothing typed is lost.
  await fill(page, { name: festival.organisation.name, slug: 'dashboard', currency: 'GBP', time_zone: 'Europe/London', owner: OWNER });
  await press(page, 'Make the organisation');
  await page.getByText('This name is reserved.').first().waitFor();
  assert.equal(await page.locator('[name="name"]').inputValue(), festival.organisation.name);
  await fill(page, { slug: festival.organisation.slug });
  await press(page, 'Make the organisation');
  await told(page, 'Created.');
  await page.locator('main').getByText(OWNER).first().waitFor();
  await nothingForAxe(page, 'one organisation');
  await page.goto(`${house.url}/platform`);
  await page.getByRole('link', { name: festival.organisation.name }).waitFor();
}

/** Its owner follows the invitation and makes the event, its items and passes, bands and doors. */
export async function makeFestival(page, house) {
  await signInByLetter(page, house, OWNER);
  await page.waitForURL(`**/dashboard/${festival.organisation.slug}`);
  await describeBank(page);
  await makeEvent(page);
  await makeItems(page);
  await makePasses(page);
  await savingsAreThoseOfTheFixture(page);
  await makeBands(page);
  await makeDoors(page);
}

async function describeBank(page) {
  await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).first().click();
  await fill(page, { bank_details: 'Northern Salsa Collective\nIBAN GB00 TEST 0000 0000 0000 00' });
  await press(page, 'Save');
  await told(page, 'Saved.');
}

async function makeEvent(page) {
  const { event } = festival;
  await page.getByRole('navigation').getByRole('link', { name: 'Events' }).first().click();
  await follow(page, 'New event');
  await nothingForAxe(page, 'a new event');
  await fill(page, {
    title: event.title, slug: event.slug, starts_at: at('2026-12-04', '18:30'), ends_at: at('2026-12-07', '01:30'),
    venue_name: event.venue.name, venue_address: event.venue.address, rooms: event.rooms.join('\n'),
    capacity: String(event.capacity), status: 'live',
  });
  for (const [index, rate] of event.rates.entries()) {
    await fill(page, { [`rates[${index}][name]`]: rate.name, [`rates[${index}][proof_required]`]: rate.proof_required });
  }
  for (const method of event.payment_methods) await page.locator(`[name="payment_methods"][value="${method}"]`).check();
  await press(page, 'Make event');
  await told(page, 'Created.');
}

const prices = (of) => Object.fromEntries(
  Object.entries(of).map(([rate, amount]) => [`pricing_schedule[0][prices][${rate}]`, typed(amount)]),
);

async function makeItems(page) {
  await follow(page, 'New item');
  await nothingForAxe(page, 'a new item');
  for (const [index, item] of festival.items.entries()) {
    // What the item before it had stands there already: only what differs has to be typed.
    assert.equal(await page.locator('[name="name"]').inputValue(), '');
    await fill(page, { name: item.name, kind: item.type, day: day(item.day), capacity: String(item.capacity), ...prices(item.prices) });
    const isLast = index === festival.items.length - 1;
    await press(page, isLast ? 'Save' : 'Save and add another');
    await told(page, 'Created.');
  }
}

async function makePasses(page) {
  await follow(page, 'New pass');
  await nothingForAxe(page, 'a new pass');
  for (const [index, pass] of festival.passes.entries()) {
    await fill(page, { name: pass.name, ...prices(pass.prices) });
    await tick(page, 'includes', pass.includes.map(named));
    const isLast = index === festival.passes.length - 1;
    await press(page, isLast ? 'Save' : 'Save and add another');
    await told(page, 'Created.');
  }
}

async function savingsAreThoseOfTheFixture(page) {
  await nothingForAxe(page, 'items and passes');
  for (const pass of festival.passes) {
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: pass.name, exact: true }) }).last();
    const savings = Object.values(pass.saving).map(shown).join(' / ');
    assert.equal(await row.locator('[data-label="Saves"]').innerText(), savings, `the saving of ${pass.name}`);
  }
}

async function makeBands(page) {
  await page.getByRole('link', { name: 'Wristbands', exact: true }).click();
  for (const rule of festival.wristbands) {
    await follow(page, 'New rule');
    await fill(page, { name: rule.hand_out.name, colour: rule.hand_out.colour, material: rule.hand_out.material });
    await tick(page, 'all', (rule.when.all ?? []).map(named));
    await tick(page, 'any', (rule.when.any ?? []).map(named));
    if (rule.skip === 'rest') await fill(page, { skip_rest: true });
    await press(page, 'Save');
    await told(page, 'Saved.');
  }
  // Bands that others stand in for can be named once they are there.
  for (const rule of festival.wristbands.filter((rule) => rule.skip !== 'rest' && rule.skip.length > 0)) {
    await follow(page, new RegExp(`^${rule.hand_out.name}\\b.*${rule.hand_out.material}`));
    await tick(page, 'skip', rule.skip);
    await press(page, 'Save');
    await told(page, 'Saved.');
  }
  await nothingForAxe(page, 'wristbands');
}

async function makeDoors(page) {
  await page.getByRole('link', { name: 'Doors', exact: true }).click();
  await press(page, 'Make doors from the days');
  await told(page, 'The doors were made.');
  assert.equal(await page.getByRole('row').filter({ hasText: 'Main, ' }).count(), 3);
  // The first is opened now, for a rehearsal.
  await page.getByRole('link', { name: /^Main, Fri/ }).click();
  await fill(page, { opens_at: '' });
  await press(page, 'Save');
  await told(page, 'Saved.');
  await nothingForAxe(page, 'doors');
}
