//! Catalogues of many kinds: what organisers do, what is random, and what is hard.

use crate::pricing::cover::{ItemSet, Offer};
use crate::values::Amount;

/// Offers, and what is wanted of them.
pub(super) type Catalogue = (Vec<Offer>, ItemSet);

/// A kind of catalogue: its name, and how one of so many items is made.
type Kind = (&'static str, fn(&mut Numbers, usize) -> Catalogue);

/// The kinds. Of 30 items, each has some 40 passes, and the items alone (or some 60 to 70 passes).
pub(super) const ALL: [Kind; 21] = [
    ("days", days),
    ("discounts", discounts),
    ("one discount for all", one_discount),
    ("prices a little off", odd_prices),
    ("many for nothing", many_free),
    ("all for nothing", |numbers, size| unit(numbers, size, 5, 0)),
    ("one price, 3 items each", |numbers, size| unit(numbers, size, 3, 1_000)),
    ("one price, 4 items each", |numbers, size| unit(numbers, size, 4, 1_000)),
    ("one price, 6 items each", |numbers, size| unit(numbers, size, 6, 1_000)),
    ("one price, 10 items each", |numbers, size| unit(numbers, size, 10, 1_000)),
    ("70 passes of one price, 5 items each", |numbers, size| only_passes(numbers, size, 5)),
    ("70 passes of one price, 8 items each", |numbers, size| only_passes(numbers, size, 8)),
    ("no saving, 3 items each", |numbers, size| saving(numbers, size, 3, 0)),
    ("no saving, 4 items each", |numbers, size| saving(numbers, size, 4, 0)),
    ("one item free in 2", |numbers, size| saving(numbers, size, 2, 1)),
    ("one item free in 3", |numbers, size| saving(numbers, size, 3, 1)),
    ("one item free in 5", |numbers, size| saving(numbers, size, 5, 1)),
    ("triangles", triangles),
    ("in circles", circles),
    ("more than is wanted", wide),
    ("more than is wanted, for nothing", wide_free),
];

/// Numbers that look random and are the same in every run (SplitMix64).
pub(super) struct Numbers(u64);

impl Numbers {
    pub(super) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(7_919).wrapping_add(13))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 1).unwrap() % limit
    }

    fn between(&mut self, least: usize, most: usize) -> i64 {
        i64::try_from(least + self.below(most - least + 1)).unwrap()
    }

    /// So many of the first `size` items.
    fn set(&mut self, size: usize, count: usize) -> ItemSet {
        let mut set = ItemSet::default();
        while (set.len() as usize) < count.min(size) {
            set = set.with(self.below(size));
        }
        set
    }
}

fn offer(gives: ItemSet, price: i64) -> Offer {
    Offer { gives, price: Amount::minor(price) }
}

fn all(size: usize) -> ItemSet {
    (0..size).collect()
}

fn passes(size: usize) -> usize {
    size * 4 / 3
}

fn alone(prices: impl IntoIterator<Item = i64>) -> impl Iterator<Item = Offer> {
    prices.into_iter().enumerate().map(|(item, price)| offer(ItemSet::default().with(item), price))
}

fn value(set: ItemSet, prices: &[i64]) -> i64 {
    set.indexes().map(|item| prices[item]).sum()
}

/// Days of up to six items: a pass for each day, for each kind of item, for pairs of those, and for nearly such.
fn days(numbers: &mut Numbers, size: usize) -> Catalogue {
    let prices: Vec<i64> = (0..size).map(|_| numbers.between(2, 18) * 500).collect();
    let mut sets: Vec<ItemSet> = (0..size.div_ceil(6)).map(|day| (day * 6..size.min(day * 6 + 6)).collect()).collect();
    sets.extend((0..6).map(|kind| (kind..size).step_by(6).collect::<ItemSet>()));
    sets.push(all(size));
    let base = sets.len();
    while sets.len() < passes(size).max(base) {
        let both = sets[numbers.below(base)].and(sets[numbers.below(base)]);
        sets.push(if numbers.below(2) == 0 { both } else { both.without(numbers.set(size, 4)) });
    }
    let offers = sets.iter().map(|set| offer(*set, value(*set, &prices) * numbers.between(60, 90) / 50_000 * 500));
    (offers.collect::<Vec<_>>().into_iter().chain(alone(prices.iter().copied())).collect(), all(size))
}

fn discounts(numbers: &mut Numbers, size: usize) -> Catalogue {
    let prices: Vec<i64> = (0..size).map(|_| numbers.between(10, 100) * 100).collect();
    let mut offers: Vec<Offer> = Vec::new();
    for _ in 0..passes(size) {
        let count = 2 + numbers.below(7);
        let set = numbers.set(size, count);
        offers.push(offer(set, value(set, &prices) * numbers.between(55, 95) / 5_000 * 50));
    }
    (offers.into_iter().chain(alone(prices)).collect(), all(size))
}

