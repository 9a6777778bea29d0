//! Lists of tickets: of one event, or of all events of an organisation.

use domain::Refusal;
use domain::catalogue::EventRef;
use domain::tickets::Ticket;
use domain::values::{Slug, TicketNumber};
use jiff::Timestamp;
use store::record::Stored;
use store::{keys, lookups};

use crate::Engine;
use crate::roster::{Entry, Filter};
use crate::scope::StaffScope;
use crate::stop::Stop;

/// Which tickets a list shows, in what portion.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TicketFilter {
    /// Of this event; none means all events of the organisation.
    pub event: Option<Slug>,
    /// The conditions.
    pub filter: Filter,
    /// The tickets before this one, which the page before ended with.
    pub after: Option<TicketNumber>,
    /// At most so many.
    pub limit: usize,
}

/// A portion of a list, the latest first.
#[derive(Debug, Clone)]
pub struct TicketList {
    /// The tickets, each with its event.
    pub entries: Vec<(EventRef, Entry)>,
    /// How many there are in all.
    pub total: usize,
    /// There are more.
    pub more: bool,
    /// As of when: see [`Engine::as_of`].
    pub as_of: Timestamp,
}

/// Most events whose tickets are searched at once.
const MOST_EVENTS: usize = 200;

impl Engine {
    /// Finds tickets by the rosters.
    pub async fn list_tickets(&self, scope: &StaffScope, wanted: &TicketFilter) -> Result<TicketList, Stop> {
        let events = self.events_searched(scope, wanted.event.as_ref()).await?;
        let mut found: Vec<(EventRef, Entry)> = Vec::new();
        let (mut total, mut as_of) = (0, self.now());
        for event in events {
            let roster = self.roster(&event).await?;
            as_of = as_of.min(self.as_of(&roster));
            let matches = wanted.filter.matcher();
            roster.with(|entries| {
                let mut taken = 0;
                for entry in entries.filter(|entry| matches(entry)) {
                    total += 1;
                    let due = wanted.after.is_none_or(|after| entry.number < after);
                    if due && taken <= wanted.limit {
                        taken += 1;
                        found.push((event.clone(), entry.clone()));
                    }
                }
            });
        }
        found.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.number));
        let more = found.len() > wanted.limit;
        found.truncate(wanted.limit);
        Ok(TicketList { entries: found, total, more, as_of })
    }

    async fn events_searched(&self, scope: &StaffScope, event: Option<&Slug>) -> Result<Vec<EventRef>, Stop> {
        if let Some(slug) = event {
            let event = scope.event(slug);
            lookups::event(self.table(), &event).await?.ok_or(Refusal::NotFound)?;
            return Ok(vec![event]);
        }
        let (events, _) = lookups::events_of(self.table(), &scope.organisation().slug, MOST_EVENTS, None).await?;
        Ok(events.into_iter().map(|row| row.value.event).collect())
    }

    /// The tickets of a list, whole, in its order; those that moved on meanwhile are read where they are.
    pub async fn load_tickets(&self, list: &TicketList) -> Result<Vec<Stored<Ticket>>, Stop> {
        let keys: Vec<_> =
            list.entries.iter().map(|(event, entry)| keys::ticket_of(event, entry.number, entry.customer)).collect();
        let found = lookups::get_many::<Ticket>(self.table(), &keys).await?;
        let mut tickets = Vec::with_capacity(found.len());
        for ((event, entry), found) in list.entries.iter().zip(found) {
            match found {
                Some(ticket) => tickets.push(ticket),
                None => tickets.extend(lookups::ticket(self.table(), event, entry.number).await?),
            }
        }
        Ok(tickets)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use domain::payments::Method;
    use store::faulty::{Call, Fate, Faulty, Verb};

    use super::*;
    use crate::Company;
    use crate::catalogue::desk::{desk, slug};
    use crate::testing::engine_among;

    #[tokio::test]
    async fn a_list_says_as_of_when_it_is_and_is_shown_as_it_was_while_the_feed_cannot_be_read() {
        let desk = desk().await;
        desk.event(None).await;
        let item = desk.item(&desk.item_draft("Party")).await.value.id;
        desk.buy(&[], &[item], Method::Cash).await.unwrap();
        let is_throttled = Arc::new(AtomicBool::new(false));
        let throttled = Arc::clone(&is_throttled);
        let is_of_feed = |call: Call| call.verb == Verb::Query;
        let plan = move |call: Call| {
            if is_of_feed(call) && throttled.load(Ordering::SeqCst) { Fate::Throttled } else { Fate::Done }
        };
        let table = Arc::new(Faulty::new(desk.house.table.clone(), plan));
        let other = engine_among(Company::Shared, table, desk.house.clock.clone(), 2);
        let owner = desk.owner().await;
        let wanted = TicketFilter { event: Some(slug("mersey")), limit: 10, ..TicketFilter::default() };
        let list = async || other.list_tickets(&owner, &wanted).await;
        let begun = other.now();
        let found = list().await.unwrap();
        assert_eq!((found.total, found.as_of), (1, begun));

        desk.buy(&[], &[item], Method::Cash).await.unwrap();
        is_throttled.store(true, Ordering::SeqCst);
        desk.house.clock.advance(30_000);
        let found = list().await.unwrap();
        assert_eq!((found.total, found.as_of), (1, begun));
        is_throttled.store(false, Ordering::SeqCst);
        assert_eq!(list().await.unwrap().as_of, begun, "it is left alone for a moment");
        desk.house.clock.advance(2_000);
        let found = list().await.unwrap();
        assert_eq!((found.total, found.as_of), (2, other.now()));

        is_throttled.store(true, Ordering::SeqCst);
        desk.house.clock.advance(11 * 60_000);
        assert!(list().await.unwrap_err().is_passing(), "what is too old is not shown");
        // Whoever is alone with the store knows of every change.
        let found = desk.house.engine.list_tickets(&owner, &wanted).await.unwrap();
        assert_eq!((found.total, found.as_of), (2, other.now()));
    }
}
