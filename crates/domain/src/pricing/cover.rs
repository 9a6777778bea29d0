//! The cheapest cover: which passes and items to buy, so that all that is wanted is included for the least money.
//!
//! Knows sets of items and prices, nothing of events, rates or what is on sale: whoever calls says what can be bought
//! now, and at what price. The answer is exact. It is found in three moves:
//!
//! 1. `problem` writes the rule, with its ties, as one number to be minimised: the weighted set cover problem.
//! 2. `search` answers "is there a cover for at most so much?" by branching, with `bound` (Lagrangian relaxation) to
//!    cut off what is hopeless; asked for less and less, until there is none.
//! 3. Among what is then still equal, the smallest list of indexes is built from its first index on, so that the
//!    answer does not depend on how it was searched.
//!
//! Thirty wanted items among forty passes and the items alone take a millisecond or two in an optimised build, twenty
//! at worst; catalogues that were bred to be hard, fifty.

mod bound;
mod problem;
mod search;

use problem::{Column, Problem};
use search::Search;

use crate::values::Amount;

/// A set of up to 64 items, by their index in a list that the caller keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ItemSet(u64);

/// Something that can be bought now: what it gives and what it costs at one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The items that it includes.
    pub gives: ItemSet,
    /// Its price, from 0 to [`Amount::GREATEST_PRICE`]; what is outside counts as the nearer of the two.
    pub price: Amount,
}

impl ItemSet {
    /// Most items of a set; greater indexes do not fit.
    pub const MOST: usize = 64;

    /// This set and the item of that index. An index of [`ItemSet::MOST`] or more changes nothing.
    pub fn with(self, index: usize) -> Self {
        Self(self.0 | bit(index))
    }

    /// Is the item of that index in it?
    pub fn has(self, index: usize) -> bool {
        self.0 & bit(index) != 0
    }

    /// What is in this or the other.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    pub fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this and not in the other.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Is all of the other in it?
    pub fn includes(self, other: Self) -> bool {
        other.without(self).is_empty()
    }

    /// Has it no items?
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many items it has.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Its items' indexes, ascending.
    pub fn indexes(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            if left == 0 {
                return None;
            }
            let index = left.trailing_zeros() as usize;
            left &= left - 1;
            Some(index)
        })
    }
}

fn bit(index: usize) -> u64 {
    u32::try_from(index).ok().and_then(|index| 1_u64.checked_shl(index)).unwrap_or(0)
}

impl FromIterator<usize> for ItemSet {
    fn from_iter<I: IntoIterator<Item = usize>>(indexes: I) -> Self {
        indexes.into_iter().fold(Self::default(), Self::with)
    }
}

/// The cheapest set of offers that together give all that is wanted: indexes into `offers`, ascending; none if even
/// all of them together do not give it.
///
/// The least total wins; of equal totals the one that gives more items in all, wanted or not; then the one of fewer
/// offers; then the smaller list of indexes. Every offer of the answer gives something that is wanted; one that is
/// free, and whose wanted items others give already, is in it only if it adds an item.
pub fn cheapest_cover(offers: &[Offer], wanted: ItemSet) -> Option<Vec<usize>> {
    let problem = Problem::new(offers, wanted)?;
    let mut search = Search::new(problem.units);
    let columns = problem.undominated();
    let charges = bound::charges(&problem, &columns);
    let mut best = problem.greedy_cover(&columns);
    while let Some(better) = search.cover(problem.cheaper_than(&best), &columns, &charges) {
        best = better;
    }
    Some(smallest_list(&problem, &mut search, best, &charges))
}

/// Of all covers that cost as much as `best`, the one with the smallest list of indexes.
fn smallest_list(
    problem: &Problem,
    search: &mut Search,
    mut best: Vec<Column>,
    charges: &bound::PerItem,
) -> Vec<usize> {
    let mut list = Vec::new();
    let mut task = problem.as_cheap_as(&best);
    let mut later = problem.worth_listing();
    later.reverse();
    while let Some(column) = later.pop() {
        // Last come the columns that stand for items left out.
        let Some(offer) = column.offer else { break };
        if column.covers.common(task.need).is_empty() {
            continue;
        }
        let rest = task.after(&column);
        if !best.iter().any(|chosen| chosen.offer == column.offer) {
            // Only with offers after this one: it would be the next of the list.
            let Some(smaller) = search.cover(rest, &later, charges) else { continue };
            best = smaller;
        }
        list.push(offer);
        task = rest;
    }
    list
}

#[cfg(test)]
mod tests;
