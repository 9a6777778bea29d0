// What the pictures need beside the demonstration: people who are signed in, and the rare states of things.

import assert from 'node:assert/strict';

export const ORGANISATION = 'northern-salsa';
export const FESTIVAL = 'mersey-latin-2026';
/** An organisation with nothing in it. */
export const EMPTY = 'first-steps';
/** An event whose every name is as long as names may be. */
export const LONG = 'long-names';

const HOUR = 3600 * 1000;
const at = (hours) => new Date(Math.ceil(Date.now() / HOUR) * HOUR + hours * HOUR).toISOString().slice(0, 19) + 'Z';

/** A way to the API as an organisation's owner. */
function api(house, organisation) {
  const token = house.command('token', 'create', '--organisation', organisation, '--role', 'owner');
  return async (method, path, body) => {
    const answer = await fetch(`${house.url}/api/v1/organisations/${organisation}/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
}

/** The links that the program printed, by the address that they sign in as. */
export async function printedLinks(house) {
  for (let tries = 0; tries < 100 && !/platform administrator/.test(house.said()); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const links = {};
  for (const [, email, link] of house.said().matchAll(/(\S+@\S+)\s+(http\S+)/g)) links[email.split('@')[0]] = link;
  return links;
}

/** Rare states, made through the API: an event with roles, one with long names, one over, one that is not for sale. */
export async function stage(house) {
  const call = api(house, ORGANISATION);
  const staged = { festival: await festival(call), roles: await withRoles(call), long: await withLongNames(call) };
  await call('POST', 'events', { ...evening('called-off', 'Called-off Ceilidh', 400), status: 'live' });
  await call('PATCH', 'events/called-off', { status: 'cancelled' });
  await call('POST', 'events', { ...evening('nothing-yet', 'Spring Weekender', 3000), status: 'draft' });
  await call('POST', 'events', { ...evening('last-month', 'Last Month’s Milonga', -700), status: 'live' });
  house.command('organisation', 'create', '--slug', EMPTY, '--name', 'First Steps');
  staged.emptyOwner = house.command('staff', 'invite', '--organisation', EMPTY, '--email', 'owner@first-steps.example', '--role', 'owner');
  await api(house, EMPTY)('POST', 'events', { ...evening('opening-night', 'Opening Night', 900), status: 'draft' });
  return staged;
}

const evening = (slug, title, hours) => ({
  slug, title, starts_at: at(hours), ends_at: at(hours + 5), venue: { name: 'The Old Swimming Baths' },
  rates: [{ id: 'standard', name: 'Standard' }], payment_methods: ['at_door', 'bank_transfer'],
});

/** Tickets of the demonstration's festival in each of their states, and an order in each of its. */
async function festival(call) {
  const path = `events/${FESTIVAL}`;
  const { passes } = await call('GET', `${path}/options`);
  const pass = (name) => passes.find((one) => one.name.startsWith(name)).id;
  const buy = async (who, method, { rate = 'standard', of = 'Full' } = {}) => call('POST', `${path}/orders`, {
    buyer: { email: `${who.split(' ')[0].toLowerCase()}@dancers.example`, full_name: who },
    tickets: [{ full_name: who, rate, passes: [pass(of)] }, { rate: 'standard', passes: [pass('Party')] }],
    payment: { method },
  });
  const orders = {
    paid: await buy('Ana Marlowe', 'cash'), unpaid: await buy('Ben Okafor', 'at_door'),
    transfer: await buy('Carla Fuentes', 'bank_transfer'), cancelled: await buy('Dora Lind', 'bank_transfer'),
    void: await buy('Emil Sørensen', 'cash'), reissued: await buy('Farah Aziz', 'cash', { rate: 'student' }),
  };
  await call('POST', `${path}/orders/${orders.cancelled.id}/cancel`);
  await call('POST', `${path}/tickets/${orders.void.tickets[0].number ?? orders.void.tickets[0]}/void`, { reason: 'Broken ankle' });
  return orders;
}

/** A night with leaders and followers, early and late prices, few places left, and doors open now. */
async function withRoles(call) {
  const slug = 'roles-night';
  const path = `events/${slug}`;
  await call('POST', 'events', {
    ...evening(slug, 'Bachata Intensive', -2), ends_at: at(6), capacity: 60, status: 'live',
    description: 'Four hours of musicality and lead and follow, in two rooms, and a party after.',
    rates: [{ id: 'standard', name: 'Standard' }, { id: 'student', name: 'Student', proof_required: true }],
  });
  const steps = [
    { name: 'Early', prices: { standard: 3000, student: 2400 }, until_sold: 40 },
    { name: 'Door', prices: { standard: 4000, student: 3200 } },
  ];
  const workshop = await call('POST', `${path}/items`, {
    name: 'Workshops', type: 'class', day: 'all', pricing_schedule: steps, capacity: 40, roles: { leader: 20, follower: 12 }, live: true,
    description: 'Bring shoes that turn.',
  });
  const prices = { standard: 1200, student: 900 };
  const party = await call('POST', `${path}/items`, { name: 'Party', type: 'party', day: 'all', prices, capacity: 50, live: true });
  const shirt = await call('POST', `${path}/items`, { name: 'T-shirt', type: 'physical', prices: { standard: 1500, student: 1500 }, capacity: 2, live: true });
  const pass = await call('POST', `${path}/passes`, {
    name: 'All Night', includes: [workshop.id, party.id], live: true, description: 'Everything on the night.',
    pricing_schedule: [{ name: 'Early', prices: { standard: 3500, student: 2800 }, until_sold: 45 }, { name: 'Door', prices: { standard: 4500, student: 3600 } }],
  });
  const buy = (who, role, more, method = 'cash', rate = 'standard') => call('POST', `${path}/orders`, {
    buyer: { email: `${who.split(' ')[0].toLowerCase()}@dancers.example`, full_name: who },
    tickets: [{ full_name: who, rate, role, ...more }], payment: { method },
  });
  const wanted = { passes: [pass.id] };
  for (let n = 0; n < 16; n += 1) await buy(`Leader ${n}`, 'leader', wanted);
  for (let n = 0; n < 10; n += 1) await buy(`Follower ${n}`, 'follower', wanted);
  const sold = {
    good: await buy('Gala Montes', 'follower', wanted), student: await buy('Hugo Blanc', 'leader', wanted, 'cash', 'student'),
    unpaid: await buy('Ida Nowak', 'leader', wanted, 'at_door'), void: await buy('Jon Vega', 'switch', wanted),
    reissued: await buy('Kim Day', 'leader', { items: [workshop.id] }), partyOnly: await buy('Lea Roth', undefined, { items: [party.id] }),
    inside: await buy('Nia Poe', undefined, { items: [party.id] }),
    shirts: await buy('Max Orr', undefined, { items: [shirt.id, shirt.id] }),
  };
  const door = (name, more) => call('POST', `${path}/doors`, { name, items: [workshop.id], reentry: true, tolerance_minutes: 0, ...more });
  const doors = {
    open: await door('Main room', { items: [workshop.id, party.id] }), classes: await door('Workshops only', {}),
    early: await door('Late party', { items: [party.id], opens_at: at(4) }), late: await door('Warm-up', { closes_at: at(-1) }),
  };
  await call('PUT', `${path}/wristbands`, {
    rules: [
      { when: { all: [workshop.id, party.id] }, hand_out: { name: 'All night', colour: '#c8313f', material: 'cloth' } },
      { when: { any: [party.id] }, hand_out: { name: 'Party', colour: '#f2c230', material: 'paper' } },
    ],
  });
  const number = (order) => order.tickets[0].number ?? order.tickets[0];
  const codes = {};
  for (const [name, order] of Object.entries(sold)) codes[name] = (await call('GET', `${path}/tickets/${number(order)}`)).barcode;
  await call('POST', `${path}/tickets/${number(sold.inside)}/check-in`, { id: 'let-in-for-the-pictures', door: doors.open.id });
  await call('POST', `${path}/tickets/${number(sold.void)}/void`, {});
  await call('POST', `${path}/tickets/${number(sold.reissued)}/reissue`);
  const elsewhere = await call('GET', `events/${FESTIVAL}/tickets?limit=1`);
  codes.elsewhere = (await call('GET', `events/${FESTIVAL}/tickets/${elsewhere.data[0].number}`)).barcode;
  codes.forged = codes.good.slice(0, -2) + (codes.good.endsWith('AA') ? 'BB' : 'AA');
  return { slug, doors, codes, number: number(sold.good), inside: number(sold.inside), sold, items: { workshop: workshop.id }, pass: pass.id };
}

/** Names as long as people write them, and one word that no line holds. */
async function withLongNames(call) {
  const path = `events/${LONG}`;
  const rates = [{ id: 'standard', name: 'Standard' }];
  await call('POST', 'events', {
    ...evening(LONG, 'The Eleventh International Congress of Salsa, Bachata, Kizomba and All That Follows Them', 500), rates, status: 'live',
    venue: { name: 'Donaudampfschifffahrtsgesellschaftskapitänskajütenballsaal', address: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch' },
  });
  const name = 'Saturday night social with two live orchestras, three shows and a midnight animation';
  const item = await call('POST', `${path}/items`, { name, type: 'party', day: 'all', prices: { standard: 123456 }, live: true });
  const pass = await call('POST', `${path}/passes`, {
    name: 'The whole weekend with everything that there is, and breakfast', includes: [item.id], live: true,
    pricing_schedule: [{ name: 'Standard', prices: { standard: 113456 } }],
  });
  const who = 'María de los Ángeles Fernández-Villaverde y Etxeberria-Goikoetxea';
  const order = await call('POST', `${path}/orders`, {
    buyer: { email: 'maria.de.los.angeles.fernandez.villaverde@a-very-long-name-of-a-host.example', full_name: who },
    tickets: [{ full_name: who, passes: [pass.id] }], payment: { method: 'cash' },
  });
  return { order, pass };
}
