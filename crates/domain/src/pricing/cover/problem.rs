//! The rule of the cheapest cover as one number to be minimised.
//!
//! The weighted set cover problem: choose columns so that each item is in at least one of them, for the least cost.
//! A column is an offer, or stands for leaving out one item that is not wanted. What an offer costs is its price, and
//! far below that one line; what leaving out costs lies between. So the least cost is the least total; of equal totals
//! the most items; then the fewest lines.

use super::{ItemSet, Offer};
use crate::values::Amount;

/// What a column costs; multiples of [`LINE`].
pub(super) type Cost = i64;

/// What a line costs. Not 1, so that bounds, which are whole numbers, can be fractions of a line.
pub(super) const LINE: Cost = 64;

/// An offer, or the leaving out of an item that is not wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// Which items it takes care of.
    pub(super) covers: ItemSet,
    /// What that costs.
    pub(super) cost: Cost,
    /// The offer's index; none for leaving out.
    pub(super) offer: Option<usize>,
    /// What it costs beyond what its items are charged (see `bound`); as last computed.
    pub(super) reduced: Cost,
}

/// Items that are still to be covered, and what that may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task {
    /// The items.
    pub(super) need: ItemSet,
    /// The most that covering them may cost.
    pub(super) budget: Cost,
}

/// What the parts of the rule weigh, each so much that all of the parts after it together weigh less.
#[derive(Debug, Clone, Copy)]
pub(super) struct Units {
    price: Cost,
    left_out: Cost,
    all_lines: Cost,
    all_but_price: Cost,
}

/// A weighted set cover problem.
#[derive(Debug)]
pub(super) struct Problem {
    /// The items to take care of; those whose care follows from another's are not among them.
    pub(super) items: ItemSet,
    /// What the parts of its costs weigh.
    pub(super) units: Units,
    /// Offers in their order, then what can be left out.
    columns: Vec<Column>,
}

impl Task {
    /// What is left when this column is chosen.
    pub(super) fn after(self, column: &Column) -> Self {
        Self { need: self.need.without(column.covers), budget: self.budget - column.cost }
    }
}

impl Units {
    fn new(most_lines: u32, extras: Cost) -> Self {
        let lines = Cost::from(most_lines);
        // The gaps between the parts are wide, so that `least_from` can round up by far the most bounds.
        let left_out = 4 * (lines + 1) * LINE;
        let all_but_price = extras * left_out + lines * LINE;
        Self { price: 4 * (all_but_price + LINE), left_out, all_lines: lines * LINE, all_but_price }
    }

    /// The least cost that a cover can have, if it is at least `bound`.
    pub(super) fn least_from(&self, bound: Cost) -> Cost {
        let (prices, rest) = (bound.div_euclid(self.price), bound.rem_euclid(self.price));
        if rest > self.all_but_price {
            return (prices + 1) * self.price;
        }
        let (left_out, rest) = (rest.div_euclid(self.left_out), rest.rem_euclid(self.left_out));
        let whole = prices * self.price + left_out * self.left_out;
        if rest > self.all_lines { whole + self.left_out } else { whole + (rest + LINE - 1) / LINE * LINE }
    }
}

impl Problem {
    /// None if the offers together do not give all that is wanted. Offers that give nothing wanted are no part of it.
    pub(super) fn new(offers: &[Offer], wanted: ItemSet) -> Option<Self> {
        let useful: Vec<(usize, &Offer)> =
            offers.iter().enumerate().filter(|(_, offer)| !offer.gives.common(wanted).is_empty()).collect();
        let everything = useful.iter().fold(ItemSet::default(), |all, (_, offer)| all.and(offer.gives));
        if !everything.includes(wanted) {
            return None;
        }
        let gives: Vec<ItemSet> = useful.iter().map(|(_, offer)| offer.gives).collect();
        let (items, extras) = independent_items(&gives, everything, wanted);
        let most_lines = items.len().min(u32::try_from(useful.len()).unwrap_or(u32::MAX));
        let units = Units::new(most_lines, extras.iter().map(|(_, weight)| weight).sum());
        let divisor =
            useful.iter().fold(0, |divisor, (_, offer)| greatest_common_divisor(divisor, price(offer))).max(1);
        let bought = useful.iter().map(|(index, offer)| Column {
            covers: offer.gives.common(items),
            cost: price(offer) / divisor * units.price + LINE,
            offer: Some(*index),
            reduced: 0,
        });
        let left_out = extras.iter().map(|(item, weight)| Column {
            covers: ItemSet::default().with(*item),
            cost: weight * units.left_out,
            offer: None,
            reduced: 0,
        });
        Some(Self { items, units, columns: bought.chain(left_out).collect() })
    }

