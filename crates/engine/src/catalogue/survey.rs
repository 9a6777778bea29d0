//! Beginning to count: who stands already on places that get a limit, tickets and holds from before there was one.
//!
//! First the stock is made, counting down from [`UNLIMITED`], so that whoever buys from then on takes from it. Then those
//! from before have the place put on record, in the transaction that takes it from the stock. Only then is the limit
//! set, by moving the stock, and refused where it would fall below nothing. At no moment is somebody counted twice, or
//! given up without being given back; and what was interrupted in between is done again by the next edit.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::Refusal;
use domain::catalogue::{Event, EventRef, Item, Pass, Thing};
use domain::orders::{MOST_PLACES, Order, OrderState, OrderTicket, Place, StockOf, StockRole, Take, UNLIMITED};
use domain::tickets::{StatusWord, Ticket};
use domain::values::{Faults, Obstacle, OrderId, Pointer, TicketNumber, Wrong};
use jiff::{SignedDuration, Timestamp};
use store::record::{Record as _, Stored, create, read};
use store::records::StockRow;
use store::row::Key;
use store::table::Write;
use store::{keys, lookups};

use super::sellable::Counted;
use super::stock::{Limits, StockRows, pointer_to};
use crate::commit::{ATTEMPTS, Committed};
use crate::stop::{Fault, Stop};
use crate::{Company, Engine};

/// Rows that are put on record in one transaction.
const AT_ONCE: usize = 60;
/// Tickets that are read at once.
const PAGE: usize = 1_000;
/// How long an order may be under way that read the catalogue before places were counted. One that takes longer is not
/// counted: it came before, as it saw the catalogue.
pub(super) const UNDERWAY: Duration = Duration::from_millis(200);

/// Tickets and holds on each place, on record or not.
pub(super) type Taken = BTreeMap<Place, u64>;

/// A row with its places on record, and how many units of which that are.
struct Adopted {
    of: Standing,
    write: Write,
    units: BTreeMap<Place, i64>,
}

/// Whoever stands on places.
#[derive(Debug, Clone, Copy)]
enum Standing {
    Order(OrderId),
    Ticket(TicketNumber),
}

impl Engine {
    /// What an edit moves the stock by, once whoever stands on places that get a limit is counted in. Else, where that had
    /// to be begun or others were faster, the thing's revision as far as its changes are this edit's own: it took a
    /// while, and whatever was checked is to be checked again. Refused where a limit would be below what is sold.
    pub(super) async fn ready_to_limit<T: Counted>(
        &self,
        event: &Event,
        (before, after): (&Stored<T>, &T),
        places: &[Place],
        besides: Option<Write>,
    ) -> Result<Result<(Limits, StockRows), u64>, Stop> {
        let (event, shards) = (&event.event, event.shards.stock);
        let limits = Limits { before: before.value.stock(), after: after.stock() };
        let (new, uncounted) = (limits.newly_limited(), limits.uncounted());
        limits.check(&self.stock_rows(places, shards).await?, &self.survey(event, &uncounted, false).await?)?;
        let looked_at = self.now();
        if let Some(ours) = self.count_in(event, before, (&new, &uncounted), besides).await? {
            return Ok(Err(ours));
        }
        let rows = self.stock_rows(places, shards).await?;
        self.check_counted(before, &new, &rows, looked_at)?;
        limits.check(&rows, &BTreeMap::new())?;
        Ok(Ok((limits, rows)))
    }

    /// Refuses limits of places of which the counting began only now, where the lists from which those before are counted
    /// may lag: they are whole if they were looked at when the time had passed that they are read again for. A stock as old
    /// as its thing has counted from the beginning.
    fn check_counted<T>(
        &self,
        before: &Stored<T>,
        new: &[Place],
        rows: &StockRows,
        looked_at: Timestamp,
    ) -> Result<(), Refusal> {
        if self.settings().company == Company::Alone {
            return Ok(());
        }
        let settled = SignedDuration::from_secs(self.settings().company.overlap_seconds());
        let began = |place: &Place| rows.get(place)?.first.created_at.parse::<Timestamp>().ok();
        let thing_made = before.created_at.parse::<Timestamp>().ok();
        let is_young = |place: &Place| {
            began(place).is_some_and(|began| Some(began) > thing_made && looked_at.duration_since(began) < settled)
        };
        let young = new.iter().filter(|place| is_young(place));
        let faults = young.map(|place| (pointer_to(place), Wrong::State(Obstacle::BeingCounted)));
        let faults: Faults = faults.map(|(at, wrong)| domain::values::Fault { at, wrong }).collect();
        faults.or(()).map_err(Refusal::Invalid)
    }

