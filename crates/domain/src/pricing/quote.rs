//! Quotes: the cheapest way to have some items.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::cover::{ItemSet, Offer, cheapest_cover};
use super::options::{Left, Options, options};
use crate::Refusal;
use crate::catalogue::{RateId, Role, Thing};
use crate::values::{Amount, Faults, ItemId, Pointer, Text, Wrong};

/// Most items that a cover is looked for.
pub const MOST_ITEMS: usize = 30;

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteRequest {
    /// The items, at least one.
    pub items: Vec<ItemId>,
    /// At which rate; none means the event's first.
    pub rate: Option<RateId>,
    /// In which role.
    pub role: Option<Role>,
    /// For how many people, 1 or more.
    pub quantity: u32,
}

/// The cheapest cover.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// What to buy. Of a pass or item that crosses a price step, one line for each step.
    pub lines: Vec<QuoteLine>,
    /// What that costs, for all people together.
    pub total: Amount,
    /// What one gets on top of what was asked for.
    pub extras: Vec<ItemId>,
    /// What all items received would cost on their own, less the total; never below 0.
    pub saving: Amount,
}

/// Something to buy.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteLine {
    /// What.
    pub thing: Thing,
    /// At which step of its prices; its name.
    pub step: Text<60>,
    /// How many.
    pub quantity: u32,
    /// Of one.
    pub price: Amount,
}

/// Finds the cheapest set of what is on sale at `at`, and left, that includes all that is wanted.
pub fn quote(all: &Options, request: &QuoteRequest, at: Timestamp) -> Result<Quote, Refusal> {
    let faults = faults_of_quote(all, request);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults));
    }
    let rate = request.rate.clone().or_else(|| all.event.rates.first().map(|rate| rate.id.clone()));
    let rate = rate.ok_or_else(|| Refusal::invalid(Pointer::to("rate"), Wrong::Unknown("rate")))?;
    if !all.event.is_on_sale(at) {
        return Err(Refusal::SalesClosed(Faults::one(Pointer::root(), Wrong::NotOnSale)));
    }
    let wanted: BTreeSet<ItemId> = request.items.iter().copied().collect();
    let (things, offers, order) = offers(all, &wanted, &rate, request, at);
    let bit = |id: &ItemId| order.iter().position(|other| other == id);
    let set = wanted.iter().filter_map(bit).fold(ItemSet::default(), ItemSet::with);
    let chosen = cheapest_cover(&offers, set).ok_or_else(|| not_covered(request, &offers, &order))?;
    let chosen: Vec<Thing> = chosen.into_iter().filter_map(|index| things.get(index).copied()).collect();
    Ok(priced(all, request, &rate, &chosen, at))
}

/// What is wrong with a request as it stands, whenever it comes.
pub fn faults_of_quote(all: &Options, request: &QuoteRequest) -> Faults {
    let mut faults = Faults::none();
    let items = Pointer::to("items");
    if request.items.is_empty() {
        faults.add(items.clone(), Wrong::TooFew(1));
    }
    if request.items.len() > MOST_ITEMS {
        faults.add(items.clone(), Wrong::TooLong(MOST_ITEMS));
    }
    let mut seen = BTreeSet::new();
    for (index, id) in request.items.iter().enumerate() {
        if all.item(*id).is_none() {
            faults.add(items.then(index), Wrong::Unknown("item"));
        } else if !seen.insert(*id) {
            faults.add(items.then(index), Wrong::Repeated);
        }
    }
    if request.rate.as_ref().is_some_and(|rate| all.event.rate(rate).is_none()) {
        faults.add(Pointer::to("rate"), Wrong::Unknown("rate"));
    }
    faults
}

