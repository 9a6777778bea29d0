// How pages behave, apart from how they look: with the keyboard alone, on paper, on a slow line, without motion.

import assert from 'node:assert/strict';

/** Most bytes that a customer's first page may take, compressed, fonts and all. */
const HEAVIEST = 100 * 1024;

/** Each by its name; `pages` are addresses by name, `as` opens a window as somebody. */
export const manners = {
  'a first visit weighs less than 100 KB': async ({ fresh, pages, note }) => {
    for (const name of ['event', 'pick', 'order']) {
      const { context, page } = await fresh();
      const line = await context.newCDPSession(page);
      let bytes = 0;
      await line.send('Network.enable');
      line.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
      await page.goto(pages[name], { waitUntil: 'networkidle' });
      await context.close();
      note(`${name}: ${(bytes / 1024).toFixed(1)} KB`);
      assert.ok(bytes > 0 && bytes < HEAVIEST, `${name} weighs ${bytes} bytes`);
    }
  },

  'the keyboard reaches the content at once, and shows where it is': async ({ fresh, pages }) => {
    const { context, page } = await fresh();
    await page.goto(pages.event);
    await page.keyboard.press('Tab');
    const skip = page.locator('.skip-link');
    assert.ok(await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().top >= 0));
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    });
    assert.ok(outline, 'the first link of the content shows that it has the focus');
    await context.close();
  },

  'a dialog keeps the focus, closes with Escape, and gives the focus back': async ({ as, pages }) => {
    const { page } = await as('owner');
    await page.goto(pages.deskTicket);
    const opener = page.getByRole('link', { name: 'Void', exact: true });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    for (let times = 0; times < 12; times += 1) {
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(() => document.activeElement === document.body || Boolean(document.activeElement?.closest('dialog')));
      assert.ok(inside, 'the focus stays in the dialog');
    }
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    assert.ok(await opener.evaluate((link) => link === document.activeElement), 'the focus is where it was');
  },

  'nothing moves for those who do not want it': async ({ fresh, pages }) => {
    const { context, page } = await fresh({ reducedMotion: 'reduce' });
    for (const name of ['event', 'pick']) {
      await page.goto(pages[name]);
      await page.mouse.move(300, 600);
      assert.equal(await page.evaluate(() => document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 1).length), 0);
    }
    await context.close();
  },

  'on paper a ticket is its barcode and what it admits to': async ({ as, pages }) => {
    const { page } = await as('ana');
    await page.goto(pages.ticket);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const seen = (selector) => page.locator(selector).first().isVisible();
    assert.ok(await seen('.qr svg'));
    assert.ok(!(await seen('.site-header')) && !(await seen('.site-footer')) && !(await seen('main .btn')), 'only the ticket');
    const [paper, ink] = await page.evaluate(() => [getComputedStyle(document.documentElement), getComputedStyle(document.querySelector('h1'))].map((style, at) => (at ? style.color : style.backgroundColor)));
    assert.ok(lightness(paper) > 0.9 && lightness(ink) < 0.4, `dark on white: ${ink} on ${paper}`);
    await page.emulateMedia({ media: 'screen' });
  },
};

/** Roughly, from `rgb(…)` or `oklch(…)`. */
function lightness(colour) {
  const numbers = colour.match(/[\d.]+/g).map(Number);
  return colour.startsWith('oklch') ? numbers[0] : (numbers[0] + numbers[1] + numbers[2]) / 765;
}
