// Every page in its states: who looks, where, and what they do there first. A state is reached from its address alone,
// as often as one likes. One more page: its states here; `pages.txt` says which pages there are.

import { EMPTY, FESTIVAL, LONG, ORGANISATION } from './staging.mjs';

const shop = `/${ORGANISATION}`;
const festival = `${shop}/${FESTIVAL}`;
const desk = `/dashboard/${ORGANISATION}`;
const event = `${desk}/events/${FESTIVAL}`;

/** Sends a form as it stands, past what the browser itself would hold back. */
const send = (button, fields = {}) => async (page) => {
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).first().fill(value);
  const pressed = page.getByRole('button', { name: button, exact: true }).first();
  await pressed.evaluate((element) => { if (element.form) element.form.noValidate = true; });
  await Promise.all([page.waitForNavigation(), pressed.click()]);
};

/** Presses a link that opens a dialog. */
const opens = (name) => async (page) => {
  await page.getByRole('link', { name, exact: true }).first().click();
  await page.locator('dialog[open]').waitFor();
};

const of = (url) => url.replace(/^https?:\/\/[^/]+/, '');
const number = (order, index = 0) => order.tickets[index].number;

/** All states, in the order in which a visitor meets them. */
export function states(staged) {
  return [...selling(staged), ...holding(staged), ...running(), ...catalogue(staged), ...people(staged), ...atTheDoor(staged), ...elsewhere(staged)];
}

function selling({ roles, long }) {
  const pick = `${festival}/pick`;
  const holds = (fields) => async (page) => {
    for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
    await page.getByRole('button', { name: 'Go on' }).first().click();
    await page.waitForURL('**/who?*');
  };
  const one = async (page) => {
    const fields = await page.locator('input[name^="q["]').first().getAttribute('name');
    await holds({ [fields]: '2' })(page);
  };
  const named = async (page) => {
    await one(page);
    await page.locator('[name="full_name"]').fill('Ana Marlowe');
    await page.locator('[name="email"]').fill('ana@dancers.example');
    await page.getByRole('button', { name: 'Go on to paying' }).click();
    await page.waitForURL('**/pay?*');
  };
  const ticks = async (page) => {
    const boxes = page.locator('input[name="items"]');
    for (const index of [0, 1, 2]) await boxes.nth(index).check();
    await page.locator('#cover [data-spoken]').waitFor();
  };
  return [
    { name: 'welcome', path: '/' },
    { name: 'organisation', path: shop },
    { name: 'organisation-empty', path: `/${EMPTY}` },
    { name: 'organisation-es', path: shop, locale: 'es-ES' },
    { name: 'event', path: festival },
    { name: 'event-es', path: festival, locale: 'es-ES' },
    { name: 'event-roles-few-left', path: `${shop}/roles-night` },
    { name: 'event-long-names', path: `${shop}/${LONG}` },
    { name: 'event-over', path: `${shop}/last-month` },
    { name: 'event-cancelled', path: `${shop}/called-off` },
    { name: 'pick', path: pick },
    { name: 'pick-ticked', path: pick, does: ticks },
    { name: 'pick-by-pass', path: `${pick}?by=pass` },
    { name: 'pick-es', path: pick, locale: 'es-ES' },
    { name: 'pick-roles', path: `${shop}/roles-night/pick` },
    { name: 'pick-roles-by-pass', path: `${shop}/roles-night/pick?by=pass` },
    { name: 'pick-nothing-chosen', path: `${pick}?by=pass`, does: send('Go on') },
    { name: 'pick-sold-out', path: `${shop}/roles-night/pick?by=pass`, does: async (page) => {
      await page.locator(`[name="q[${roles.pass}][standard][follower]"]`).fill('9');
      await send('Go on')(page);
    } },
    { name: 'pick-long-names', path: `${shop}/${LONG}/pick` },
    { name: 'who', path: `${pick}?by=pass`, does: one },
    { name: 'who-wrong', path: `${pick}?by=pass`, does: async (page) => {
      await one(page);
      await send('Go on to paying', { email: 'ana', 'tickets[1][email]': 'nobody@' })(page);
    } },
    { name: 'pay', path: `${pick}?by=pass`, does: named },
    { name: 'pay-wrong', path: `${pick}?by=pass`, does: async (page) => { await named(page); await send(/^Confirm/)(page); } },
    { name: 'order-held', path: `${pick}?by=pass`, does: async (page) => {
      await named(page);
      await page.goto(page.url().replace('/pay?', '?'));
    } },
    { name: 'order-given-up', path: `${pick}?by=pass`, does: async (page) => {
      await named(page);
      const order = page.url().replace('/pay?', '?');
      await send('Give the places back')(page);
      await page.goto(order);
    } },
    { name: 'order-long-names', path: of(long.order.manage_url) },
  ];
}

