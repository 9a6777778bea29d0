//! Finding organisations, series, events and what they sell.

use domain::catalogue::{Event, EventRef, Item, Pass, Series};
use domain::organisations::Organisation;
use domain::values::Slug;

use super::{all, all_rows, get, page};
use crate::keys;
use crate::record::{Record, Stored, read};
use crate::row::Key;
use crate::table::{Cursor, Index, Query, StoreFault, Table};

/// An organisation.
pub async fn organisation(table: &dyn Table, slug: &Slug) -> Result<Option<Stored<Organisation>>, StoreFault> {
    get(table, &keys::organisation(slug)).await
}

/// A page of all organisations, by slug.
pub async fn organisations(
    table: &dyn Table,
    limit: usize,
    after: Option<Cursor>,
) -> Result<(Vec<Stored<Organisation>>, Option<Cursor>), StoreFault> {
    page(table, &Query::all(Index::Gsi1, keys::ORGANISATION_LIST).limit(limit).after(after)).await
}

/// A series.
pub async fn series(table: &dyn Table, organisation: &Slug, slug: &Slug) -> Result<Option<Stored<Series>>, StoreFault> {
    get(table, &keys::series(organisation, slug)).await
}

/// An organisation's series, by slug.
pub async fn series_of(table: &dyn Table, organisation: &Slug) -> Result<Vec<Stored<Series>>, StoreFault> {
    let list = Query::all(Index::Gsi1, keys::event_list(organisation)).beginning_with(keys::SERIES_IN_LIST);
    all(table, list).await
}

/// An event.
pub async fn event(table: &dyn Table, event: &EventRef) -> Result<Option<Stored<Event>>, StoreFault> {
    get(table, &Key::own(keys::event(event))).await
}

/// A page of an organisation's events, the one that starts last first.
pub async fn events_of(
    table: &dyn Table,
    organisation: &Slug,
    limit: usize,
    after: Option<Cursor>,
) -> Result<(Vec<Stored<Event>>, Option<Cursor>), StoreFault> {
    let list = Query::all(Index::Gsi1, keys::event_list(organisation)).beginning_with(keys::EVENTS_IN_LIST);
    page(table, &list.backward().limit(limit).after(after)).await
}

/// The events of a series, the one that starts last first.
pub async fn events_of_series(
    table: &dyn Table,
    organisation: &Slug,
    series: &Slug,
    limit: usize,
) -> Result<Vec<Stored<Event>>, StoreFault> {
    let list = Query::all(Index::Gsi2, keys::series_event_list(organisation, series));
    Ok(page(table, &list.backward().limit(limit)).await?.0)
}

/// What an event sells: its items and its passes, each in their order, archived ones included.
pub async fn things_of(
    table: &dyn Table,
    event: &EventRef,
) -> Result<(Vec<Stored<Item>>, Vec<Stored<Pass>>), StoreFault> {
    let rows = all_rows(table, Query::all(Index::Gsi2, keys::event(event))).await?;
    let (mut items, mut passes) = (Vec::new(), Vec::new());
    for row in &rows {
        if row.entity == Item::ENTITY {
            items.push(read(row)?);
        } else {
            passes.push(read(row)?);
        }
    }
    Ok((items, passes))
}