    /// To find a cover that costs less than this one.
    pub(super) fn cheaper_than(&self, cover: &[Column]) -> Task {
        Task { need: self.items, budget: cost_of(cover) - LINE }
    }

    /// To find a cover that costs no more than this one.
    pub(super) fn as_cheap_as(&self, cover: &[Column]) -> Task {
        Task { need: self.items, budget: cost_of(cover) }
    }

    /// The columns of which a cheapest cover can be made: for each other there is one that does at least as much for
    /// at most as much.
    pub(super) fn undominated(&self) -> Vec<Column> {
        let mut columns = self.columns.clone();
        drop_dominated(&mut columns);
        columns
    }

    /// The columns of which the smallest list can be made: for each other there is one that does at least as much for
    /// less, or for as much and comes earlier. In their order, those that leave out last.
    pub(super) fn worth_listing(&self) -> Vec<Column> {
        let beaten = |column: &Column| {
            self.columns.iter().any(|other| {
                let earlier = other.offer.is_some() && other.offer < column.offer;
                other.covers.includes(column.covers)
                    && (other.cost < column.cost || (other.cost == column.cost && earlier))
            })
        };
        self.columns.iter().filter(|column| !beaten(column)).copied().collect()
    }

    /// Some cover, a good one as a rule: always the column that costs least for each item that it adds.
    pub(super) fn greedy_cover(&self, columns: &[Column]) -> Vec<Column> {
        let mut chosen: Vec<Column> = Vec::new();
        let mut need = self.items;
        let each = |column: &Column, need: ItemSet| column.cost / Cost::from(column.covers.common(need).len()).max(1);
        while let Some(next) = columns
            .iter()
            .filter(|column| !column.covers.common(need).is_empty())
            .min_by_key(|column| each(column, need))
        {
            need = need.without(next.covers);
            chosen.push(*next);
        }
        // What was chosen first is often not needed in the end.
        for column in chosen.clone() {
            let others = chosen.iter().filter(|other| other.offer != column.offer || other.covers != column.covers);
            let others: Vec<Column> = others.copied().collect();
            if others.iter().fold(ItemSet::default(), |all, other| all.and(other.covers)).includes(self.items) {
                chosen = others;
            }
        }
        chosen
    }
}

/// What columns cost together.
fn cost_of(columns: &[Column]) -> Cost {
    columns.iter().map(|column| column.cost).sum()
}

/// Drops each column of which another does at least as much for at most as much (of two alike, the later).
pub(super) fn drop_dominated(columns: &mut Vec<Column>) {
    let dominates = |one: &Column, other: &Column| {
        let alike = one.covers == other.covers && one.cost == other.cost;
        one.covers.includes(other.covers) && one.cost <= other.cost && (!alike || one.offer < other.offer)
    };
    let mut at = 0;
    while let Some(column) = columns.get(at).copied() {
        if columns.iter().any(|other| dominates(other, &column)) {
            columns.swap_remove(at);
        } else {
            at += 1;
        }
    }
}

/// The items that have to be looked at, and which of them can be left out, with how many items that leaves out.
///
/// An item that is in every offer that has some wanted item comes with that one. Of several that are in the same offers
/// and not wanted, one stands for all.
fn independent_items(gives: &[ItemSet], everything: ItemSet, wanted: ItemSet) -> (ItemSet, Vec<(usize, Cost)>) {
    let mut items = everything;
    let mut extras: Vec<(usize, Cost)> =
        everything.indexes().filter(|item| !wanted.has(*item)).map(|item| (item, 1)).collect();
    for item in everything.indexes() {
        let comes_with = |other: usize| other != item && gives.iter().all(|gives| gives.has(item) || !gives.has(other));
        let alone = ItemSet::default().with(item);
        if items.common(wanted).indexes().any(comes_with) {
            items = items.without(alone);
            extras.retain(|(extra, _)| *extra != item);
        } else if !wanted.has(item) {
            let twin = |other: usize| other > item && gives.iter().all(|gives| gives.has(item) == gives.has(other));
            let weight = extras.iter().find(|(extra, _)| *extra == item).map_or(0, |(_, weight)| *weight);
            if let Some((_, others)) = extras.iter_mut().find(|(extra, _)| twin(*extra)) {
                *others += weight;
                items = items.without(alone);
                extras.retain(|(extra, _)| *extra != item);
            }
        }
    }
    (items, extras)
}

fn price(offer: &Offer) -> Cost {
    offer.price.clamp(Amount::ZERO, Amount::GREATEST_PRICE).units()
}

fn greatest_common_divisor(a: Cost, b: Cost) -> Cost {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
