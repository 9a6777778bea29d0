//! Wristbands: rules, first to last, that say what the door hands out for a ticket.
//!
//! Says what a ticket is due in all. What of that was handed out already is what its scans say ([`super::fold`]).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Event, RateId, Thing};
use crate::organisations::Colour;
use crate::tickets::Ticket;
use crate::values::{Faults, ItemId, Ksuid, PassId, Pointer, Text, Wrong};

/// Most rules of an event.
pub const MOST_RULES: usize = 100;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WristbandRule {
    /// For which tickets.
    pub when: When,
    /// What they get.
    pub hand_out: Wristband,
    /// Which bands they then do not get from the rules after it.
    #[serde(default)]
    pub skip: Skip,
}

/// For which tickets a rule applies: all of its conditions hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct When {
    /// Holds all of these items or passes; empty is no condition.
    #[serde(default)]
    pub all: Vec<Ksuid>,
    /// Holds at least one of these items or passes; empty is no condition.
    #[serde(default)]
    pub any: Vec<Ksuid>,
    /// Is at one of these rates; empty is no condition.
    #[serde(default)]
    pub rates: Vec<RateId>,
}

/// What is handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wristband {
    /// "Full"; unique among the rules of an event.
    pub name: Text<60>,
    /// Its colour.
    pub colour: Colour,
    /// "plastic", "paper ticket", "hand stamp".
    pub material: Text<60>,
}

/// Which bands a rule takes out of the rules after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Skip {
    /// These, by name.
    Named(Vec<Text<60>>),
    /// All.
    Rest(Rest),
}

/// The word `rest`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// `rest`
    Rest,
}

impl Default for Skip {
    fn default() -> Self {
        Self::Named(Vec::new())
    }
}

/// What rules ask about a ticket.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holdings {
    /// The items that it admits to, and the passes that were bought for it.
    pub things: BTreeSet<Ksuid>,
    /// At which rate.
    pub rate: RateId,
}

impl Holdings {
    /// What a ticket with these items and passes holds.
    pub fn new(
        items: impl IntoIterator<Item = ItemId>,
        passes: impl IntoIterator<Item = PassId>,
        rate: RateId,
    ) -> Self {
        let things = items.into_iter().map(|item| item.0).chain(passes.into_iter().map(|pass| pass.0)).collect();
        Self { things, rate }
    }
}

impl Ticket {
    /// What rules for wristbands ask about it. An item that was bought counts while the ticket admits to it.
    pub fn holdings(&self) -> Holdings {
        let items = self.entitlements.iter().map(|entitlement| entitlement.item);
        Holdings::new(items, self.passes(), self.rate.clone())
    }
}

impl When {
    /// Do all of its conditions hold?
    pub fn holds(&self, holdings: &Holdings) -> bool {
        self.all.iter().all(|id| holdings.things.contains(id))
            && (self.any.is_empty() || self.any.iter().any(|id| holdings.things.contains(id)))
            && (self.rates.is_empty() || self.rates.contains(&holdings.rate))
    }
}

/// The bands that a ticket is due in all, in the order of the rules. A rule whose band was taken out by one before it
/// does nothing at all.
pub fn bands_due(rules: &[WristbandRule], holdings: &Holdings) -> Vec<Wristband> {
    let mut skipped: BTreeSet<&Text<60>> = BTreeSet::new();
    let mut due = Vec::new();
    for rule in rules {
        if skipped.contains(&rule.hand_out.name) || !rule.when.holds(holdings) {
            continue;
        }
        due.push(rule.hand_out.clone());
        match &rule.skip {
            Skip::Rest(Rest::Rest) => break,
            Skip::Named(names) => skipped.extend(names),
        }
    }
    due
}

/// What is wrong with rules as they are wanted for an event that sells these things: names twice, and items, passes,
/// rates and bands that there are not.
pub fn check_rules(rules: &[WristbandRule], event: &Event, things: &BTreeSet<Thing>) -> Faults {
    let ids: BTreeSet<Ksuid> = things.iter().map(|thing| thing.ksuid()).collect();
    let names: BTreeSet<&Text<60>> = rules.iter().map(|rule| &rule.hand_out.name).collect();
    let mut faults = Faults::none();
    if rules.len() > MOST_RULES {
        faults.add(Pointer::to("rules"), Wrong::TooLong(MOST_RULES));
    }
    let mut seen = BTreeSet::new();
    for (index, rule) in rules.iter().enumerate() {
        let at = Pointer::to("rules").then(index);
        let when = at.then("when");
        for (field, wanted) in [("all", &rule.when.all), ("any", &rule.when.any)] {
            let unknown = wanted.iter().enumerate().filter(|(_, id)| !ids.contains(id));
            unknown.for_each(|(place, _)| faults.add(when.then(field).then(place), Wrong::Unknown("item or pass")));
        }
        let rates = rule.when.rates.iter().enumerate().filter(|(_, rate)| event.rate(rate).is_none());
        rates.for_each(|(place, _)| faults.add(when.then("rates").then(place), Wrong::Unknown("rate")));
        if !seen.insert(&rule.hand_out.name) {
            faults.add(at.then("hand_out").then("name"), Wrong::Repeated);
        }
        if let Skip::Named(skip) = &rule.skip {
            let unknown = skip.iter().enumerate().filter(|(_, name)| !names.contains(name));
            unknown.for_each(|(place, _)| faults.add(at.then("skip").then(place), Wrong::Unknown("wristband")));
        }
    }
    faults
}

#[cfg(test)]
pub(in crate::door) mod tests;