    /// Begins to count what is uncounted of these places, and counts in whoever stands there already; `besides` must hold.
    /// Answers with the revision that is known after that, if it had to be begun.
    async fn count_in<T: Counted>(
        &self,
        event: &EventRef,
        before: &Stored<T>,
        (places, uncounted): (&[Place], &[Place]),
        besides: Option<Write>,
    ) -> Result<Option<u64>, Stop> {
        if uncounted.is_empty() {
            self.survey(event, places, true).await?;
            return Ok(None);
        }
        let at = self.now();
        let mut writes = vec![before.replace(&before.value.counted(), at)?];
        writes.extend(besides);
        for place in uncounted {
            writes.push(create(&StockRow { place: place.clone(), shard: 0, left: i64::from(UNLIMITED) }, at)?);
        }
        let Committed::Done = self.commit(writes).await? else { return Ok(Some(before.revision)) };
        self.survey(event, places, true).await?;
        tokio::time::sleep(UNDERWAY).await;
        self.survey(event, places, true).await?;
        Ok(Some(before.revision + 1))
    }

    /// Counts who stands on these places of an event; with `adopt`, those that do not have them on record take them from
    /// the stock.
    pub(super) async fn survey(&self, event: &EventRef, places: &[Place], adopt: bool) -> Result<Taken, Stop> {
        let mut taken = Taken::new();
        if places.is_empty() {
            return Ok(taken);
        }
        let (mut seen, mut adopted) = (BTreeSet::new(), Vec::new());
        let (mut open, mut issued) = (Vec::new(), BTreeSet::new());
        self.each_order(event, |order| {
            issued.extend(issued_of(&order.value));
            if is_open(&order.value) {
                open.push(order);
            }
        })
        .await?;
        for order in &open {
            seen.extend(order.value.tickets.iter().skip(order.value.issued).map(|ticket| ticket.number));
            adopted.extend(self.see_order(order, places, &mut taken)?);
        }
        let (mut after, shards) = (None, self.list_shards(event).await?);
        loop {
            if adopt {
                self.put_on_record(event, places, std::mem::take(&mut adopted)).await?;
            }
            adopted.clear();
            let page = lookups::ticket_changes(self.table(), (event, shards), None, PAGE, after).await?;
            for row in &page.rows {
                let ticket = read::<Ticket>(row)?;
                issued.remove(&ticket.value.number);
                if seen.insert(ticket.value.number) {
                    adopted.extend(self.see_ticket(&ticket, places, &mut taken)?);
                }
            }
            match page.next {
                Some(_) => after = page.next,
                None => break,
            }
        }
        if adopt {
            self.put_on_record(event, places, adopted).await?;
            // Of those that one list names and the other does not show yet.
            for number in issued {
                self.put_on_record_as_it_is(event, places, Standing::Ticket(number)).await?;
            }
        }
        Ok(taken)
    }

    /// Puts on an order that is to take its places again those that are counted by now and were not then, and takes off
    /// those that are counted no more. Refused as sold out where something is gone that was bought.
    pub(crate) async fn put_places_on_record(&self, order: &mut Order) -> Result<(), Stop> {
        let places = self.counted_places_of(order).await?;
        let before = order.clone();
        for (index, ticket) in order.tickets.iter_mut().enumerate() {
            let new = places.iter().filter(|place| comes_to(&before, index, ticket, place));
            let new: Vec<Place> = new.filter(|place| !ticket.places.contains(place)).cloned().collect();
            ticket.places.retain(|place| places.contains(place));
            ticket.places.extend(new);
        }
        check_number(order.tickets.iter().flat_map(|ticket| &ticket.places), Pointer::root())?;
        Ok(())
    }

    /// The places that are counted of an order's event, and of what was bought in it and comes with that: by their keys,
    /// as they are now.
    async fn counted_places_of(&self, order: &Order) -> Result<Vec<Place>, Stop> {
        let given = order.tickets.iter().flat_map(|ticket| &ticket.entitlements).map(|given| Thing::Item(given.item));
        let things: BTreeSet<Thing> = order.lines.iter().map(|line| line.thing).chain(given).collect();
        let key = |thing: &Thing| match thing {
            Thing::Item(id) => keys::item(&order.event, *id),
            Thing::Pass(id) => keys::pass(&order.event, *id),
        };
        let keys: Vec<Key> = things.iter().map(key).collect();
        let event = lookups::event(self.table(), &order.event).await?;
        let mut places: Vec<Place> =
            event.iter().flat_map(|event| event.value.stock()).map(|(place, _)| place).collect();
        for row in self.table().get_many(&keys).await? {
            let row = &row.ok_or_else(|| Refusal::SoldOut(Faults::one(Pointer::root(), Wrong::SoldOut(None))))?;
            let stock = match row.entity.as_str() {
                Item::ENTITY => read::<Item>(row)?.value.stock(),
                _ => read::<Pass>(row)?.value.stock(),
            };
            places.extend(stock.into_iter().map(|(place, _)| place));
        }
        Ok(places)
    }

