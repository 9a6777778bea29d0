//! Other ways to find the cheapest cover: slow, and too simple to be wrong in the same way.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::pricing::cover::{ItemSet, Offer};

/// What a choice is worth, the less the better: its price, what it does not give of all that could be given, its lines.
pub(super) type Worth = (i64, u32, u32);

/// Of all sets of offers the best, by dynamic programming over what is given in all: for each set of items the best
/// choice that gives exactly those. Up to some 16 items, and 128 offers.
pub(super) fn best_of_all(offers: &[Offer], wanted: ItemSet) -> Option<Vec<usize>> {
    // Price, lines, and the chosen as bits.
    let mut best: HashMap<ItemSet, (i64, u32, u128)> = HashMap::from([(ItemSet::default(), (0, 0, 0))]);
    for (index, offer) in useful(offers, wanted) {
        for (given, (price, lines, chosen)) in best.clone() {
            let with = (price + offer.price.units(), lines + 1, chosen | 1 << index);
            let place = best.entry(given.and(offer.gives)).or_insert(with);
            if before(&with, place) == Ordering::Less {
                *place = with;
            }
        }
    }
    let all = best.into_iter().filter(|(given, _)| given.includes(wanted));
    let (_, (_, _, chosen)) = all.min_by(|(one, x), (other, y)| {
        x.0.cmp(&y.0).then_with(|| other.len().cmp(&one.len())).then_with(|| before(x, y))
    })?;
    Some((0..128).filter(|index| chosen >> index & 1 == 1).collect())
}

/// By price, lines, and the list of indexes: of as many, the one that has the first that they do not share.
fn before(x: &(i64, u32, u128), y: &(i64, u32, u128)) -> Ordering {
    let differ = x.2 ^ y.2;
    let first = differ & differ.wrapping_neg();
    (x.0, x.1).cmp(&(y.0, y.1)).then_with(|| (y.2 & first).cmp(&(x.2 & first)))
}

/// The worth of the best choice, by recursion over what is left: the first of it is given by some offer, or is not
/// wanted and left out. None if there is no choice, or too much to go through.
pub(super) fn least(offers: &[Offer], wanted: ItemSet) -> Option<Worth> {
    let offers: Vec<Offer> = useful(offers, wanted).map(|(_, offer)| offer).collect();
    let all = offers.iter().fold(ItemSet::default(), |all, offer| all.and(offer.gives));
    if !all.includes(wanted) {
        return None;
    }
    least_for(all, &offers, wanted, &mut HashMap::new())
}

fn least_for(need: ItemSet, offers: &[Offer], wanted: ItemSet, known: &mut HashMap<ItemSet, Worth>) -> Option<Worth> {
    let Some(first) = need.indexes().next() else { return Some((0, 0, 0)) };
    if let Some(worth) = known.get(&need) {
        return Some(*worth);
    }
    if known.len() > 1_000_000 {
        return None;
    }
    let mut best: Option<Worth> = None;
    if !wanted.has(first) {
        let (price, missing, lines) = least_for(need.without(ItemSet::default().with(first)), offers, wanted, known)?;
        best = Some((price, missing + 1, lines));
    }
    for offer in offers.iter().filter(|offer| offer.gives.has(first)) {
        let (price, missing, lines) = least_for(need.without(offer.gives), offers, wanted, known)?;
        let worth = (price + offer.price.units(), missing, lines + 1);
        best = Some(best.map_or(worth, |best| best.min(worth)));
    }
    known.insert(need, best?);
    best
}

/// What a choice is worth; none if it is no cover, is not in order, or has an offer with nothing wanted.
pub(super) fn worth(offers: &[Offer], cover: &[usize], wanted: ItemSet) -> Option<Worth> {
    let chosen: Vec<&Offer> = cover.iter().map(|index| offers.get(*index)).collect::<Option<_>>()?;
    let given = chosen.iter().fold(ItemSet::default(), |all, offer| all.and(offer.gives));
    let all = useful(offers, wanted).fold(ItemSet::default(), |all, (_, offer)| all.and(offer.gives));
    let valid = given.includes(wanted)
        && cover.is_sorted_by(|one, other| one < other)
        && chosen.iter().all(|offer| !offer.gives.common(wanted).is_empty());
    let price = chosen.iter().map(|offer| offer.price.units()).sum();
    valid.then_some((price, all.without(given).len(), u32::try_from(cover.len()).ok()?))
}

fn useful(offers: &[Offer], wanted: ItemSet) -> impl Iterator<Item = (usize, Offer)> {
    offers.iter().copied().enumerate().filter(move |(_, offer)| !offer.gives.common(wanted).is_empty())
}
