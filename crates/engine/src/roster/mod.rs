//! Rosters: an event's tickets in memory, kept current from its change feed, so that lists of 100,000 feel instant.
//!
//! A roster finds and counts; nothing is decided from it. It is read when it is first asked for, moved on by what this
//! process commits and by the feed, and read again from the beginning every 10 minutes. It says [as of
//! when](Engine::as_of) it is: while the feed cannot be read, it is shown as it was.

mod entry;
mod folded;

pub use entry::{Entry, Filter};

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use domain::catalogue::EventRef;
use domain::tickets::Ticket;
use domain::values::{ChangeId, Ksuid, TicketNumber};
use futures_util::future::join;
use jiff::{SignedDuration, Timestamp};
use store::lookups;
use store::record::read;
use store::row::Row;
use store::table::{Page, StoreFault};

use crate::stop::{Fault, Stop};
use crate::{Company, Engine};

/// How often the feed is looked at, for what other processes wrote.
const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(1);

/// For how long after it was asked for a roster is followed.
const FOLLOWED_FOR: SignedDuration = SignedDuration::from_mins(1);

/// How often whoever follows the feeds sees to it.
const PACE: std::time::Duration = std::time::Duration::from_millis(250);

/// How often it is read again from the beginning.
const READ_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// When somebody who needs a roster looks at its feed, and waits for that.
#[derive(Debug, Clone, Copy)]
struct Look {
    /// When the last look is older than this.
    after: SignedDuration,
    /// From the beginning, when it was last read from there longer ago than this.
    read_again_after: SignedDuration,
}

impl Look {
    /// Nobody else looks.
    const ALONE: Self = Self { after: LOOK_EVERY, read_again_after: READ_AGAIN_AFTER };

    /// While somebody follows the feed, only where they do not come to it.
    const BESIDE_A_FOLLOWER: Self =
        Self { after: SignedDuration::from_secs(10), read_again_after: SignedDuration::MAX };

    /// It has been read from the beginning, and not too long ago.
    fn is_read(self, list: &List, now: Timestamp) -> bool {
        is_within(list.read_at, self.read_again_after, now)
    }
}

/// How old a roster is at most that is shown because its feed cannot be read.
const SHOWN_FOR: SignedDuration = SignedDuration::from_mins(10);

/// How long a feed that could not be read is left alone.
const RESTS_FOR: SignedDuration = SignedDuration::from_secs(2);

/// How many organisations, and events of each, are read before anybody asks.
const WARMED_ORGANISATIONS: usize = 200;
const WARMED_EVENTS: usize = 8;

/// Rows of a page of the feed.
const AT_ONCE: usize = 1_000;

/// The rosters of the events that were asked for.
#[derive(Debug, Default)]
pub struct Rosters {
    of: Mutex<HashMap<EventRef, Arc<Roster>>>,
    /// Somebody follows the feeds: see [`Engine::keep_rosters`].
    are_followed: AtomicBool,
}

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
    /// When the feed could last not be read.
    failed_at: Option<Timestamp>,
    /// When somebody last asked for it.
    asked_at: Option<Timestamp>,
    /// Something was written that was not told.
    is_stale: bool,
}

impl List {
    /// Is this row, or a later one of its ticket, here?
    fn knows(&self, row: &Row) -> bool {
        let number = row.key.pk.rsplit('#').next().and_then(|number| number.parse::<TicketNumber>().ok());
        number.and_then(|number| self.entries.get(&number)).is_some_and(|known| row.revision <= known.revision)
    }

