//! The fixture festival as it is written in `fixtures/festival.json`: things are named by keys there.

use std::collections::BTreeMap;

use domain::catalogue::{Day, Kind, Rate, RateId, Venue};
use domain::organisations::{Colour, TimeZoneName};
use domain::payments::Method;
use domain::values::{Amount, Currency, Slug, Text, Title};
use jiff::Timestamp;
use serde::Deserialize;

use crate::stop::{Fault, Stop};

const TEXT: &str = include_str!("../../fixtures/festival.json");

#[derive(Debug, Deserialize)]
pub(super) struct Fixture {
    pub(super) organisation: FixtureOrganisation,
    pub(super) event: FixtureEvent,
    pub(super) items: Vec<FixtureItem>,
    pub(super) passes: Vec<FixturePass>,
    pub(super) wristbands: Vec<FixtureRule>,
    pub(super) series: FixtureNamed,
    pub(super) small_event: FixtureNamed,
}

#[derive(Debug, Deserialize)]
pub(super) struct FixtureOrganisation {
    pub(super) slug: Slug,
    pub(super) name: Title,
    pub(super) currency: Currency,
    pub(super) time_zone: TimeZoneName,
}

#[derive(Debug, Deserialize)]
pub(super) struct FixtureEvent {
    pub(super) slug: Slug,
    pub(super) title: Title,
    pub(super) starts_at: Timestamp,
    pub(super) ends_at: Timestamp,
    pub(super) venue: Venue,
    pub(super) capacity: u32,
    pub(super) rates: Vec<Rate>,
    pub(super) payment_methods: Vec<Method>,
    pub(super) rooms: Vec<Title>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FixtureItem {
    pub(super) key: String,
    pub(super) name: Title,
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    pub(super) day: Day,
    pub(super) prices: BTreeMap<RateId, Amount>,
    pub(super) capacity: u32,
}

#[derive(Debug, Deserialize)]
pub(super) struct FixturePass {
    pub(super) key: String,
    pub(super) name: Title,
    pub(super) includes: Vec<String>,
    pub(super) prices: BTreeMap<RateId, Amount>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FixtureRule {
    pub(super) when: FixtureWhen,
    pub(super) hand_out: FixtureBand,
    pub(super) skip: domain::door::Skip,
}

#[derive(Debug, Deserialize)]
pub(super) struct FixtureWhen {
    #[serde(default)]
    pub(super) all: Vec<String>,
    #[serde(default)]
    pub(super) any: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FixtureBand {
    pub(super) name: Text<60>,
    pub(super) colour: Colour,
    pub(super) material: Text<60>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FixtureNamed {
    pub(super) slug: Slug,
    pub(super) title: Title,
}

impl Fixture {
    pub(super) fn read() -> Result<Self, Stop> {
        serde_json::from_str(TEXT).map_err(|error| {
            tracing::error!(%error, "fixtures/festival.json");
            Fault::Impossible("the fixture festival does not parse").into()
        })
    }
}