/// What can be bought now, at the rate and in the role, and covers something that is wanted. The order numbers the items.
fn offers(
    all: &Options,
    wanted: &BTreeSet<ItemId>,
    rate: &RateId,
    request: &QuoteRequest,
    at: Timestamp,
) -> (Vec<Thing>, Vec<Offer>, Vec<ItemId>) {
    let (passes, items) = options(all, at);
    let has_room = |left: Left| {
        let needed = i64::from(request.quantity);
        let roles = left.roles.is_none_or(|(leaders, followers)| match request.role {
            Some(Role::Leader) => leaders >= needed,
            Some(Role::Follower) => followers >= needed,
            Some(Role::Switch) | None => leaders + followers >= needed,
        });
        roles && left.all.is_none_or(|left| left >= needed)
    };
    let passes = passes.iter().filter(|option| has_room(option.left)).filter_map(|option| {
        Some((Thing::Pass(option.pass.id), option.pass.includes.clone(), *option.price.get(rate)?))
    });
    let items = items
        .iter()
        .filter(|option| has_room(option.left))
        .filter_map(|option| Some((Thing::Item(option.item.id), vec![option.item.id], *option.price.get(rate)?)));
    let useful: Vec<(Thing, Vec<ItemId>, Amount)> =
        passes.chain(items).filter(|(_, gives, _)| gives.iter().any(|item| wanted.contains(item))).collect();
    // The wanted ones first, so that however many an event has, the set holds all that matters.
    let others: BTreeSet<ItemId> =
        useful.iter().flat_map(|(_, gives, _)| gives).copied().filter(|item| !wanted.contains(item)).collect();
    let order: Vec<ItemId> = wanted.iter().copied().chain(others).take(ItemSet::MOST).collect();
    let bit = |id: &ItemId| order.iter().position(|other| other == id);
    let offers = useful
        .iter()
        .map(|(_, gives, price)| Offer {
            gives: gives.iter().filter_map(bit).fold(ItemSet::default(), ItemSet::with),
            price: *price,
        })
        .collect();
    (useful.into_iter().map(|(thing, _, _)| thing).collect(), offers, order)
}

/// Names the wanted items that nothing on offer gives.
fn not_covered(request: &QuoteRequest, offers: &[Offer], order: &[ItemId]) -> Refusal {
    let on_offer = |id: &ItemId| {
        let bit = order.iter().position(|other| other == id);
        bit.is_some_and(|bit| offers.iter().any(|offer| offer.gives.has(bit)))
    };
    let missing = request.items.iter().enumerate().filter(|(_, id)| !on_offer(id));
    let faults = missing
        .map(|(index, _)| crate::values::Fault { at: Pointer::to("items").then(index), wrong: Wrong::NotOnSale });
    Refusal::CannotBeCovered(faults.collect())
}

fn priced(all: &Options, request: &QuoteRequest, rate: &RateId, chosen: &[Thing], at: Timestamp) -> Quote {
    let mut counters = all.counters.clone();
    let mut lines = Vec::new();
    let mut received = BTreeSet::new();
    for thing in chosen {
        let pricing = match thing {
            Thing::Pass(id) => {
                let Some(pass) = all.pass(*id) else { continue };
                received.extend(pass.includes.iter().copied());
                Some(&pass.pricing)
            }
            Thing::Item(id) => {
                received.insert(*id);
                all.item(*id).and_then(|item| item.pricing.as_ref())
            }
        };
        for part in pricing.iter().flat_map(|pricing| pricing.allot(request.quantity, at, &mut counters)) {
            let price = part.step.prices.get(rate).copied().unwrap_or_default();
            lines.push(QuoteLine { thing: *thing, step: part.step.name.clone(), quantity: part.quantity, price });
        }
    }
    let total: Amount = lines.iter().map(|line| line.price.times(line.quantity)).sum();
    let alone: Amount = received.iter().map(|item| all.value_of(*item, rate, at)).sum();
    let extras = all.items.iter().map(|item| item.id);
    let extras = extras.filter(|id| received.contains(id) && !request.items.contains(id)).collect();
    Quote { lines, total, extras, saving: (alone.times(request.quantity) - total).at_least_zero() }
}