    /// Puts a ticket there, if it is later than what is known. Of one that was told, and not read, only its change says
    /// so; its revision is at least the next one.
    fn put(&mut self, ticket: &Ticket, revision: Option<u64>) {
        let known = self.entries.get(&ticket.number);
        let newer = match (known, revision) {
            (Some(known), Some(revision)) => revision > known.revision,
            (Some(known), None) => ticket.change > known.change,
            (None, _) => true,
        };
        if newer {
            let revision = revision.unwrap_or_else(|| known.map_or(1, |known| known.revision + 1));
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

    /// There is no need to look.
    fn is_current(&self, look: Look, now: Timestamp) -> bool {
        let list = self.list.read().unwrap_or_else(PoisonError::into_inner);
        !list.is_stale && look.is_read(&list, now) && is_within(list.looked_at, look.after, now)
    }

    /// From when on its feed is to be read; none means from the beginning.
    fn since(&self, look: Look, now: Timestamp) -> Option<Timestamp> {
        let list = self.list.read().unwrap_or_else(PoisonError::into_inner);
        list.looked_at.filter(|_| look.is_read(&list, now))
    }

    fn was_looked_at_within(&self, limit: SignedDuration, now: Timestamp) -> bool {
        let list = self.list.read().unwrap_or_else(PoisonError::into_inner);
        list.read_at.is_some() && is_within(list.looked_at, limit, now)
    }

    fn is_resting(&self, now: Timestamp) -> bool {
        let list = self.list.read().unwrap_or_else(PoisonError::into_inner);
        is_within(list.failed_at, RESTS_FOR, now)
    }

    fn was_asked_within(&self, limit: SignedDuration, now: Timestamp) -> bool {
        let list = self.list.read().unwrap_or_else(PoisonError::into_inner);
        is_within(list.asked_at, limit, now)
    }

    /// Puts a page of the feed there.
    fn put(&self, page: &Page) -> Result<(), Stop> {
        let unknown: Vec<&Row> = {
            let list = self.list.read().unwrap_or_else(PoisonError::into_inner);
            page.rows.iter().filter(|row| !list.knows(row)).collect()
        };
        // Most of the work, while others can search.
        let found = unknown.into_iter().map(read::<Ticket>).collect::<Result<Vec<_>, _>>()?;
        let mut list = self.list();
        for ticket in found {
            list.put(&ticket.value, Some(ticket.revision));
        }
        Ok(())
    }

    fn list(&self) -> std::sync::RwLockWriteGuard<'_, List> {
        self.list.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_within(at: Option<Timestamp>, limit: SignedDuration, now: Timestamp) -> bool {
    at.is_some_and(|at| now.duration_since(at).abs() < limit)
}

impl Engine {
    /// An event's roster, current to the last write of this process, and of others to the last second or two; while there
    /// is much to follow, to 10 seconds at most. While the store cannot be asked for a moment, it is older: see
    /// [`as_of`](Engine::as_of).
    pub async fn roster(&self, event: &EventRef) -> Result<Arc<Roster>, Stop> {
        let roster = self.roster_of(event);
        roster.list().asked_at = Some(self.now());
        let are_followed = self.rosters.are_followed.load(Ordering::Relaxed);
        match self.look(event, &roster, if are_followed { Look::BESIDE_A_FOLLOWER } else { Look::ALONE }).await {
            Err(stop) if stop.is_passing() && roster.was_looked_at_within(SHOWN_FOR, self.now()) => {
                tracing::warn!(?stop, "a roster's feed was not read; it is shown as it was");
            }
            looked => looked?,
        }
        Ok(roster)
    }

    /// As of when a roster is: what was committed before is in it, but for what the index of the feed lags by. Of what this
    /// process commits that is always now; of others, when the feed was last looked at.
    pub(crate) fn as_of(&self, roster: &Roster) -> Timestamp {
        let list = roster.list.read().unwrap_or_else(PoisonError::into_inner);
        match (self.settings().company, list.looked_at) {
            (Company::Shared, Some(at)) => at,
            (Company::Shared, None) | (Company::Alone, _) => self.now(),
        }
    }

    fn roster_of(&self, event: &EventRef) -> Arc<Roster> {
        let mut rosters = self.rosters.of.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(rosters.entry(event.clone()).or_default())
    }

    /// Looks at an event's feed, if it is time to. Whoever waits for somebody else's look, and that fails, does not look
    /// as well.
    async fn look(&self, event: &EventRef, roster: &Roster, look: Look) -> Result<(), Stop> {
        if roster.is_current(look, self.now()) {
            return Ok(());
        }
        let reading = roster.reading.lock().await;
        let now = self.now();
        if !roster.is_current(look, now) {
            if roster.is_resting(now) {
                return Err(Fault::Store(StoreFault::Busy).into());
            }
            let since = roster.since(look, now);
            if let Err(stop) = self.read_feed(event, roster, since, now).await {
                let mut list = roster.list();
                (list.is_stale, list.failed_at) = (true, Some(self.now()));
                return Err(stop);
            }
        }
        drop(reading);
        Ok(())
    }

    /// Reads the rosters of the events that people look at, and then follows the feeds of those that are asked for, so
    /// that nobody waits while what others wrote is read. Without an end.
    pub async fn keep_rosters(&self) {
        self.warm_rosters().await;
        self.rosters.are_followed.store(true, Ordering::Relaxed);
        loop {
            tokio::time::sleep(PACE).await;
            let all: Vec<(EventRef, Arc<Roster>)> = {
                let rosters = self.rosters.of.lock().unwrap_or_else(PoisonError::into_inner);
                rosters.iter().map(|(event, roster)| (event.clone(), Arc::clone(roster))).collect()
            };
            for (event, roster) in all {
                if roster.was_asked_within(FOLLOWED_FOR, self.now())
                    && let Err(stop) = self.look(&event, &roster, Look::ALONE).await
                {
                    tracing::warn!(?stop, "a roster's feed was not read; it is tried again");
                }
            }
        }
    }

    async fn read_feed(
        &self,
        event: &EventRef,
        roster: &Roster,
        since: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), Stop> {
        let from = since.map(|since| {
            let second = since.as_second() - self.settings().company.overlap_seconds();
            ChangeId(Ksuid::made_at(second * 1_000, [0; 15]))
        });
        // Before it is read, so that what is written meanwhile is looked for again.
        roster.list().is_stale = false;
        let shards = self.list_shards(event).await?;
        let mut page = lookups::ticket_changes(self.table(), (event, shards), from, AT_ONCE, None).await?;
        loop {
            // The next page is on its way while this one is looked at.
            let after = page.next.take();
            let next = async {
                match after {
                    Some(after) => lookups::ticket_changes(self.table(), (event, shards), from, AT_ONCE, Some(after))
                        .await
                        .map(Some),
                    None => Ok(None),
                }
            };
            let (next, put) = join(next, async { roster.put(&page) }).await;
            put?;
            match next? {
                Some(next) => page = next,
                None => break,
            }
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
    async fn warm_rosters(&self) {
        if let Err(stop) = self.warm().await {
            tracing::warn!(?stop, "the rosters were not read; each will be when it is asked for");
        }
    }

    async fn warm(&self) -> Result<(), Stop> {
        let (organisations, _) = lookups::organisations(self.table(), WARMED_ORGANISATIONS, None).await?;
        for organisation in organisations {
            let (events, _) = lookups::events_of(self.table(), &organisation.value.slug, WARMED_EVENTS, None).await?;
            for event in events {
                let event = event.value.event;
                self.look(&event, &self.roster_of(&event), Look::ALONE).await?;
            }
        }
        Ok(())
    }

    /// Tells the rosters that are in memory what was just committed.
    pub(crate) fn tell_of(&self, tickets: &[Ticket]) {
        let rosters = self.rosters.of.lock().unwrap_or_else(PoisonError::into_inner);
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
