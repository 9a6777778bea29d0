// The main job, end to end, as its users do it: everything by clicking and typing in a browser. Each journey goes on
// where the one before it ended.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BEN, buyByPassWithoutScripts, buyByWishWithoutScripts, openTickets, payByTransfer, photograph, photographNew, pickFullPassForTwo } from './dancer.mjs';
import { checkInByHand, invite, makeVoid, openScanner, recordTransfer, reissue, resend, scan } from './door.mjs';
import { signInByLetter } from './desk.mjs';
import { browser as launch, open, window } from './house.mjs';
import { makeFestival, makeOrganisation } from './organiser.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DOOR = 'dora@northern-salsa.example';

const house = await open(process.argv[2]);
const browser = await launch();
const pictures = mkdtempSync(join(tmpdir(), 'dance-engine-pictures-'));
const picture = (name) => join(pictures, `${name}.png`);
const windows = {};

/** The window of somebody, who stays signed in; nothing that they see may fault. */
async function of(who, options) {
  windows[who] ??= await window(browser, house.url, options);
  return windows[who].page;
}

const journeys = {
  'the platform makes an organisation and invites its owner': async () => makeOrganisation(await of('admin'), house),
  'an organiser makes a festival with all that belongs to it': async () => makeFestival(await of('owner'), house),
  'a Full Pass for two is bought, paid and mailed': async () => {
    const dancer = await of('dancer');
    await pickFullPassForTwo(dancer, house);
    const order = await payByTransfer(dancer);
    await recordTransfer(await of('owner'));
    await openTickets(dancer, house);
    assert.equal(dancer.url().split('#')[0], order);
    await photograph(dancer, 'Ana Pérez', picture('ana'));
    await dancer.goto(order);
    await photograph(dancer, BEN, picture('ben'));
  },
  'the door lets a ticket in once, with its wristband': async () => {
    await invite(await of('owner'), DOOR, 'door');
    const door = await of('door', PHONE);
    await openScanner(door, house, DOOR);
    const admitted = await scan(door, picture('ana'), 'Admitted');
    assert.match(admitted, /Ana Pérez/);
    assert.match(admitted, /Full\s+plastic/, `the wristband of a Full Pass, and no other: ${admitted}`);
    assert.doesNotMatch(admitted, /Party|Friday stamp/);
    const again = await scan(door, picture('ana'), 'Already in');
    assert.match(again, /In since .*\d\d:\d\d, Main, Fri.*let in by dora/);
  },
  'a pass is bought without scripts': async () => buyByPassWithoutScripts(await of('plain', { javaScriptEnabled: false }), house),
  'what one wants to do is bought without scripts': async () => buyByWishWithoutScripts(await of('plain'), house),
  'staff help with a ticket on a phone': async () => {
    await invite(await of('owner'), 'bo@northern-salsa.example', 'box_office');
    const office = await of('office', PHONE);
    await signInByLetter(office, house, 'bo@northern-salsa.example');
    await checkInByHand(office);
    await resend(office, house);
    await reissue(office);
    const door = await of('door');
    assert.match(await scan(door, picture('ben'), 'Reissued'), /There is a newer barcode/);
    await photographNew(await of('dancer'), house, picture('ben-again'));
    await makeVoid(office);
    assert.match(await scan(door, picture('ben-again'), 'Void'), /Since /);
  },
};

let [passed, failed] = [0, 0];
for (const [name, journey] of Object.entries(journeys)) {
  try {
    await journey();
    const faults = Object.values(windows).flatMap((one) => one.faults.splice(0));
    assert.deepEqual(faults, [], 'nothing in a page fails');
    passed += 1;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
    for (const [who, one] of Object.entries(windows)) {
      const seen = await one.page.locator('main').innerText({ timeout: 1_000 }).catch((reason) => String(reason));
      console.log(`        ${who} is at ${one.page.url()} and reads: ${seen.replaceAll(/\s+/g, ' ').slice(0, 400)}`);
    }
    // Those that follow go on from here.
    break;
  }
}
const report = house.command('check');
console.log(report === '' ? 'ok      the store holds' : `FAILED  ${report}`);
await browser.close();
await house.close();
rmSync(pictures, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || report !== '' ? 1 : 0);
