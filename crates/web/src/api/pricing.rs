//! What items and passes have in common: prices over time, roles, and when they are on sale.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::catalogue::{Live, MOST_RATES, MOST_STEPS, RateId, RolePlaces};
use domain::pricing::{PriceStep, PricingSchedule};
use domain::values::{Amount, Fault, Faults, Pointer, StepId, Text};
use engine::Engine;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

use crate::answer::At;
use crate::input::{Count, Fields, Kind, KindExt as _, amount, count, instant, line, list, map, object, rate};

/// A step of a pricing schedule as a request has it.
#[derive(Debug, Clone, PartialEq)]
pub struct StepBody {
    name: Text<60>,
    prices: BTreeMap<RateId, Amount>,
    until_at: Option<Timestamp>,
    until_sold: Option<u32>,
}

/// Most that can be had of anything.
const MOST: u32 = 1_000_000;

/// A capacity.
pub(super) fn capacity() -> Count {
    count(0..=MOST)
}

/// An amount for each rate.
pub(super) fn prices() -> impl Kind<Value = BTreeMap<RateId, Amount>> {
    map(MOST_RATES, rate(), amount())
}

/// A pricing schedule.
pub(super) fn pricing_schedule() -> impl Kind<Value = Vec<StepBody>> {
    list(1..=MOST_STEPS, object(step))
}

fn step(fields: &mut Fields<'_>) -> Option<StepBody> {
    let name = fields.required("name", line());
    let prices = fields.required("prices", prices());
    let until_at = fields.optional("until_at", instant().about("The first instant of the next step."));
    let until_sold =
        fields.optional("until_sold", count(1..=MOST).about("It ends when so many are held or sold in all."));
    Some(StepBody { name: name?, prices: prices?, until_at, until_sold })
}

/// Places for each role.
pub(super) fn roles(fields: &mut Fields<'_>) -> Option<RolePlaces> {
    let leader = fields.required("leader", capacity());
    let follower = fields.required("follower", capacity());
    Some(RolePlaces { leader: leader?, follower: follower? })
}

/// The one step that `prices` stand for.
pub(super) fn only_step(prices: BTreeMap<RateId, Amount>) -> Option<StepBody> {
    Some(StepBody { name: "Price".parse().ok()?, prices, until_at: None, until_sold: None })
}

impl StepBody {
    /// As an operation takes it, with a fresh identifier.
    pub(super) fn step(&self, engine: &Engine) -> PriceStep {
        PriceStep {
            id: engine.fresh::<StepId>(),
            name: self.name.clone(),
            prices: self.prices.clone(),
            until_at: self.until_at,
            until_sold: self.until_sold,
        }
    }
}

/// A step of a pricing schedule.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "PriceStep")]
pub(super) struct StepShown {
    /// "Early bird".
    name: String,
    /// The amount of each rate, in minor units.
    prices: BTreeMap<String, i64>,
    /// The first instant of the next step.
    until_at: Option<At>,
    /// It ends when so many are held or sold in all.
    until_sold: Option<u32>,
}

/// The steps of a schedule.
pub(super) fn steps_shown(pricing: &PricingSchedule) -> Vec<StepShown> {
    let steps = pricing.steps.iter().map(|step| StepShown {
        name: step.name.to_string(),
        prices: amounts(&step.prices),
        until_at: step.until_at.map(At),
        until_sold: step.until_sold,
    });
    steps.collect()
}

/// Amounts by rate, in minor units.
pub(super) fn amounts(prices: &BTreeMap<RateId, Amount>) -> BTreeMap<String, i64> {
    prices.iter().map(|(rate, amount)| (rate.to_string(), amount.units())).collect()
}

/// Places for each role.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[schemars(rename = "RolePlaces")]
pub(super) struct RolesShown {
    /// For those who lead.
    leader: u32,
    /// For those who follow.
    follower: u32,
}

impl RolesShown {
    pub(super) fn of(roles: RolePlaces) -> Self {
        Self { leader: roles.leader, follower: roles.follower }
    }
}

/// When something is on sale: yes, no, or between two instants.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum LiveShown {
    /// Always, or never.
    Flag(bool),
    /// Between two instants.
    Between {
        /// The first.
        #[serde(skip_serializing_if = "Option::is_none")]
        from_at: Option<At>,
        /// The first after.
        #[serde(skip_serializing_if = "Option::is_none")]
        until_at: Option<At>,
    },
}

impl LiveShown {
    pub(super) fn of(live: Live) -> Self {
        match live {
            Live::No => Self::Flag(false),
            Live::Yes => Self::Flag(true),
            Live::Between { from_at, until_at } => {
                Self::Between { from_at: from_at.map(At), until_at: until_at.map(At) }
            }
        }
    }
}

/// A thing as a request would write it: its answer without what only answers have.
pub(super) fn as_request(shown: &impl Serialize, only_in_answers: &[&str]) -> Json {
    let mut form = serde_json::to_value(shown).unwrap_or_default();
    if let Json::Object(fields) = &mut form {
        fields.retain(|name, value| !value.is_null() && !only_in_answers.contains(&name.as_str()));
    }
    form
}

/// Where a request gave `prices`, faults of their step stand there.
pub(super) fn faults_of_prices(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Invalid(faults) => Refusal::Invalid(at_prices_of(faults)),
        other => other,
    }
}

/// The same of faults.
pub(super) fn at_prices_of(faults: Faults) -> Faults {
    faults.into_iter().map(moved).collect()
}

fn moved(fault: Fault) -> Fault {
    match fault.at.as_str().strip_prefix("/pricing_schedule/0/prices") {
        Some(rest) => {
            let parts = rest.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~"));
            Fault { at: parts.fold(Pointer::to("prices"), |at, part| at.then(part)), wrong: fault.wrong }
        }
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::catalogue::{GREATEST_CAPACITY, LONGEST_HOLD_MINUTES};
    use domain::values::Wrong;

    #[test]
    fn our_bounds_are_the_domains() {
        assert_eq!(i64::from(MOST), GREATEST_CAPACITY);
        assert_eq!(i64::from(super::super::events::LONGEST_HOLD), LONGEST_HOLD_MINUTES);
    }

    #[test]
    fn faults_of_the_one_step_stand_at_prices() {
        let at = Pointer::to("pricing_schedule").then(0).then("prices").then("gold");
        let refusal = faults_of_prices(Refusal::invalid(at, Wrong::Unknown("rate")));
        assert_eq!(refusal, Refusal::invalid(Pointer::to("prices").then("gold"), Wrong::Unknown("rate")));
    }
}
