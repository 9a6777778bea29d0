//! How large an order may be: it is a row of the store, and so is each answer about it that is remembered.

use domain::orders::Order;
use store::record::create;
use store::row::Row;
use store::table::{StoreFault, Write};

/// Most bytes of an order's row. What is left to [`store::size::MOST_BYTES`] is for places that get a limit later.
pub(super) const MOST_OF_ROW: usize = 320 << 10;

/// Most bytes of what of it is answered: remembered, and sealed, that takes twice as many.
const MOST_OF_ANSWER: usize = 190 << 10;

/// How many tickets like those of an order fit, if not all of them do.
pub(super) fn fitting(order: &Order) -> Result<Option<usize>, StoreFault> {
    let Some(row) = row_of(order)? else { return Ok(None) };
    // What is answered is less than the row.
    if row.fits(MOST_OF_ANSWER) {
        return Ok(None);
    }
    let mut told = order.clone();
    told.takes.clear();
    told.tickets.iter_mut().for_each(|ticket| ticket.places.clear());
    let told = row_of(&told)?.map_or(0, |row| row.bytes());
    let share = |most: usize, bytes: usize| order.tickets.len() * most / bytes.max(1);
    let fit = share(MOST_OF_ROW, row.bytes()).min(share(MOST_OF_ANSWER, told));
    Ok((fit < order.tickets.len()).then_some(fit.max(1)))
}

fn row_of(order: &Order) -> Result<Option<Row>, StoreFault> {
    Ok(match create(order, order.placed_at)? {
        Write::Put { row, .. } => Some(row),
        Write::Delete { .. } | Write::Check { .. } | Write::Add { .. } => None,
    })
}
