//! Who stands already on places that begin to be counted: tickets and holds from before there was a limit.
//!
//! They take from the new limit like everybody else, and have the place put on record, so that giving it up gives it
//! back. A place on record without stock harms nobody: what gives it up finds nothing to give it back to.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::catalogue::{EventRef, Thing};
use domain::orders::{Order, OrderState, OrderTicket, Place, StockOf, StockRole, Take};
use domain::tickets::{StatusWord, Ticket};
use domain::values::TicketNumber;
use store::record::{Stored, read};
use store::records::StockRow;
use store::table::Write;
use store::{keys, lookups};

use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::stop::Stop;

/// Rows whose places can be put on record in the transaction that makes the stock.
const MOST_WITH_STOCK: usize = 60;
/// Tickets that are read at once.
const PAGE: usize = 1_000;
/// How long an order may be under way that read the catalogue before there was a limit. One that takes longer is not
/// counted: it came before, as it saw the catalogue.
const UNDERWAY: Duration = Duration::from_millis(200);

/// What is done with rows that stand on a place without having it on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Adopt {
    /// It is written together with the stock.
    WithStock,
    /// It is written at once, before there is stock: there are too many for one transaction.
    Before,
    /// It is written at once and takes from the stock: it came while that was being made.
    After,
}

/// What a survey found.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Tickets and holds on each place, on record or not.
    pub(super) taken: BTreeMap<Place, u64>,
    /// The writes that put on record what is not.
    pub(super) writes: Vec<Write>,
    /// Not all could be adopted: there are more than one transaction takes, or somebody changed one at the moment.
    pub(super) is_short: bool,
}

/// A row with its places on record, and how many units of which that are.
struct Adopted {
    write: Write,
    units: BTreeMap<Place, i64>,
}

impl Engine {
    /// Counts who stands on these places of an event, and adopts those that do not have them on record.
    pub(super) async fn survey(&self, event: &EventRef, places: &[Place], adopt: Adopt) -> Result<Survey, Stop> {
        let mut survey = Survey::default();
        if places.is_empty() {
            return Ok(survey);
        }
        let (mut seen, mut adopted) = (BTreeSet::new(), Vec::new());
        let mut open = Vec::new();
        self.each_order(event, |order| {
            if matches!(order.value.state, OrderState::Held | OrderState::Paid) {
                open.push(order);
            }
        })
        .await?;
        for order in &open {
            adopted.extend(self.see_order(order, places, &mut survey, &mut seen)?);
        }
        self.settle(adopted, adopt, &mut survey).await?;
        let mut after = None;
        loop {
            let page = lookups::ticket_changes(self.table(), event, None, PAGE, after).await?;
            let mut adopted = Vec::new();
            for row in &page.rows {
                let ticket = read::<Ticket>(row)?;
                if seen.insert(ticket.value.number) {
                    adopted.extend(self.see_ticket(&ticket, places, &mut survey)?);
                }
            }
            self.settle(adopted, adopt, &mut survey).await?;
            match page.next {
                Some(_) => after = page.next,
                None => return Ok(survey),
            }
        }
    }

    fn see_order(
        &self,
        order: &Stored<Order>,
        places: &[Place],
        survey: &mut Survey,
        seen: &mut BTreeSet<TicketNumber>,
    ) -> Result<Option<Adopted>, Stop> {
        let mut next = order.value.clone();
        let mut units = BTreeMap::new();
        for index in order.value.issued..order.value.tickets.len() {
            let Some(ticket) = next.tickets.get_mut(index) else { continue };
            seen.insert(ticket.number);
            for place in places {
                let recorded = ticket.places.contains(place);
                if !recorded && !comes_to(&order.value, index, ticket, place) {
                    continue;
                }
                *survey.taken.entry(place.clone()).or_default() += 1;
                if !recorded {
                    ticket.places.push(place.clone());
                    *units.entry(place.clone()).or_default() += 1;
                }
            }
        }
        if units.is_empty() {
            return Ok(None);
        }
        for (place, units) in &units {
            let units = u32::try_from(*units).unwrap_or(u32::MAX);
            next.takes.push(Take { place: place.clone(), shard: 0, units });
        }
        Ok(Some(Adopted { write: order.replace(&next, self.now())?, units }))
    }

    fn see_ticket(
        &self,
        ticket: &Stored<Ticket>,
        places: &[Place],
        survey: &mut Survey,
    ) -> Result<Option<Adopted>, Stop> {
        let mut next = ticket.value.clone();
        let mut units = BTreeMap::new();
        for place in places {
            let recorded = ticket.value.places.contains(place);
            if !recorded && !stands_on(&ticket.value, place) {
                continue;
            }
            *survey.taken.entry(place.clone()).or_default() += 1;
            if !recorded {
                next.places.push(place.clone());
                *units.entry(place.clone()).or_default() += 1;
            }
        }
        if units.is_empty() {
            return Ok(None);
        }
        // Its place in the feed stays: nothing that anybody is shown of it has changed.
        Ok(Some(Adopted { write: ticket.replace(&next, self.now())?, units }))
    }