function holding({ festival: orders, roles }) {
  const path = (order) => of(order.manage_url);
  const ticket = (order) => `${festival}/tickets/${number(order)}`;
  return [
    { name: 'order-paid', path: path(orders.paid) },
    { name: 'order-paid-es', path: path(orders.paid), locale: 'es-ES' },
    { name: 'order-unpaid', path: path(orders.unpaid) },
    { name: 'order-transfer-awaited', path: path(orders.transfer) },
    { name: 'order-cancelled', path: path(orders.cancelled) },
    { name: 'order-roles', path: of(roles.sold.good.manage_url) },
    { name: 'ticket', who: 'ana', path: ticket(orders.paid) },
    { name: 'ticket-es', who: 'ana', path: ticket(orders.paid), locale: 'es-ES' },
    { name: 'ticket-unpaid', who: 'ben', path: ticket(orders.unpaid) },
    { name: 'ticket-void', who: 'emil', path: ticket(orders.void) },
    { name: 'ticket-student', who: 'farah', path: ticket(orders.reissued) },
    { name: 'ticket-roles', who: 'gala', path: `${shop}/${roles.slug}/tickets/${roles.number}` },
    { name: 'my-events', who: 'ana', path: '/my' },
    { name: 'my-events-empty', who: 'emptyOwner', path: '/my' },
    { name: 'my-events-of-staff', who: 'owner', path: '/my' },
    { name: 'sign-in', path: '/sign-in' },
    { name: 'sign-in-wrong', path: '/sign-in', does: send('Send me a link', { email: 'ana' }) },
    { name: 'sign-in-sent', path: '/sign-in', does: send('Send me a link', { email: 'somebody@dancers.example' }), once: true },
    { name: 'sign-in-link', path: (links) => links.unused },
    { name: 'sign-in-link-over', path: '/sign-in/aaaaaaaaaaaaaaaaaaaaaaaaaa' },
    { name: 'barcode-of-somebody', path: of(roles.codes.good).toLowerCase().replace('/s/', '/S/') },
    { name: 'barcode-in-small-letters', path: of(roles.codes.good).toLowerCase() },
    { name: 'not-found', path: '/nobody-dances-here', status: 404 },
    { name: 'not-found-es', path: '/nobody-dances-here', status: 404, locale: 'es-ES' },
    { name: 'not-allowed', who: 'door', path: `${desk}/settings`, status: 403 },
  ];
}

function running() {
  const found = async (page) => {
    await page.keyboard.press('Control+k');
    await page.locator('#palette input[type=search]').fill('ana');
    await page.locator('#palette-answers [role=option]').first().waitFor();
  };
  return [
    { name: 'today', who: 'owner', path: desk },
    { name: 'today-es', who: 'owner', path: desk, locale: 'es-ES' },
    { name: 'today-door', who: 'door', path: desk },
    { name: 'today-empty', who: 'emptyOwner', path: `/dashboard/${EMPTY}` },
    { name: 'palette', who: 'owner', path: desk, does: found },
    { name: 'palette-page', who: 'owner', path: `${desk}/palette?q=ana` },
    { name: 'events', who: 'owner', path: `${desk}/events` },
    { name: 'events-content', who: 'content', path: `${desk}/events` },
    { name: 'overview', who: 'owner', path: event },
    { name: 'overview-es', who: 'owner', path: event, locale: 'es-ES' },
    { name: 'overview-roles', who: 'owner', path: `${desk}/events/roles-night` },
    { name: 'overview-empty', who: 'emptyOwner', path: `/dashboard/${EMPTY}/events/opening-night` },
    { name: 'overview-long-names', who: 'owner', path: `${desk}/events/${LONG}` },
    { name: 'new-event', who: 'owner', path: `${desk}/new-event` },
    { name: 'new-event-wrong', who: 'owner', path: `${desk}/new-event`, does: async (page) => send(await primary(page))(page) },
    { name: 'new-series', who: 'owner', path: `${desk}/new-series` },
    { name: 'new-series-wrong', who: 'owner', path: `${desk}/new-series`, does: async (page) => send(await primary(page))(page) },
    { name: 'setup', who: 'owner', path: `${event}/setup` },
    { name: 'staff', who: 'owner', path: `${desk}/staff` },
    { name: 'staff-wrong', who: 'owner', path: `${desk}/staff`, does: async (page) => send(await primary(page))(page) },
    { name: 'tokens', who: 'owner', path: `${desk}/tokens` },
    { name: 'tokens-empty', who: 'emptyOwner', path: `/dashboard/${EMPTY}/tokens` },
    { name: 'settings', who: 'owner', path: `${desk}/settings` },
    { name: 'settings-wrong', who: 'owner', path: `${desk}/settings`, does: async (page) => send(await primary(page), { name: '' })(page) },
    { name: 'settings-seen-only', who: 'box-office', path: `${desk}/settings`, optional: true },
  ];
}

