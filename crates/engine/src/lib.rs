//! What the product does: one file for each operation. It loads what it needs, asks a plain function of `domain` to
//! decide, commits one transaction, and answers with values.
//!
//! Clock, randomness and identifiers come in through [`Engine`], so that every operation can be replayed. Authority
//! comes in through a [scope](crate::scope), which only a proof can make.
//!
//! To add an operation: a file `{noun}/{verb_noun}.rs` with one `impl Engine`, beside those that are there.

pub mod catalogue;
pub mod commit;
pub mod demonstration;
pub mod door;
pub mod figures;
pub mod once;
pub mod orders;
pub mod organisations;
pub mod people;
pub mod platform;
pub mod random;
pub mod render;
pub mod roster;
pub mod scope;
pub mod secret;
pub mod stop;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod tickets;
pub mod work;

use std::fmt;
use std::sync::Arc;

use domain::values::Ksuid;
use integrations::mail::Mailer;
use jiff::Timestamp;
pub use store::clock::{Clock, SetClock};
use store::table::Table;

use crate::random::Random;
use crate::render::Render;
use crate::secret::Secret;

/// Everything that operations share.
pub struct Engine {
    table: Arc<dyn Table>,
    views: Arc<dyn Table>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    secret: Secret,
    settings: Settings,
    render: Arc<dyn Render>,
    mailer: Option<Arc<dyn Mailer>>,
    gates: door::Gates,
    keyring: tickets::Keyring,
    mailboxes: people::Mailboxes,
    rosters: roster::Rosters,
    includes: orders::Includes,
    wake: work::Wake,
}

/// What the program was told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Scheme, host and, where it needs one, port, under which browsers reach this program; no slash at the end.
    pub public_url: String,
    /// Who mail comes from, `Dance Engine <tickets@example.org>`.
    pub mail_from: String,
    /// How many processes work on the table.
    pub company: Company,
}

/// Who else works on the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// Nobody: the store is this process's own.
    Alone,
    /// Any number of processes, on machines whose clocks differ, with indexes that lag.
    Shared,
}

impl Company {
    /// Over how many shards each lane of work is spread: that many are looked at, also by who is alone, since a store may
    /// have come from elsewhere.
    pub(crate) const WORK_SHARDS: u16 = 16;

    /// How far back a list by last change is read again: clocks of writers may differ by that much, and an index lag.
    pub(crate) fn overlap_seconds(self) -> i64 {
        match self {
            Self::Alone => 5,
            Self::Shared => 60,
        }
    }
}

impl Settings {
    /// The host of a public address, without scheme and port. That of an address of IPv6 has its brackets.
    pub fn host_of(public_url: &str) -> &str {
        let authority = public_url.rsplit("//").next().unwrap_or_default();
        let ends = match authority.find(']') {
            Some(bracket) => Some(bracket + 1),
            None => authority.find([':', '/']),
        };
        ends.and_then(|ends| authority.get(..ends)).unwrap_or(authority)
    }
}

/// What an engine is made of.
pub struct Parts {
    /// Where things are kept.
    pub table: Arc<dyn Table>,
    /// The same, for public pages, on which nothing is decided: it may be a moment behind, and cost less.
    pub views: Arc<dyn Table>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub random: Arc<dyn Random>,
    /// The installation's secret.
    pub secret: Secret,
    /// What the program was told.
    pub settings: Settings,
    /// Who writes letters and documents.
    pub render: Arc<dyn Render>,
    /// Who sends mail; without one it waits.
    pub mailer: Option<Arc<dyn Mailer>>,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine of these parts.
    pub fn new(parts: Parts) -> Self {
        let Parts { table, views, clock, random, secret, settings, render, mailer } = parts;
        Self {
            table,
            views,
            clock,
            random,
            secret,
            settings,
            render,
            mailer,
            gates: door::Gates::default(),
            keyring: tickets::Keyring::default(),
            mailboxes: people::Mailboxes::default(),
            rosters: roster::Rosters::default(),
            includes: orders::Includes::default(),
            wake: work::Wake::default(),
        }
    }

    /// Now, in UTC, to the millisecond.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The same installation by another clock, with nothing in memory.
    pub(crate) fn by(&self, clock: Arc<dyn Clock>) -> Self {
        Self::new(Parts {
            table: Arc::clone(&self.table),
            views: Arc::clone(&self.views),
            clock,
            random: Arc::clone(&self.random),
            secret: self.secret.clone(),
            settings: self.settings.clone(),
            render: Arc::clone(&self.render),
            mailer: self.mailer.clone(),
        })
    }

    /// What the program was told.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// A fresh identifier of any kind.
    pub fn fresh<I: From<Ksuid>>(&self) -> I {
        let mut random = [0; 15];
        self.random.fill(&mut random);
        Ksuid::made_at(self.now().as_millisecond(), random).into()
    }

    /// A number of no meaning, to begin somewhere with.
    pub(crate) fn fresh_byte(&self) -> u8 {
        let mut byte = [0];
        self.random.fill(&mut byte);
        byte[0]
    }

    /// Any of so many shards; of one, the first.
    pub(crate) fn any_shard(&self, of: u16) -> u16 {
        if of <= 1 { 0 } else { u16::from(self.fresh_byte()) % of }
    }

    pub(crate) fn table(&self) -> &dyn Table {
        self.table.as_ref()
    }

    /// The table as public pages read it.
    pub(crate) fn views(&self) -> &dyn Table {
        self.views.as_ref()
    }

    pub(crate) fn random(&self) -> &dyn Random {
        self.random.as_ref()
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.secret
    }
}