fn one_discount(numbers: &mut Numbers, size: usize) -> Catalogue {
    let prices: Vec<i64> = (0..size).map(|_| numbers.between(1, 4) * 1_000).collect();
    let mut offers: Vec<Offer> = Vec::new();
    for _ in 0..passes(size) {
        let count = 3 + numbers.below(4);
        let set = numbers.set(size, count);
        offers.push(offer(set, value(set, &prices) * 7 / 10));
    }
    (offers.into_iter().chain(alone(prices)).collect(), all(size))
}

fn odd_prices(numbers: &mut Numbers, size: usize) -> Catalogue {
    let mut offers: Vec<Offer> = Vec::new();
    for _ in 0..passes(size) {
        let count = 2 + numbers.below(6);
        let price = i64::try_from(count).unwrap() * 1_000 + numbers.between(0, 6) - 3;
        offers.push(offer(numbers.set(size, count), price));
    }
    let prices: Vec<i64> = (0..size).map(|_| 997 + numbers.between(0, 6)).collect();
    (offers.into_iter().chain(alone(prices)).collect(), all(size))
}

fn many_free(numbers: &mut Numbers, size: usize) -> Catalogue {
    let mut offers: Vec<Offer> = Vec::new();
    for _ in 0..passes(size) {
        let count = 1 + numbers.below(7);
        let price = if numbers.below(2) == 0 { 0 } else { numbers.between(1, 3) * 500 };
        offers.push(offer(numbers.set(size, count), price));
    }
    (offers.into_iter().chain(alone(vec![500; size])).collect(), all(size))
}

/// Passes of `count` items at the price of one.
fn unit(numbers: &mut Numbers, size: usize, count: usize, price: i64) -> Catalogue {
    let offers = (0..passes(size)).map(|_| offer(numbers.set(size, count), price)).chain(alone(vec![price; size]));
    (offers.collect(), all(size))
}

fn only_passes(numbers: &mut Numbers, size: usize, count: usize) -> Catalogue {
    let offers: Vec<Offer> = (0..size * 7 / 3).map(|_| offer(numbers.set(size, count), 1_000)).collect();
    let given = offers.iter().fold(ItemSet::default(), |all, offer| all.and(offer.gives));
    (offers, given)
}

/// Passes of `count` items at the price of `count` less `free` of them.
fn saving(numbers: &mut Numbers, size: usize, count: usize, free: usize) -> Catalogue {
    let price = i64::try_from(count - free).unwrap() * 1_000;
    let offers = (0..passes(size)).map(|_| offer(numbers.set(size, count), price)).chain(alone(vec![1_000; size]));
    (offers.collect(), all(size))
}

/// Pairs that form triangles, of which simple bounds believe that one and a half passes are enough.
fn triangles(numbers: &mut Numbers, size: usize) -> Catalogue {
    let mut offers: Vec<Offer> = Vec::new();
    for first in (0..size.saturating_sub(2)).step_by(3) {
        for pair in [[first, first + 1], [first + 1, first + 2], [first, first + 2]] {
            offers.push(offer(pair.into_iter().collect(), 999 + numbers.between(0, 2)));
        }
    }
    offers.extend((0..size / 3).map(|_| offer(numbers.set(size, 2), 1_000)));
    (offers.into_iter().chain(alone(vec![1_000; size])).collect(), all(size))
}

/// One set turned around the clock, and some of another.
fn circles(numbers: &mut Numbers, size: usize) -> Catalogue {
    let count = 3 + numbers.below(3);
    let sets = [numbers.set(size, count), numbers.set(size, count + 1)];
    let turned = |set: ItemSet, by: usize| set.indexes().map(|item| (item + by) % size).collect::<ItemSet>();
    let offers = (0..passes(size)).map(|by| offer(turned(sets[by / size], by % size), 1_000));
    (offers.chain(alone(vec![1_000; size])).collect(), all(size))
}

fn wide(numbers: &mut Numbers, size: usize) -> Catalogue {
    wider(numbers, size, 1_000)
}

fn wide_free(numbers: &mut Numbers, size: usize) -> Catalogue {
    wider(numbers, size, 0)
}

/// Passes give items that are not wanted, as many as a set can hold.
fn wider(numbers: &mut Numbers, size: usize, price: i64) -> Catalogue {
    let (wanted, given) = if size < 30 { (size / 2 + 1, size) } else { (size, ItemSet::MOST) };
    let mut offers: Vec<Offer> = Vec::new();
    for _ in 0..passes(size) {
        let count = 3 + numbers.below(6);
        offers.push(offer(numbers.set(given, count), price));
    }
    (offers.into_iter().chain(alone(vec![price; wanted])).collect(), all(wanted))
}
