//! What can be bought of an event: prices now and next, what passes save, what is left.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Counters, NextPrice, PricingSchedule};
use crate::catalogue::{Event, Item, Pass, RateId, Thing};
use crate::orders::{Place, StockRole};
use crate::values::{Amount, ItemId};

/// All that an event sells, as it was read: what options, quotes and pages are made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The event.
    pub event: Event,
    /// Its passes, in their order; not those that were archived.
    pub passes: Vec<Pass>,
    /// Its items, in their order; not those that were archived.
    pub items: Vec<Item>,
    /// What is left of steps that count.
    pub counters: Counters,
    /// What is left of each place that has a limit.
    pub left: BTreeMap<Place, i64>,
}

/// A pass that can be seen in the shop.
#[derive(Debug, Clone, PartialEq)]
pub struct PassOption<'a> {
    /// The pass.
    pub pass: &'a Pass,
    /// Its price of now, per rate.
    pub price: BTreeMap<RateId, Amount>,
    /// What it will cost next.
    pub next: Option<NextPrice<'a>>,
    /// What it saves against its items one by one, per rate.
    pub saving: BTreeMap<RateId, Amount>,
    /// What is left.
    pub left: Left,
}

/// An item that can be seen in the shop on its own.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemOption<'a> {
    /// The item.
    pub item: &'a Item,
    /// Its price of now, per rate.
    pub price: BTreeMap<RateId, Amount>,
    /// What it will cost next.
    pub next: Option<NextPrice<'a>>,
    /// What is left.
    pub left: Left,
}

/// How many more tickets can have something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// In all; none where nothing limits it.
    pub all: Option<i64>,
    /// As leaders and as followers, where the thing asks for a role.
    pub roles: Option<(i64, i64)>,
}

impl Left {
    /// Nobody can have it any more.
    pub fn is_sold_out(self) -> bool {
        self.all.is_some_and(|left| left <= 0)
    }
}

/// The passes and items that are on sale at an instant, in their order. An event that is not on sale has none.
pub fn options(all: &Options, at: Timestamp) -> (Vec<PassOption<'_>>, Vec<ItemOption<'_>>) {
    if !all.event.is_on_sale(at) {
        return (Vec::new(), Vec::new());
    }
    let passes = all.passes.iter().filter(|pass| pass.is_on_sale(at)).map(|pass| PassOption {
        pass,
        price: all.price_of(&pass.pricing, at),
        next: pass.pricing.next_at(at, &all.counters),
        saving: all.savings(pass, at),
        left: all.left_of(Thing::Pass(pass.id)),
    });
    let items = all.items.iter().filter(|item| item.is_on_sale(at) && item.sold_alone).filter_map(|item| {
        let pricing = item.pricing.as_ref()?;
        Some(ItemOption {
            item,
            price: all.price_of(pricing, at),
            next: pricing.next_at(at, &all.counters),
            left: all.left_of(Thing::Item(item.id)),
        })
    });
    (passes.collect(), items.collect())
}

impl Options {
    /// The pass of that identifier.
    pub fn pass(&self, id: crate::values::PassId) -> Option<&Pass> {
        self.passes.iter().find(|pass| pass.id == id)
    }

    /// The item of that identifier.
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Its prices of now, per rate.
    pub fn price_of(&self, pricing: &PricingSchedule, at: Timestamp) -> BTreeMap<RateId, Amount> {
        pricing.step_at(at, &self.counters).map(|step| step.prices.clone()).unwrap_or_default()
    }

    /// What an item costs on its own now, at a rate; nothing where it has no price of its own.
    pub fn value_of(&self, item: ItemId, rate: &RateId, at: Timestamp) -> Amount {
        let pricing = self.item(item).and_then(|item| item.pricing.as_ref());
        pricing.and_then(|pricing| pricing.price_at(rate, at, &self.counters)).unwrap_or_default()
    }

    /// What a pass saves at each rate that it is sold at: its items one by one, less its own price, never below 0.
    pub fn savings(&self, pass: &Pass, at: Timestamp) -> BTreeMap<RateId, Amount> {
        let prices = self.price_of(&pass.pricing, at);
        let saving = |(rate, price): (RateId, Amount)| {
            let alone: Amount = pass.includes.iter().map(|item| self.value_of(*item, &rate, at)).sum();
            (rate, (alone - price).at_least_zero())
        };
        prices.into_iter().map(saving).collect()
    }

    /// What is left of something: the least of all the limits that apply, those of its items and of the event included.
    pub fn left_of(&self, thing: Thing) -> Left {
        let includes: &[ItemId] = match thing {
            Thing::Pass(id) => self.pass(id).map(|pass| pass.includes.as_slice()).unwrap_or_default(),
            Thing::Item(_) => &[],
        };
        let own = match thing {
            Thing::Pass(id) => self.pass(id).map(Pass::capacities),
            Thing::Item(id) => self.item(id).map(Item::capacities),
        };
        let of_items = includes.iter().filter_map(|id| self.item(*id)).map(Item::capacities);
        let groups: Vec<Vec<(Place, u32)>> =
            std::iter::once(self.event.capacities()).chain(own).chain(of_items).collect();
        let least_of = |wanted: StockRole| -> Option<i64> {
            let places = groups.iter().flatten().map(|(place, _)| place).filter(|place| place.role == wanted);
            places.map(|place| self.left.get(place).copied().unwrap_or_default().max(0)).min()
        };
        let everybody = least_of(StockRole::All);
        let capped = |left: i64| everybody.map_or(left, |all| all.min(left));
        let roles = least_of(StockRole::Leader)
            .zip(least_of(StockRole::Follower))
            .map(|(leaders, followers)| (capped(leaders), capped(followers)));
        let all = roles.map(|(leaders, followers)| capped(leaders + followers)).or(everybody);
        Left { all, roles }
    }
}
