//! Items and passes: what an event is built of and sold as.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{EventRef, Live};
use crate::pricing::PricingSchedule;
use crate::values::{ItemId, Ksuid, PassId, Prose, Title};

/// One thing that can be had at an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Identity.
    pub id: ItemId,
    /// Of which event.
    pub event: EventRef,
    /// Its name.
    pub name: Title,
    /// What it is, in words.
    #[serde(default)]
    pub description: Prose,
    /// What kind of thing.
    pub kind: Kind,
    /// When.
    #[serde(default)]
    pub day: Option<Day>,
    /// What it costs over time; an item without is never sold alone and has no value of its own.
    #[serde(default)]
    pub pricing: Option<PricingSchedule>,
    /// Most tickets that include it, if there is a limit.
    #[serde(default)]
    pub capacity: Option<u32>,
    /// There is, or was once, a limit: who takes a place is counted.
    #[serde(default)]
    pub counted: bool,
    /// Its places per role; then every ticket with it has a role.
    #[serde(default)]
    pub roles: Option<RolePlaces>,
    /// When it is on sale, alone or in a pass.
    pub live: Live,
    /// Can be bought without a pass.
    pub sold_alone: bool,
    /// Its place in lists, from 0.
    pub position: u32,
    /// Deleted after it had been sold.
    #[serde(default)]
    pub archived_at: Option<Timestamp>,
}

/// A bundle of items sold as one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pass {
    /// Identity.
    pub id: PassId,
    /// Of which event.
    pub event: EventRef,
    /// Its name.
    pub name: Title,
    /// How it is shown.
    #[serde(default)]
    pub description: Prose,
    /// Its items, at least one, each once.
    pub includes: Vec<ItemId>,
    /// What it costs over time.
    pub pricing: PricingSchedule,
    /// Most tickets with it, if there is a limit.
    #[serde(default)]
    pub capacity: Option<u32>,
    /// There is, or was once, a limit: who takes a place is counted.
    #[serde(default)]
    pub counted: bool,
    /// Its places per role; then every ticket with it has a role.
    #[serde(default)]
    pub roles: Option<RolePlaces>,
    /// When it is on sale.
    pub live: Live,
    /// Its place in lists, from 0.
    pub position: u32,
    /// Deleted after it had been sold.
    #[serde(default)]
    pub archived_at: Option<Timestamp>,
}

/// What kind of thing an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Teaching.
    Class,
    /// Dancing.
    Party,
    /// Something to hand out: a dinner, a shirt. May be had up to 10 times on a ticket.
    Physical,
    /// Something to send: a recording. Never used at a door.
    Digital,
    /// The whole event.
    Access,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Class, Self::Party, Self::Physical, Self::Digital, Self::Access];

    /// The word for it, as in requests and rows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Party => "party",
            Self::Physical => "physical",
            Self::Digital => "digital",
            Self::Access => "access",
        }
    }

    /// Most of it on one ticket.
    pub fn most_on_a_ticket(self) -> u32 {
        if self == Self::Physical { 10 } else { 1 }
    }
}

/// When an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Day {
    /// On one festival day.
    On(Date),
    /// On every day.
    All,
}

/// A text that is neither a date nor `all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither a date nor all")]
pub struct NotADay;

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        if text == "all" {
            return Ok(Self::All);
        }
        // The library also reads dates with times; a day is only ever written one way.
        let date = text.parse::<Date>().map_err(|_| NotADay)?;
        if date.to_string() == text { Ok(Self::On(date)) } else { Err(NotADay) }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(date) => fmt::Display::fmt(date, f),
            Self::All => f.write_str("all"),
        }
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// How somebody dances, where an item or pass asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Leads.
    Leader,
    /// Follows.
    Follower,
    /// Works for both; takes a place of whichever has more left.
    Switch,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Leader, Self::Follower, Self::Switch];

    /// The word for it, as in requests and rows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Follower => "follower",
            Self::Switch => "switch",
        }
    }
}

/// Places of each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolePlaces {
    /// For those who lead.
    pub leader: u32,
    /// For those who follow.
    pub follower: u32,
}

/// A pass or an item: what a line of an order is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// A pass.
    Pass(PassId),
    /// An item on its own.
    Item(ItemId),
}

impl Thing {
    /// Its identifier, whichever it is.
    pub fn ksuid(self) -> Ksuid {
        match self {
            Self::Pass(id) => id.0,
            Self::Item(id) => id.0,
        }
    }
}

impl Item {
    /// Can be bought now, alone or within a pass, as far as its own dates say.
    pub fn is_on_sale(&self, at: Timestamp) -> bool {
        self.archived_at.is_none() && self.live.is_at(at)
    }
}

impl Pass {
    /// Can be bought now, as far as its own dates say.
    pub fn is_on_sale(&self, at: Timestamp) -> bool {
        self.archived_at.is_none() && self.live.is_at(at)
    }
}
