//! Whether there is a cover within a budget, and if so, one.
//!
//! Branches on an item that few columns take care of: one of them must be chosen. What is found to be impossible is
//! kept, by the set of items that were left, and holds for the whole of the search.

use std::collections::HashMap;

use super::ItemSet;
use super::bound::{self, Outlook, PerItem};
use super::problem::{Column, Cost, LINE, Task, Units, drop_dominated};

/// A search, with what it has learnt.
#[derive(Debug)]
pub(super) struct Search {
    units: Units,
    /// What covering these items costs at least.
    at_least: HashMap<ItemSet, Cost>,
}

impl Search {
    pub(super) fn new(units: Units) -> Self {
        Self { units, at_least: HashMap::new() }
    }

    /// A cover within the budget, of these columns; any one.
    ///
    /// From one call to the next, columns may be taken away, but none added that does more or costs less than those
    /// before, or what was learnt would not hold.
    pub(super) fn cover(&mut self, task: Task, columns: &[Column], charges: &PerItem) -> Option<Vec<Column>> {
        let Task { need, budget } = task;
        if need.is_empty() && budget >= 0 {
            return Some(Vec::new());
        }
        if budget < 0 || self.at_least.get(&need).is_some_and(|least| *least > budget) {
            return None;
        }
        let mut left = Vec::with_capacity(columns.len());
        left.extend(columns.iter().filter_map(|column| {
            let covers = column.covers.common(need);
            (!covers.is_empty() && column.cost <= budget).then_some(Column { covers, ..*column })
        }));
        let mut charges = *charges;
        let found = match bound::assess(self.units, task, &mut left, &mut charges) {
            Outlook::Hopeless => None,
            Outlook::Forced(column) => self.cover_with(column, task, &left, &charges),
            Outlook::Open(room) => self.branch(task, left, &charges, room),
        };
        if found.is_none() {
            // Also where columns were left out because all covers with them had been ruled out for the items left
            // before: a cover of these items with one of them would have made one of those.
            let least = self.at_least.entry(need).or_default();
            *least = (*least).max(budget + LINE);
        }
        found
    }

    /// Tries each column of an item that has few.
    fn branch(&mut self, task: Task, mut columns: Vec<Column>, charges: &PerItem, room: Cost) -> Option<Vec<Column>> {
        drop_dominated(&mut columns);
        let item = most_constrained(task.need, &columns, room)?;
        let mut choices: Vec<Column> = columns.iter().filter(|column| column.covers.has(item)).copied().collect();
        choices.sort_by_key(|column| (column.reduced, column.offer));
        for choice in choices {
            if let Some(found) = self.cover_with(choice, task, &columns, charges) {
                return Some(found);
            }
            // No cover has this column, and so none has one that does no more for no less.
            columns.retain(|column| column.cost < choice.cost || !choice.covers.includes(column.covers));
        }
        None
    }

    /// A cover that has this column.
    fn cover_with(&mut self, column: Column, task: Task, columns: &[Column], charges: &PerItem) -> Option<Vec<Column>> {
        let mut found = self.cover(task.after(&column), columns, charges)?;
        found.push(column);
        Some(found)
    }
}

/// The item with the fewest columns; of several the one whose columns fit least into the room.
fn most_constrained(need: ItemSet, columns: &[Column], room: Cost) -> Option<usize> {
    let share = room / 12 + 1;
    let (mut count, mut ease) = (PerItem::zero(), PerItem::zero());
    for column in columns {
        let strain = (column.reduced.max(0) / share).min(20);
        count.change(column.covers, |_, count| count + 1);
        ease.change(column.covers, |_, ease| ease + ((1 << 20) >> strain));
    }
    need.indexes().min_by_key(|item| (count.at(*item), ease.at(*item)))
}
