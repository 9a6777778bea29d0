// Every page in every state, as it looks on a phone and on a desktop, by day and by night; and what no look can tell:
// that axe finds nothing, that nothing is asked of another host, that the policy is kept, that nothing is wider than
// the screen, that nothing moves while it loads.
//
//   node screenshots.mjs PROGRAM [checks] the checks, a phone by day and a desktop by night
//   node screenshots.mjs PROGRAM all      the same with all four pictures, in screenshots/
//   node screenshots.mjs PROGRAM pictures the pictures alone
//   … PROGRAM all event pick              only the states whose names begin so; `manners`: how pages behave

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { browser as launch, open, window } from './house.mjs';
import { manners } from './manners.mjs';
import { printedLinks, stage } from './staging.mjs';
import { states } from './states.mjs';

const [program, mode, ...only] = process.argv.slice(2);
const pictures = mode === 'all' || mode === 'pictures';
const folder = new URL('screenshots/', import.meta.url);
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 900 };
const checked = mode !== 'pictures';
const LOOKS = [
  { look: '390-light', size: PHONE, colorScheme: 'light', checks: checked },
  { look: '390-dark', size: PHONE, colorScheme: 'dark', checks: false },
  { look: '1440-light', size: DESKTOP, colorScheme: 'light', checks: false },
  { look: '1440-dark', size: DESKTOP, colorScheme: 'dark', checks: checked },
].filter((look) => pictures || look.checks);
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A browser window for each person and language, signed in once. */
class People {
  #windows = new Map();
  #sessions = new Map();
  constructor(browser, house, links) { Object.assign(this, { browser, house, links }); }

  async as(who, locale = 'en-GB') {
    const key = `${who} ${locale}`;
    if (!this.#windows.has(key)) {
      const opened = await window(this.browser, this.house.url, { locale, storageState: await this.#session(who), reducedMotion: 'reduce' });
      opened.page.setDefaultTimeout(6000);
      await opened.page.addInitScript(watchLayout);
      this.#windows.set(key, opened);
    }
    return this.#windows.get(key);
  }

  async #session(who) {
    if (!who) return undefined;
    if (!this.#sessions.has(who)) {
      const { context, page } = await window(this.browser, this.house.url);
      await page.goto(this.links[who] ?? await this.#askForLink(page, `${who}@dancers.example`));
      await page.getByRole('button', { name: 'Sign in now' }).click();
      await page.waitForLoadState();
      this.#sessions.set(who, await context.storageState());
      await context.close();
    }
    return this.#sessions.get(who);
  }

  async #askForLink(page, email) {
    await page.goto(`${this.house.url}/sign-in`);
    await page.locator('[name="email"]').fill(email);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.goto(`${this.house.url}/dev/mailbox`);
    await page.getByRole('link', { name: email }).first().click();
    return page.locator('main a[href*="/sign-in/"]').first().getAttribute('href');
  }
}

/** Runs in the page: sums up what moves without having been asked to. */
function watchLayout() {
  globalThis.moved = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.moved += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** The pages that there are, each with whether it was seen. */
function sitemap() {
  const paths = readFileSync(new URL('pages.txt', import.meta.url), 'utf8').split('\n').filter(Boolean);
  const shape = (path) => new RegExp(`^${path.split('/').map((part) => (part.startsWith('{') ? '[^/]+' : part.replaceAll('.', '\\.'))).join('/')}$`);
  const fixed = (path) => path.split('/').filter((part) => !part.startsWith('{')).length;
  const pages = paths.map((path) => ({ path, shape: shape(path), fixed: fixed(path) })).sort((a, b) => b.fixed - a.fixed);
  const seen = new Set();
  return {
    see: (url) => {
      const found = pages.find((page) => page.shape.test(new URL(url).pathname));
      if (found) seen.add(found.path);
    },
    unseen: () => paths.filter((path) => !seen.has(path)),
  };
}

const house = await open(program, { demo: true });
const staged = await stage(house);
const links = { ...await printedLinks(house), emptyOwner: staged.emptyOwner };
links.unused = house.command('staff', 'invite', '--organisation', 'first-steps', '--email', 'new@first-steps.example', '--role', 'door');
const browser = await launch();
const people = new People(browser, house, links);
const map = sitemap();
const faults = [];
if (pictures && only.length === 0) rmSync(folder, { recursive: true, force: true });
if (pictures) mkdirSync(folder, { recursive: true });

async function visit(state) {
  const opened = state.mute ? await window(browser, house.url) : await people.as(state.who, state.locale);
  const { page, faults: found } = opened;
  found.length = 0;
  page.removeAllListeners('response');
  page.on('response', (answer) => {
    if (answer.request().method() === 'GET' && answer.status() < 400) map.see(answer.url());
    const policy = answer.headers()['content-security-policy'] ?? '';
    if (/unsafe-(inline|eval|hashes)/.test(policy.replace("'wasm-unsafe-eval'", ''))) found.push(`loose policy: ${answer.url()}`);
    if (!policy) found.push(`no policy: ${answer.url()}`);
  });
  await page.emulateMedia({ colorScheme: LOOKS[0].colorScheme });
  await page.setViewportSize(LOOKS[0].size);
  const path = typeof state.path === 'function' ? state.path(links) : state.path;
  const answer = await page.goto(new URL(path, house.url).href);
  if (answer.status() !== (state.status ?? 200)) found.push(`${answer.status()} from ${path}`);
  await state.does?.(page);
  if (state.mute) {
    for (const { look, size, colorScheme } of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await picture(page, state.name, look);
    }
    await opened.context.close();
    return [...found];
  }
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const moved = await page.evaluate(() => globalThis.moved ?? 0);
  if (moved > 0.02) found.push(`moved while it loaded: ${moved.toFixed(3)}`);
  for (const look of LOOKS) found.push(...await check(page, state.name, look));
  return [...found];
}

async function check(page, name, { look, size, colorScheme, checks }) {
  const found = [];
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  for (const width of size === PHONE ? [320, 360, size.width] : [720, size.width]) {
    await page.setViewportSize({ ...size, width });
    const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    if (wide > screen) found.push(`${look}: ${wide} wide on ${screen} (${await widest(page)})`);
  }
  if (checks) {
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).options({ resultTypes: ['violations'] }).analyze();
    for (const violation of violations) found.push(`${look}: ${violation.id}: ${violation.nodes.map((node) => node.html).join(' | ').slice(0, 400)}`);
  }
  await picture(page, name, look);
  return found;
}

async function picture(page, name, look) {
  if (pictures) await page.screenshot({ path: new URL(`${name}-${look}.png`, folder).pathname, fullPage: true });
}

const widest = (page) => page.evaluate(() => {
  const screen = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > screen + 1);
  return out.slice(-2).map((element) => element.outerHTML.slice(0, 120)).join(' | ');
});

