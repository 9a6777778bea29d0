//! What can be bought of an event, for everybody.

use std::collections::BTreeMap;

use domain::pricing::{ItemOption, Left, NextPrice, Options, PassOption, options};
use engine::scope::ShopScope;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::pricing::amounts;
use crate::answer::{At, Shown};
use crate::call::Call;
use crate::problem::Problem;

/// What can be bought now.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Options")]
pub struct OptionsShown {
    passes: Vec<PassOptionShown>,
    items: Vec<ItemOptionShown>,
    /// What all amounts are in.
    currency: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PassOption")]
struct PassOptionShown {
    id: String,
    name: String,
    description: String,
    /// Its items.
    includes: Vec<String>,
    /// What it costs now, in minor units by rate.
    price: BTreeMap<String, i64>,
    next_price: Option<NextPriceShown>,
    /// What it saves against its items one by one.
    saving: BTreeMap<String, i64>,
    availability: Availability,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ItemOption")]
struct ItemOptionShown {
    id: String,
    name: String,
    description: String,
    /// What it costs now, in minor units by rate.
    price: BTreeMap<String, i64>,
    next_price: Option<NextPriceShown>,
    availability: Availability,
    #[serde(rename = "type")]
    kind: &'static str,
    /// A date, `all`, or null.
    day: Option<String>,
}

/// What it will cost next, and when that begins.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NextPrice")]
struct NextPriceShown {
    prices: BTreeMap<String, i64>,
    /// At this instant at the latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_at: Option<At>,
    /// When so many have been held or sold in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    after_sold: Option<u32>,
}

/// How many more tickets can have it.
#[derive(Debug, Serialize, JsonSchema)]
struct Availability {
    /// Null where nothing limits it.
    left: Option<i64>,
    sold_out: bool,
    /// As leaders and as followers, where a role is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<RolesLeft>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RolesLeft {
    leader: i64,
    follower: i64,
}

impl OptionsShown {
    /// What can be bought at an instant.
    pub fn of(all: &Options, at: Timestamp, currency: &'static str) -> Self {
        let (passes, items) = options(all, at);
        Self {
            passes: passes.into_iter().map(PassOptionShown::of).collect(),
            items: items.into_iter().map(ItemOptionShown::of).collect(),
            currency,
        }
    }
}

impl PassOptionShown {
    fn of(option: PassOption<'_>) -> Self {
        let PassOption { pass, price, next, saving, left } = option;
        Self {
            id: pass.id.to_string(),
            name: pass.name.to_string(),
            description: pass.description.to_string(),
            includes: pass.includes.iter().map(ToString::to_string).collect(),
            price: amounts(&price),
            next_price: next.as_ref().map(NextPriceShown::of),
            saving: amounts(&saving),
            availability: Availability::of(left),
        }
    }
}

impl ItemOptionShown {
    fn of(option: ItemOption<'_>) -> Self {
        let ItemOption { item, price, next, left } = option;
        Self {
            id: item.id.to_string(),
            name: item.name.to_string(),
            description: item.description.to_string(),
            price: amounts(&price),
            next_price: next.as_ref().map(NextPriceShown::of),
            availability: Availability::of(left),
            kind: item.kind.word(),
            day: item.day.map(|day| day.to_string()),
        }
    }
}

impl NextPriceShown {
    fn of(next: &NextPrice<'_>) -> Self {
        let NextPrice { step, from_at, after_sold } = next;
        Self { prices: amounts(&step.prices), from_at: from_at.map(At), after_sold: *after_sold }
    }
}

impl Availability {
    fn of(left: Left) -> Self {
        let roles = left.roles.map(|(leader, follower)| RolesLeft { leader, follower });
        Self { left: left.all, sold_out: left.is_sold_out(), roles }
    }
}

/// What can be bought now.
pub async fn read(call: Call<ShopScope>) -> Result<Shown<OptionsShown>, Problem> {
    let all = call.engine().read_options(&call.scope, call.event()?).await?;
    Ok(Shown(OptionsShown::of(&all, call.engine().now(), call.scope.organisation().currency.code())))
}