    fn see_order(&self, order: &Stored<Order>, places: &[Place], taken: &mut Taken) -> Result<Option<Adopted>, Stop> {
        let mut next = order.value.clone();
        let mut units = BTreeMap::new();
        for index in order.value.issued..order.value.tickets.len() {
            let Some(ticket) = next.tickets.get_mut(index) else { continue };
            for place in places {
                let recorded = ticket.places.contains(place);
                if !recorded && !comes_to(&order.value, index, ticket, place) {
                    continue;
                }
                *taken.entry(place.clone()).or_default() += 1;
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
        check_number(next.takes.iter().map(|take| &take.place), Pointer::to("capacity"))?;
        Ok(Some(Adopted { of: Standing::Order(next.id), write: order.replace(&next, self.now())?, units }))
    }

    fn see_ticket(
        &self,
        ticket: &Stored<Ticket>,
        places: &[Place],
        taken: &mut Taken,
    ) -> Result<Option<Adopted>, Stop> {
        let mut next = ticket.value.clone();
        let mut units = BTreeMap::new();
        for place in places {
            let recorded = ticket.value.places.contains(place);
            if !recorded && !stands_on(&ticket.value, place) {
                continue;
            }
            *taken.entry(place.clone()).or_default() += 1;
            if !recorded {
                next.places.push(place.clone());
                *units.entry(place.clone()).or_default() += 1;
            }
        }
        if units.is_empty() {
            return Ok(None);
        }
        check_number(next.places.iter(), Pointer::to("capacity"))?;
        // Its place in the feed stays: nothing that anybody is shown of it has changed.
        Ok(Some(Adopted { of: Standing::Ticket(next.number), write: ticket.replace(&next, self.now())?, units }))
    }

    /// Writes what was adopted and takes it from the stock, many at once. Where a list showed one of them as it is no
    /// longer, each is looked at by its key.
    async fn put_on_record(&self, event: &EventRef, places: &[Place], adopted: Vec<Adopted>) -> Result<(), Stop> {
        for chunk in adopted.chunks(AT_ONCE) {
            if matches!(self.commit(recorded(chunk)).await?, Committed::Done) {
                continue;
            }
            for one in chunk {
                self.put_on_record_as_it_is(event, places, one.of).await?;
            }
        }
        Ok(())
    }

    /// Puts an order with its tickets, or a ticket, on record as its row is at this moment.
    async fn put_on_record_as_it_is(&self, event: &EventRef, places: &[Place], of: Standing) -> Result<(), Stop> {
        for _ in 0..ATTEMPTS {
            let adopted = self.see_now(event, places, of).await?;
            if adopted.is_empty() {
                return Ok(());
            }
            match self.commit(recorded(&adopted)).await? {
                Committed::Done => return Ok(()),
                // The stock is gone with its thing, and this edit will be refused.
                Committed::Refused(refused) if refused.iter().any(|refused| refused.write >= adopted.len()) => {
                    return Ok(());
                }
                Committed::Refused(_) => {}
            }
        }
        Err(Fault::Contended.into())
    }

    async fn see_now(&self, event: &EventRef, places: &[Place], of: Standing) -> Result<Vec<Adopted>, Stop> {
        let (mut found, mut taken) = (Vec::new(), Taken::new());
        let issued: Vec<TicketNumber> = match of {
            Standing::Ticket(number) => vec![number],
            Standing::Order(id) => {
                let Some(order) = lookups::order(self.table(), event, id).await? else { return Ok(found) };
                if is_open(&order.value) {
                    found.extend(self.see_order(&order, places, &mut taken)?);
                }
                issued_of(&order.value).collect()
            }
        };
        for number in issued {
            if let Some(ticket) = lookups::ticket(self.table(), event, number).await? {
                found.extend(self.see_ticket(&ticket, places, &mut taken)?);
            }
        }
        Ok(found)
    }
}

/// Refuses what would make somebody stand on more places than can be given back at once.
fn check_number<'a>(places: impl Iterator<Item = &'a Place>, at: Pointer) -> Result<(), Refusal> {
    let places: BTreeSet<&Place> = places.collect();
    if places.len() > MOST_PLACES {
        return Err(Refusal::invalid(at, Wrong::TooManyPlaces(MOST_PLACES)));
    }
    Ok(())
}

/// The tickets of an order that have rows of their own.
fn issued_of(order: &Order) -> impl Iterator<Item = TicketNumber> {
    order.tickets.iter().take(order.issued).map(|ticket| ticket.number)
}

/// Does an order hold places for tickets that are not issued?
fn is_open(order: &Order) -> bool {
    matches!(order.state, OrderState::Held | OrderState::Paid)
}

/// The writes that put rows on record. Whoever was there before there was a limit stands there all the same.
fn recorded(adopted: &[Adopted]) -> Vec<Write> {
    let mut units: BTreeMap<&Place, i64> = BTreeMap::new();
    for (place, count) in adopted.iter().flat_map(|adopted| &adopted.units) {
        *units.entry(place).or_default() += count;
    }
    let taken = units.into_iter().map(|(place, units)| Write::Add {
        key: keys::stock(place, 0),
        field: StockRow::LEFT,
        delta: -units,
        at_least: i64::MIN,
    });
    adopted.iter().map(|adopted| adopted.write.clone()).chain(taken).collect()
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
mod tests;
