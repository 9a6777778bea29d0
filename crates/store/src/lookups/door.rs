//! Finding what the door needs: a ticket with its scans, and the event of a barcode's tag.

use domain::catalogue::EventRef;
use domain::door::{Scan, ScanId};
use domain::tickets::Ticket;
use domain::values::TicketNumber;

use super::{all_rows, get};
use crate::hex::Hex;
use crate::keys;
use crate::record::{Record, Stored, read};
use crate::records::EventTag;
use crate::table::{Index, Query, StoreFault, Table};

/// A ticket, if there is such, and all scans of its number, in the order of their identifiers: one query.
pub async fn ticket_with_scans(
    table: &dyn Table,
    event: &EventRef,
    number: TicketNumber,
) -> Result<(Option<Stored<Ticket>>, Vec<Scan>), StoreFault> {
    let rows = all_rows(table, Query::all(Index::Table, keys::ticket(event, number))).await?;
    let (mut ticket, mut scans) = (None, Vec::new());
    for row in rows {
        match row.entity.as_str() {
            Ticket::ENTITY => ticket = Some(read(&row)?),
            Scan::ENTITY => scans.push(read(&row)?.value),
            _ => {}
        }
    }
    Ok((ticket, scans))
}

/// The first scan of an event with this identifier, of whatever it was.
pub async fn scan_of_id(table: &dyn Table, event: &EventRef, id: &ScanId) -> Result<Option<Scan>, StoreFault> {
    let rows = all_rows(table, Query::all(Index::Gsi2, keys::scan_of_id(event, id.as_str()))).await?;
    let mut scans = Vec::with_capacity(rows.len());
    for row in rows {
        scans.push(read::<Scan>(&row)?);
    }
    scans.sort_by(|one, other| one.created_at.cmp(&other.created_at));
    Ok(scans.into_iter().next().map(|scan| scan.value))
}

/// The event of a barcode's tag.
pub async fn event_of_tag(table: &dyn Table, tag: [u8; 8]) -> Result<Option<EventRef>, StoreFault> {
    Ok(get::<EventTag>(table, &keys::event_tag(Hex(tag))).await?.map(|found| found.value.event))
}