/** What pages lead to and no window shows: documents, pictures, calendars. */
async function documents() {
  const { page, context } = await people.as('ana');
  await page.goto(new URL(staged.festival.paid.manage_url, house.url).href);
  const ticket = `/northern-salsa/mersey-latin-2026/tickets/${staged.festival.paid.tickets[0].number}`;
  const order = new URL(staged.festival.paid.manage_url);
  for (const path of [`${ticket}/ticket.pdf`, `${ticket}/ticket.ics`, `${ticket}/qr.svg`, '/northern-salsa/mersey-latin-2026/event.ics', `${order.pathname}/tickets.pdf${order.search}`]) {
    const answer = await context.request.get(new URL(path, house.url).href);
    if (answer.ok()) map.see(answer.url());
    else faults.push(`${answer.status()} from ${path}`);
  }
}

async function behave() {
  const at = (path) => new URL(path, house.url).href;
  const { paid } = staged.festival;
  const number = paid.tickets[0].number;
  const pages = {
    event: at('/northern-salsa/mersey-latin-2026'), pick: at('/northern-salsa/mersey-latin-2026/pick'), order: paid.manage_url,
    ticket: at(`/northern-salsa/mersey-latin-2026/tickets/${number}`),
    deskTicket: at(`/dashboard/northern-salsa/events/mersey-latin-2026/tickets/${number}`),
  };
  const fresh = (options) => window(browser, house.url, options);
  for (const [name, look] of Object.entries(manners)) {
    try {
      await look({ fresh, pages, as: (who) => people.as(who), note: (text) => console.log(`        ${text}`) });
      console.log(`ok      ${name}`);
    } catch (error) {
      faults.push(`${name}: ${error.message}`);
      console.log(`FAILED  ${name}\n          ${error.message}`);
    }
  }
}

const began = Date.now();
const chosen = states(staged).filter((state) => only.length === 0 || only.some((name) => state.name.startsWith(name)));
for (const state of chosen) {
  let found;
  try {
    found = await visit(state);
  } catch (error) {
    found = [String(error.message).split('\n').slice(0, 6).join(' ')];
  }
  for (const fault of found) faults.push(`${state.name}: ${fault}`);
  console.log(`${found.length === 0 ? 'ok     ' : 'FAILED '} ${state.name}${found.map((fault) => `\n          ${fault}`).join('')}`);
}
if (checked && (only.length === 0 || only.includes('manners'))) await behave();
if (only.length === 0) {
  await documents();
  for (const path of map.unseen()) faults.push(`no state shows ${path}`);
}
await browser.close();
await house.close();
console.log(`${chosen.length} states in ${LOOKS.length} looks, ${faults.length} faults, ${Math.round((Date.now() - began) / 1000)} s`);
for (const fault of faults) console.log(`  ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);