    /// Writes what was adopted, or keeps it for the transaction that makes the stock.
    async fn settle(&self, adopted: Vec<Adopted>, adopt: Adopt, survey: &mut Survey) -> Result<(), Stop> {
        match adopt {
            Adopt::WithStock => {
                survey.is_short |= survey.writes.len() + adopted.len() > MOST_WITH_STOCK;
                let room = MOST_WITH_STOCK.saturating_sub(survey.writes.len());
                survey.writes.extend(adopted.into_iter().take(room).map(|adopted| adopted.write));
            }
            Adopt::Before => {
                let mut writes = adopted.into_iter().map(|adopted| adopted.write).peekable();
                while writes.peek().is_some() {
                    let chunk: Vec<Write> = writes.by_ref().take(MOST_WITH_STOCK).collect();
                    survey.is_short |= matches!(self.commit(chunk).await?, Committed::Refused(_));
                }
            }
            Adopt::After => {
                for Adopted { write, units } in adopted {
                    let writes = std::iter::once(write).chain(taken_late(units)).collect();
                    survey.is_short |= matches!(self.commit(writes).await?, Committed::Refused(_));
                }
            }
        }
        Ok(())
    }

    /// Commits an edit that makes the stock of `new_places`, with what was surveyed for it; then adopts who came to
    /// these places while that was being done. False if others were faster.
    pub(super) async fn commit_surveyed(
        &self,
        event: &EventRef,
        new_places: &[Place],
        survey: Survey,
        mut writes: Vec<Write>,
    ) -> Result<bool, Stop> {
        if survey.is_short {
            self.survey(event, new_places, Adopt::Before).await?;
            return Ok(false);
        }
        writes.extend(survey.writes);
        if let Committed::Refused(_) = self.commit(writes).await? {
            return Ok(false);
        }
        if !new_places.is_empty() {
            tokio::time::sleep(UNDERWAY).await;
        }
        for _ in 0..ATTEMPTS {
            if !self.survey(event, new_places, Adopt::After).await?.is_short {
                break;
            }
        }
        Ok(true)
    }
}

/// Whoever came late stands there all the same, even where that is one too many.
fn taken_late(units: BTreeMap<Place, i64>) -> impl Iterator<Item = Write> {
    units.into_iter().map(|(place, units)| Write::Add {
        key: keys::stock(&place, 0),
        field: StockRow::LEFT,
        delta: -units,
        at_least: i64::MIN,
    })
}

/// Does a ticket that is still to be issued come to this place?
fn comes_to(order: &Order, index: usize, ticket: &OrderTicket, place: &Place) -> bool {
    if place.role != StockRole::All {
        return false;
    }
    match &place.of {
        StockOf::Event(_) => true,
        StockOf::Thing(Thing::Item(item)) => ticket.entitlements.iter().any(|given| given.item == *item),
        StockOf::Thing(thing @ Thing::Pass(_)) => {
            order.lines.iter().any(|line| line.ticket == index && line.thing == *thing)
        }
        StockOf::Step(_) => false,
    }
}

/// Does an issued ticket, of which this place is not on record, stand on it?
fn stands_on(ticket: &Ticket, place: &Place) -> bool {
    if place.role != StockRole::All || ticket.status_word() != StatusWord::Active {
        return false;
    }
    match &place.of {
        StockOf::Event(_) => true,
        StockOf::Thing(Thing::Item(item)) => ticket.entitlement(*item).is_some(),
        StockOf::Thing(Thing::Pass(pass)) => ticket.passes().any(|id| id == *pass),
        StockOf::Step(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use domain::payments::Method;
    use store::record::create;

    use super::*;
    use crate::catalogue::desk::desk;

    #[tokio::test]
    async fn whoever_came_while_a_limit_was_made_takes_from_it_even_where_that_is_one_too_many() {
        let desk = desk().await;
        let event = desk.event(None).await;
        let item = desk.item(&desk.item_draft("Party")).await.value.id;
        for method in [Method::Cash, Method::Cash, Method::Card] {
            desk.buy(&[], &[item], method).await.unwrap();
        }
        // As if none of them had been there when the capacity was made.
        let engine = &desk.house.engine;
        let limited = domain::catalogue::Event { capacity: Some(2), ..event.value.clone() };
        let place = Place::all(StockOf::Event(limited.event.clone()));
        let stock = StockRow { place: place.clone(), shard: 0, left: 2 };
        let writes = vec![event.replace(&limited, engine.now()).unwrap(), create(&stock, engine.now()).unwrap()];
        engine.commit(writes).await.unwrap();
        for _ in 0..2 {
            let survey = engine.survey(&limited.event, std::slice::from_ref(&place), Adopt::After).await.unwrap();
            assert_eq!((survey.taken[&place], survey.is_short), (3, false));
            let rows = engine.stock_rows(std::slice::from_ref(&place)).await.unwrap();
            assert_eq!(rows[&place].value.left, -1);
        }
    }

    #[tokio::test]
    async fn a_ticket_that_was_given_up_stands_nowhere() {
        let desk = desk().await;
        let event = desk.event(None).await;
        let item = desk.item(&desk.item_draft("Party")).await.value.id;
        let order = desk.buy(&[], &[item], Method::AtDoor).await.unwrap();
        desk.cancel(&order).await;
        let places =
            [Place::all(StockOf::Event(event.value.event.clone())), Place::all(StockOf::Thing(Thing::Item(item)))];
        let survey = desk.house.engine.survey(&event.value.event, &places, Adopt::WithStock).await.unwrap();
        assert_eq!((survey.taken.len(), survey.writes.len()), (0, 0));
    }
}