/** The words on a page's main button. */
const primary = async (page) => (await page.locator('main form button[type=submit].btn-primary').first().innerText()).trim();

function catalogue({ roles }) {
  const empty = `/dashboard/${EMPTY}/events/opening-night`;
  const night = `${desk}/events/${roles.slug}`;
  const wrong = async (page) => send(await primary(page))(page);
  return [
    { name: 'items', who: 'owner', path: `${event}/items` },
    { name: 'items-empty', who: 'emptyOwner', path: `${empty}/items` },
    { name: 'items-roles', who: 'owner', path: `${night}/items` },
    { name: 'item-new', who: 'owner', path: `${event}/items/new` },
    { name: 'item-new-wrong', who: 'owner', path: `${event}/items/new`, does: wrong },
    { name: 'item', who: 'owner', path: `${night}/items/${roles.items.workshop}` },
    { name: 'pass-new', who: 'owner', path: `${event}/passes/new` },
    { name: 'pass-new-wrong', who: 'owner', path: `${event}/passes/new`, does: wrong },
    { name: 'pass', who: 'owner', path: `${night}/passes/${roles.pass}` },
    { name: 'doors', who: 'owner', path: `${night}/doors` },
    { name: 'doors-of-the-door', who: 'door', path: `${event}/doors` },
    { name: 'doors-empty', who: 'emptyOwner', path: `${empty}/doors` },
    { name: 'door-new', who: 'owner', path: `${event}/doors/new` },
    { name: 'door-new-wrong', who: 'owner', path: `${event}/doors/new`, does: wrong },
    { name: 'door', who: 'owner', path: `${night}/doors/${roles.doors.early.id}` },
    { name: 'wristbands', who: 'owner', path: `${event}/wristbands` },
    { name: 'wristbands-empty', who: 'emptyOwner', path: `${empty}/wristbands` },
    { name: 'wristband', who: 'owner', path: `${event}/wristbands/0` },
    { name: 'wristband-new', who: 'owner', path: `${event}/wristbands/new` },
    { name: 'wristband-new-wrong', who: 'owner', path: `${event}/wristbands/new`, does: wrong },
  ];
}

function people({ festival: orders, roles, long }) {
  const order = (one) => `${event}/orders/${one.id}`;
  const ticket = (one) => `${event}/tickets/${number(one)}`;
  const dialog = (name, path) => [
    { name: `ticket-${name}-page`, who: 'owner', path: `${ticket(orders.paid)}/${path}` },
  ];
  return [
    { name: 'attendees', who: 'owner', path: `${desk}/attendees` },
    { name: 'attendees-of-event', who: 'owner', path: `${desk}/attendees?event=${FESTIVAL}` },
    { name: 'attendees-found', who: 'owner', path: `${desk}/attendees?query=ana` },
    { name: 'attendees-none-found', who: 'owner', path: `${desk}/attendees?query=zzzzzz` },
    { name: 'attendees-empty', who: 'emptyOwner', path: `/dashboard/${EMPTY}/attendees` },
    { name: 'attendees-door', who: 'door', path: `${desk}/attendees` },
    { name: 'orders', who: 'owner', path: `${event}/orders` },
    { name: 'orders-empty', who: 'emptyOwner', path: `/dashboard/${EMPTY}/events/opening-night/orders` },
    { name: 'sale', who: 'box-office', path: `${event}/orders/new` },
    { name: 'sale-wrong', who: 'box-office', path: `${event}/orders/new`, does: async (page) => send(await primary(page))(page) },
    { name: 'sale-roles', who: 'box-office', path: `${desk}/events/${roles.slug}/orders/new` },
    { name: 'desk-order-paid', who: 'owner', path: order(orders.paid) },
    { name: 'desk-order-transfer', who: 'owner', path: order(orders.transfer) },
    { name: 'desk-order-cancelled', who: 'owner', path: order(orders.cancelled) },
    { name: 'desk-order-long-names', who: 'owner', path: `${desk}/events/${LONG}/orders/${long.order.id}` },
    { name: 'desk-order-payment', who: 'owner', path: order(orders.transfer), does: opens('Record payment') },
    { name: 'desk-order-payment-page', who: 'owner', path: `${order(orders.transfer)}/payments` },
    { name: 'desk-order-cancel-page', who: 'owner', path: `${order(orders.transfer)}/cancel` },
    { name: 'desk-ticket', who: 'owner', path: ticket(orders.paid) },
    { name: 'desk-ticket-es', who: 'owner', path: ticket(orders.paid), locale: 'es-ES' },
    { name: 'desk-ticket-unpaid', who: 'owner', path: ticket(orders.unpaid) },
    { name: 'desk-ticket-void', who: 'owner', path: ticket(orders.void) },
    { name: 'desk-ticket-of-the-door', who: 'door', path: ticket(orders.paid) },
    { name: 'desk-ticket-dialog', who: 'owner', path: ticket(orders.paid), does: opens('Void') },
    ...dialog('resend', 'resend'), ...dialog('reissue', 'reissue'), ...dialog('void', 'void'), ...dialog('edit', 'edit'),
    ...dialog('check-in', 'check-in'),
  ];
}

