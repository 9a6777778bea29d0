//! Finding tickets and all that belongs to one.

use std::ops::Bound;

use domain::catalogue::EventRef;
use domain::door::Door;
use domain::tickets::{HistoryEntry, Sale, Ticket};
use domain::values::{ChangeId, DoorId, TicketNumber};

use super::{all, all_rows, get, page_of_shards};
use crate::keys;
use crate::record::{Record, Stored, read};
use crate::records::OfEvent;
use crate::row::Row;
use crate::table::{Cursor, Index, Page, Query, StoreFault, Table};

/// A ticket with its history and its money. Its scans are told apart by their own records.
#[derive(Debug, Clone)]
pub struct TicketParts {
    /// The ticket.
    pub ticket: Stored<Ticket>,
    /// What happened to it, first to last.
    pub history: Vec<HistoryEntry>,
    /// The money that moved for it, first to last.
    pub sales: Vec<Sale>,
    /// Its scans, in the order of their identifiers.
    pub scans: Vec<Row>,
}

/// A ticket and all that belongs to it: one query. None if there is no such ticket.
pub async fn ticket_parts(
    table: &dyn Table,
    event: &EventRef,
    number: TicketNumber,
) -> Result<Option<TicketParts>, StoreFault> {
    let rows = all_rows(table, Query::all(Index::Table, keys::ticket(event, number))).await?;
    let (mut ticket, mut history, mut sales, mut scans) = (None, Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match row.entity.as_str() {
            Ticket::ENTITY => ticket = Some(read(&row)?),
            <OfEvent<HistoryEntry>>::ENTITY => history.push(read::<OfEvent<HistoryEntry>>(&row)?.value.value),
            <OfEvent<Sale>>::ENTITY => sales.push(read::<OfEvent<Sale>>(&row)?.value.value),
            _ if row.key.sk.starts_with(keys::SCANS) => scans.push(row),
            _ => {}
        }
    }
    Ok(ticket.map(|ticket| TicketParts { ticket, history, sales, scans }))
}

/// A ticket alone.
pub async fn ticket(
    table: &dyn Table,
    event: &EventRef,
    number: TicketNumber,
) -> Result<Option<Stored<Ticket>>, StoreFault> {
    let query = Query::all(Index::Table, keys::ticket(event, number)).beginning_with(keys::CUSTOMERS).limit(1);
    table.query(&query).await?.rows.first().map(read).transpose()
}

/// A page of an event's tickets by their last change, after `since`: the event's change feed, from so many shards.
pub async fn ticket_changes(
    table: &dyn Table,
    (event, shards): (&EventRef, u16),
    since: Option<ChangeId>,
    limit: usize,
    after: Option<Cursor>,
) -> Result<Page, StoreFault> {
    let from = since.map_or(Bound::Unbounded, |change| Bound::Included(change.to_string()));
    let feed = |shard| {
        let feed = Query::all(Index::Gsi1, keys::ticket_list(event, shard));
        feed.between(from.clone(), Bound::Unbounded).limit(limit)
    };
    page_of_shards(table, (0..shards.max(1)).map(feed), after).await
}

/// The doors of an event, in the order in which they were made.
pub async fn doors(table: &dyn Table, event: &EventRef) -> Result<Vec<Stored<Door>>, StoreFault> {
    all(table, Query::all(Index::Table, keys::event(event)).beginning_with(keys::DOORS)).await
}

/// A door.
pub async fn door(table: &dyn Table, event: &EventRef, id: DoorId) -> Result<Option<Stored<Door>>, StoreFault> {
    get(table, &keys::door(event, id)).await
}
