// The fixture festival, moved so that it begins on a Friday at least two weeks away, and how its things are found.

import { readFileSync } from 'node:fs';

export const festival = JSON.parse(readFileSync(new URL('../../crates/engine/fixtures/festival.json', import.meta.url)));

const DAY = 24 * 3600 * 1000;
const first = new Date(Date.now() + 14 * DAY);
while (first.getUTCDay() !== 5) first.setTime(first.getTime() + DAY);

/** A day of the fixture, on the calendar of this run: `2026-12-05` is the Saturday. */
export function day(of) {
  const away = Date.parse(of) - Date.parse('2026-12-04');
  return new Date(Date.parse(first.toISOString().slice(0, 10)) + away).toISOString().slice(0, 10);
}

/** A day and a time of it, as browsers' fields have it. */
export const at = (of, time) => `${day(of)}T${time}`;

/** What is called so by its key in the fixture: an item or a pass. */
export const named = (key) => [...festival.items, ...festival.passes].find((thing) => thing.key === key).name;

/** Minor units as people type them. */
export const typed = (amount) => (amount % 100 === 0 ? String(amount / 100) : (amount / 100).toFixed(2));

/** Minor units as pages show them. */
export const shown = (amount) => `£${typed(amount)}`;