/** The scanner, and what it says to each kind of ticket. */
function atTheDoor({ roles }) {
  const scan = `${desk}/events/${roles.slug}/scan`;
  const verdict = (name, code, door, before) => ({
    name: `verdict-${name}`, who: 'door', path: `${scan}?door=${roles.doors[door].id}`,
    does: async (page) => {
      for (let times = before ?? 1; times > 0; times -= 1) {
        await page.locator('[data-code]').fill(roles.codes[code] ?? code);
        await page.getByRole('button', { name: 'Check', exact: true }).click();
        await page.locator('#verdict:not([aria-busy]) [data-verdict]').waitFor();
      }
    },
  });
  return [
    { name: 'scan-events', who: 'emptyOwner', path: '/scan' },
    { name: 'scan-nowhere', who: 'ana', path: '/scan' },
    { name: 'scanner-doors', who: 'door', path: `${scan}?choose=1` },
    { name: 'scanner-without-doors', who: 'emptyOwner', path: `/dashboard/${EMPTY}/events/opening-night/scan` },
    { name: 'scanner', who: 'door', path: `${scan}?door=${roles.doors.open.id}` },
    { name: 'scanner-search', who: 'door', path: `${scan}/search?door=${roles.doors.open.id}` },
    { name: 'scanner-search-found', who: 'door', path: `${scan}/search?door=${roles.doors.open.id}&q=leader` },
    { name: 'scanner-search-nobody', who: 'door', path: `${scan}/search?door=${roles.doors.open.id}&q=zzzz` },
    { ...verdict('admitted', 'good', 'open'), once: true },
    { ...verdict('admitted-student', 'student', 'open'), once: true },
    verdict('already-in', 'good', 'open', 2),
    verdict('unpaid', 'unpaid', 'open'),
    verdict('not-included', 'partyOnly', 'classes'),
    verdict('too-early', 'partyOnly', 'early'),
    verdict('too-late', 'good', 'late'),
    verdict('void', 'void', 'open'),
    verdict('reissued', 'reissued', 'open'),
    verdict('forged', 'forged', 'open'),
    verdict('wrong-event', 'elsewhere', 'open'),
    verdict('unreadable', 'https://example.org/menu', 'open'),
  ];
}

function elsewhere({ roles }) {
  const latestLetter = (part) => async (page) => {
    const link = await page.locator('main table a').first().getAttribute('href');
    await page.goto(new URL(link + part, page.url()).href);
  };
  return [
    { name: 'mailbox', path: '/dev/mailbox' },
    { name: 'letter', path: '/dev/mailbox', does: latestLetter('') },
    // Its policy lets no script run, neither its own nor ours: it can only be looked at.
    { name: 'letter-html', path: '/dev/mailbox', mute: true, does: latestLetter('/html') },
    { name: 'api-docs', path: '/api/docs' },
    { name: 'platform', who: 'platform', path: '/platform' },
    { name: 'platform-organisation', who: 'platform', path: `/platform/organisations/${ORGANISATION}` },
    { name: 'platform-new-organisation', who: 'platform', path: '/platform/new-organisation' },
    { name: 'platform-new-organisation-wrong', who: 'platform', path: '/platform/new-organisation', does: async (page) => send(await primary(page))(page) },
    { name: 'dashboard-of-one', who: 'owner', path: '/dashboard' },
    { name: 'ticket-undo-page', who: 'owner', path: `${desk}/events/${roles.slug}/tickets/${roles.inside}/undo?scan=let-in-for-the-pictures` },
  ];
}
