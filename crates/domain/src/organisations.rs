//! Organisations: the tenants of a platform.

use serde::{Deserialize, Serialize};

use crate::values::{Currency, Email, Prose, Slug, Text, Title};

/// A tenant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its name in addresses; never changes.
    pub slug: Slug,
    /// Its name.
    pub name: Title,
    /// What all its prices are in; never changes.
    pub currency: Currency,
    /// IANA zone that its events begin with.
    pub time_zone: TimeZoneName,
    /// Whether it may sell.
    pub status: OrganisationStatus,
    /// The platform's share of each sale, in hundredths of a percent (250 is 2.5 %).
    pub fee: u32,
    /// What it says of itself on its page.
    #[serde(default)]
    pub description: Prose,
    /// Where answers to its mail, and requests for help, go.
    #[serde(default)]
    pub reply_to: Option<Email>,
    /// The colour of its pages, `#rrggbb`.
    #[serde(default)]
    pub brand_colour: Option<Colour>,
    /// Its own site.
    #[serde(default)]
    pub website: Option<Text<300>>,
    /// What a buyer who pays by bank transfer must know: account, bank, reference.
    #[serde(default)]
    pub bank_details: Prose,
    /// Over how many partitions of the store the list of its customers is spread: as many as the lists of any of its
    /// events. See [`crate::catalogue::Shards`].
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub customer_shards: u16,
}

fn one() -> u16 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives what it asks about by reference")]
fn is_one(shards: &u16) -> bool {
    *shards == 1
}

/// Whether an organisation is in business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationStatus {
    /// It is.
    Active,
    /// The platform stopped it: nothing is sold, doors still work.
    Suspended,
}

/// The name of an IANA time zone that this program knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeZoneName(String);

/// A name that is no time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time zone")]
pub struct NotATimeZone;

impl TimeZoneName {
    /// The zone's name, `Europe/London`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The zone, with its rules. UTC should the name be gone from the data that it was once read with.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.0).unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

impl std::str::FromStr for TimeZoneName {
    type Err = NotATimeZone;

    fn from_str(name: &str) -> Result<Self, NotATimeZone> {
        let zone = jiff::tz::TimeZone::get(name).map_err(|_| NotATimeZone)?;
        zone.iana_name().map(|name| Self(name.to_owned())).ok_or(NotATimeZone)
    }
}

impl TryFrom<String> for TimeZoneName {
    type Error = NotATimeZone;

    fn try_from(name: String) -> Result<Self, NotATimeZone> {
        name.parse()
    }
}

impl From<TimeZoneName> for String {
    fn from(name: TimeZoneName) -> Self {
        name.0
    }
}

/// A colour, `#rrggbb` in small letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(String);

/// A text that is no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a colour of the form #rrggbb")]
pub struct NotAColour;

impl Colour {
    /// `#rrggbb`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').ok_or(NotAColour)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAColour);
        }
        Ok(Self(text.to_ascii_lowercase()))
    }
}

impl TryFrom<String> for Colour {
    type Error = NotAColour;

    fn try_from(text: String) -> Result<Self, NotAColour> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.0
    }
}
