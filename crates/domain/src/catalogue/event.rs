//! Events: what people come to.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::door::WristbandRule;
use crate::organisations::TimeZoneName;
use crate::payments::Method;
use crate::values::{Prose, Slug, Text, Title};

/// Which event: of which organisation, by which slug.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventRef {
    /// Whose.
    pub organisation: Slug,
    /// One word; of an instance of a series `{series}-{YYYY-MM-DD}`.
    pub event: Slug,
}

impl EventRef {
    /// An event's reference.
    pub fn new(organisation: &Slug, event: &Slug) -> Self {
        Self { organisation: organisation.clone(), event: event.clone() }
    }
}

impl fmt::Debug for EventRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.organisation, self.event)
    }
}

/// An event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Which.
    pub event: EventRef,
    /// Its name.
    pub title: Title,
    /// What it is, as its page says.
    #[serde(default)]
    pub description: Prose,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends; later.
    pub ends_at: Timestamp,
    /// The zone in which its times are shown and its festival days are counted.
    pub time_zone: TimeZoneName,
    /// Where it is.
    #[serde(default)]
    pub venue: Option<Venue>,
    /// Most tickets, if there is a limit.
    #[serde(default)]
    pub capacity: Option<u32>,
    /// There is, or was once, a limit: who takes a place is counted.
    #[serde(default)]
    pub counted: bool,
    /// Who prices are for; 1 to 4, the first is the usual one.
    pub rates: Vec<Rate>,
    /// Its rooms, in the order of the programme.
    #[serde(default)]
    pub rooms: Vec<Title>,
    /// How the public may pay.
    pub payment_methods: Vec<Method>,
    /// How long a hold lasts.
    pub hold_minutes: u32,
    /// Whether it is public.
    pub status: EventStatus,
    /// Which series it belongs to.
    #[serde(default)]
    pub series: Option<Slug>,
    /// What the door hands out.
    #[serde(default)]
    pub wristbands: Vec<WristbandRule>,
    /// Over how many partitions what everybody writes at once is spread.
    #[serde(default, skip_serializing_if = "Shards::is_default")]
    pub shards: Shards,
}

/// Over how many partitions of the store what everybody writes at once is spread. Raised for a sale that begins with a
/// rush, never lowered; one of each is enough for all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shards {
    /// Of each stock of the event and of what it sells; 1 to [`Shards::MOST`].
    pub stock: u16,
    /// Of the lists of its orders and tickets; 1 to [`Shards::MOST`].
    pub lists: u16,
}

impl Shards {
    /// Most partitions of anything.
    pub const MOST: u16 = 32;

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives what it asks about by reference")]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Shards {
    fn default() -> Self {
        Self { stock: 1, lists: 1 }
    }
}

/// Where an event is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Venue {
    /// Its name.
    pub name: Title,
    /// Its address, in one line.
    #[serde(default)]
    pub address: Option<Text<300>>,
}

/// Who a price is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// Its name in prices.
    pub id: RateId,
    /// Its name on pages.
    pub name: Text<60>,
    /// The door asks for proof: a student's card.
    #[serde(default)]
    pub proof_required: bool,
}

/// A rate's name in prices: `[a-z0-9_-]`, 1–40 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RateId(std::sync::Arc<str>);

/// A text that is no rate's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a rate's name: small letters, digits, hyphens and underscores, 1 to 40 characters")]
pub struct NotARateId;

impl RateId {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RateId {
    type Err = NotARateId;

    fn from_str(text: &str) -> Result<Self, NotARateId> {
        let holds = (1..=40).contains(&text.len())
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'));
        if holds { Ok(Self(text.into())) } else { Err(NotARateId) }
    }
}

impl TryFrom<String> for RateId {
    type Error = NotARateId;

    fn try_from(text: String) -> Result<Self, NotARateId> {
        text.parse()
    }
}

impl From<RateId> for String {
    fn from(id: RateId) -> Self {
        id.0.as_ref().to_owned()
    }
}

impl fmt::Display for RateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether an event is public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventStatus {
    /// Only staff see it.
    Draft,
    /// Everybody sees it, and buys what is live.
    Live,
    /// Everybody sees that it does not take place.
    Cancelled,
    /// Over and put away.
    Archived,
}

impl EventStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Live, Self::Cancelled, Self::Archived];

    /// The word for it, as in requests and rows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Live => "live",
            Self::Cancelled => "cancelled",
            Self::Archived => "archived",
        }
    }
}

impl Event {
    /// The rate of that name, if the event has it.
    pub fn rate(&self, id: &RateId) -> Option<&Rate> {
        self.rates.iter().find(|rate| rate.id == *id)
    }

    /// Everybody may see it.
    pub fn is_public(&self) -> bool {
        matches!(self.status, EventStatus::Live | EventStatus::Cancelled)
    }

    /// Something of it may be sold to the public now.
    pub fn is_on_sale(&self, at: Timestamp) -> bool {
        self.status == EventStatus::Live && at < self.ends_at
    }
}
