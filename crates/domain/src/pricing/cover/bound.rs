//! How cheap a cover can be at the very least, without looking for it: Lagrangian relaxation.
//!
//! Each item is *charged* something. Whatever the charges, no cover costs less than the sum of the charges plus, for
//! each column that is charged more than it costs, the (negative) difference. Good charges make this bound sharp; they
//! are found by raising those of items that no such column covers and lowering those that several cover (the
//! subgradient method, in whole numbers). The same sum says which columns no cover within the budget can have, and
//! which each must have.

use super::ItemSet;
use super::problem::{Column, Cost, LINE, Problem, Task, Units};

/// A number for each item.
#[derive(Debug, Clone, Copy)]
pub(super) struct PerItem([Cost; ItemSet::MOST]);

/// What the bound says of a budget.
pub(super) enum Outlook {
    /// No cover is within it.
    Hopeless,
    /// Each cover within it has this column.
    Forced(Column),
    /// There may be one; this much lies between the bound and the budget.
    Open(Cost),
}

/// What charges say: the bound, and how many columns that are charged more than they cost cover each item.
struct Reading {
    bound: Cost,
    times: PerItem,
}

/// At how many charges a search looks before it branches. More make fewer branches, and each of them slower.
const STEPS: u32 = 4;
const STEPS_AT_FIRST: u32 = 200;
/// Of a full step along the subgradient, so many 64ths are gone at first.
const STRIDE: Cost = 64;

impl PerItem {
    pub(super) fn zero() -> Self {
        Self([0; ItemSet::MOST])
    }

    pub(super) fn at(&self, item: usize) -> Cost {
        self.0.get(item).copied().unwrap_or_default()
    }

    pub(super) fn sum(&self, items: ItemSet) -> Cost {
        items.indexes().map(|item| self.at(item)).sum()
    }

    pub(super) fn change(&mut self, items: ItemSet, change: impl Fn(usize, Cost) -> Cost) {
        for item in items.indexes() {
            if let Some(value) = self.0.get_mut(item) {
                *value = change(item, *value);
            }
        }
    }
}

/// Good charges to begin with.
pub(super) fn charges(problem: &Problem, columns: &[Column]) -> PerItem {
    let mut charges = PerItem::zero();
    charges.change(problem.items, |item, _| {
        let shares = columns.iter().filter(|column| column.covers.has(item));
        shares.map(|column| column.cost / Cost::from(column.covers.len())).min().unwrap_or_default()
    });
    let task = problem.cheaper_than(&problem.greedy_cover(columns));
    let mut columns = columns.to_vec();
    improve(problem.units, task, &mut columns, &mut charges, STEPS_AT_FIRST);
    charges
}

/// Looks whether there can be a cover within the budget. Drops columns that no such cover has, and improves the charges.
pub(super) fn assess(units: Units, task: Task, columns: &mut Vec<Column>, charges: &mut PerItem) -> Outlook {
    let (mut once, mut twice) = (ItemSet::default(), ItemSet::default());
    for column in columns.iter() {
        twice = twice.and(once.common(column.covers));
        once = once.and(column.covers);
    }
    if !once.includes(task.need) {
        return Outlook::Hopeless;
    }
    // What only one column takes care of needs no bound.
    match columns.iter().find(|column| !twice.includes(column.covers)) {
        Some(only) => Outlook::Forced(*only),
        None => improve(units, task, columns, charges, STEPS),
    }
}

fn improve(units: Units, task: Task, columns: &mut Vec<Column>, charges: &mut PerItem, steps: u32) -> Outlook {
    let Task { need, budget } = task;
    // A charge above the cost of the item's cheapest column only lowers the bound.
    let mut most = PerItem([Cost::MAX; ItemSet::MOST]);
    for column in columns.iter() {
        most.change(column.covers, |_, cost| cost.min(column.cost));
    }
    let mut best = (Cost::MIN, *charges);
    let mut stride = STRIDE;
    let mut stale = 0;
    for step in 0..=steps {
        charges.change(need, |item, charge| charge.min(most.at(item)));
        let reading = read(need, columns, charges);
        if units.least_from(reading.bound) > budget {
            return Outlook::Hopeless;
        }
        let room = budget.saturating_sub(reading.bound);
        if let Some(forced) = columns.iter().find(|column| column.reduced < -room) {
            return Outlook::Forced(*forced);
        }
        columns.retain(|column| column.reduced <= room);
        if !columns.iter().fold(need, |left, column| left.without(column.covers)).is_empty() {
            return Outlook::Hopeless;
        }
        if reading.bound > best.0 {
            best = (reading.bound, *charges);
            stale = 0;
        } else {
            stale += 1;
        }
        if stale == 4 {
            (stride, stale) = (stride / 2, 0);
            *charges = best.1;
        } else if step < steps && !walk(need, room + LINE, stride, &reading.times, charges) {
            break;
        }
        if stride == 0 {
            break;
        }
    }
    *charges = best.1;
    Outlook::Open(budget.saturating_sub(best.0))
}

/// Works out the bound and each column's reduced cost.
fn read(need: ItemSet, columns: &mut [Column], charges: &PerItem) -> Reading {
    let mut reading = Reading { bound: charges.sum(need), times: PerItem::zero() };
    for column in columns {
        column.reduced = column.cost - charges.sum(column.covers);
        if column.reduced < 0 {
            reading.bound = reading.bound.saturating_add(column.reduced);
            reading.times.change(column.covers, |_, times| times + 1);
        }
    }
    reading
}

/// Takes a step along the subgradient, the longer the further the bound has to go. False if there is no way to go.
fn walk(need: ItemSet, to_go: Cost, stride: Cost, times: &PerItem, charges: &mut PerItem) -> bool {
    // A charge of 0 cannot be lowered.
    let slope = |item: usize| if times.at(item) > 1 && charges.at(item) == 0 { 0 } else { 1 - times.at(item) };
    let norm: Cost = need.indexes().map(|item| slope(item) * slope(item)).sum();
    if norm == 0 {
        return false;
    }
    let length = (to_go / STRIDE).saturating_mul(stride).checked_div(norm).unwrap_or_default().max(1);
    charges.change(need, |item, charge| charge.saturating_add(length.saturating_mul(1 - times.at(item))).max(0));
    true
}
