//! Rosters: an event's tickets in memory, kept current from its change feed, so that lists of 100,000 feel instant.
//!
//! A roster finds and counts; nothing is decided from it. It is read when it is first asked for, moved on by what this
//! process commits and by the feed, and read again from the beginning every 10 minutes.

mod entry;
mod folded;

pub use entry::{Entry, Filter};

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use domain::catalogue::EventRef;
use domain::tickets::Ticket;
use domain::values::{ChangeId, Ksuid, TicketNumber};
use jiff::{SignedDuration, Timestamp};
use store::lookups;
use store::record::read;

use crate::Engine;
use crate::stop::Stop;

/// How far back the feed is read again: clocks of writers may differ by that much.
const OVERLAP_SECONDS: i64 = 5;

/// How often the feed is looked at, for what other processes wrote.
const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(1);

/// How often it is read again from the beginning.
const READ_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// How many organisations, and events of each, are read before anybody asks.
const WARMED_ORGANISATIONS: usize = 200;
const WARMED_EVENTS: usize = 8;

/// Rows of a page of the feed.
const PAGE: usize = 1_000;

/// The rosters of the events that were asked for.
#[derive(Debug, Default)]
pub struct Rosters(Mutex<HashMap<EventRef, Arc<Roster>>>);

/// One event's tickets.
#[derive(Debug, Default)]
pub struct Roster {
    list: RwLock<List>,
    /// Held while the feed is read, so that it is read once.
    reading: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct List {
    entries: BTreeMap<TicketNumber, Entry>,
    /// When it was last read from the beginning.
    read_at: Option<Timestamp>,
    /// When the feed was last looked at: whatever was committed before is here.
    looked_at: Option<Timestamp>,
    /// Something was written that was not told.
    is_stale: bool,
}

impl List {
    fn put(&mut self, ticket: &Ticket, revision: Option<u64>) {
        let known = self.entries.get(&ticket.number);
        let newer = match (known, revision) {
            (Some(known), Some(revision)) => revision > known.revision,
            (Some(known), None) => ticket.change > known.change,
            (None, _) => true,
        };
        if newer {
            let revision = revision.or_else(|| known.map(|known| known.revision)).unwrap_or_default();
            self.entries.insert(ticket.number, Entry::of(ticket, revision));
        }
    }
}

impl Roster {
    /// Works on the tickets, the latest first.
    pub fn with<T>(&self, look: impl FnOnce(&mut dyn Iterator<Item = &Entry>) -> T) -> T {
        let list = self.list.read().unwrap_or_else(PoisonError::into_inner);
        look(&mut list.entries.values().rev())
    }

    fn list(&self) -> std::sync::RwLockWriteGuard<'_, List> {
        self.list.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// An event's roster, current to the last second, and to the last write of this process.
    pub async fn roster(&self, event: &EventRef) -> Result<Arc<Roster>, Stop> {
        let roster = {
            let mut rosters = self.rosters.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(rosters.entry(event.clone()).or_default())
        };
        let reading = roster.reading.lock().await;
        let now = self.now();
        let (fresh, since) = {
            let list = roster.list.read().unwrap_or_else(PoisonError::into_inner);
            let within = |at: Option<Timestamp>, limit| at.is_some_and(|at| now.duration_since(at).abs() < limit);
            let since = list.looked_at.filter(|_| within(list.read_at, READ_AGAIN_AFTER));
            (!list.is_stale && since.is_some() && within(list.looked_at, LOOK_EVERY), since)
        };
        if !fresh && let Err(stop) = self.read_feed(event, &roster, since, now).await {
            roster.list().is_stale = true;
            return Err(stop);
        }
        drop(reading);
        Ok(roster)
    }

    async fn read_feed(
        &self,
        event: &EventRef,
        roster: &Roster,
        since: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), Stop> {
        let from = since.map(|since| {
            let second = since.as_second() - OVERLAP_SECONDS;
            ChangeId(Ksuid::made_at(second * 1_000, [0; 15]))
        });
        // Before it is read, so that what is written meanwhile is looked for again.
        roster.list().is_stale = false;
        let mut after = None;
        loop {
            let page = lookups::ticket_changes(self.table(), event, from, PAGE, after).await?;
            {
                let mut list = roster.list();
                for row in &page.rows {
                    let stored = read::<Ticket>(row)?;
                    list.put(&stored.value, Some(stored.revision));
                }
            }
            after = page.next;
            if after.is_none() {
                break;
            }
            tokio::task::yield_now().await;
        }
        let mut list = roster.list();
        list.looked_at = Some(now);
        if since.is_none() {
            list.read_at = Some(now);
        }
        Ok(())
    }

    /// Reads the rosters of the events that people look at: those that are not over, and the latest of the others, of
    /// each organisation. For the moments after the program has begun to serve.
    pub async fn warm_rosters(&self) {
        if let Err(stop) = self.warm().await {
            tracing::warn!(?stop, "the rosters were not read; each will be when it is asked for");
        }
    }

    async fn warm(&self) -> Result<(), Stop> {
        let (organisations, _) = lookups::organisations(self.table(), WARMED_ORGANISATIONS, None).await?;
        for organisation in organisations {
            let (events, _) = lookups::events_of(self.table(), &organisation.value.slug, WARMED_EVENTS, None).await?;
            for event in events {
                self.roster(&event.value.event).await?;
            }
        }
        Ok(())
    }

    /// Tells the rosters that are in memory what was just committed.
    pub(crate) fn tell_of(&self, tickets: &[Ticket]) {
        let rosters = self.rosters.0.lock().unwrap_or_else(PoisonError::into_inner);
        if rosters.is_empty() {
            return;
        }
        for ticket in tickets {
            if let Some(roster) = rosters.get(&ticket.event) {
                let mut list = roster.list();
                if list.read_at.is_some() {
                    list.put(ticket, None);
                }
            }
        }
    }
}
