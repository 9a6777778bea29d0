//! Places: what can run out. What has a capacity has a stock; all of an order's places are taken together or none.
//!
//! A stock stays when its limit is lifted, and counts on from [`UNLIMITED`]: so whoever has a place has it on record, and
//! a limit that comes back counts them all.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Event, EventRef, Item, Pass, Role, Thing};
use crate::values::StepId;

/// What a stock is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StockOf {
    /// The event: it counts tickets.
    Event(EventRef),
    /// A pass or an item: it counts tickets that include it.
    Thing(Thing),
    /// A price step that ends after so many were sold: it counts units.
    Step(StepId),
}

/// Whose places: everybody's, or one role's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StockRole {
    /// Everybody's.
    All,
    /// Those who lead.
    Leader,
    /// Those who follow.
    Follower,
}

/// One kind of place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Of what.
    pub of: StockOf,
    /// For whom.
    pub role: StockRole,
}

impl Place {
    /// Everybody's place of something.
    pub fn all(of: StockOf) -> Self {
        Self { of, role: StockRole::All }
    }
}

/// What the stock of a place without a limit counts down from: more than anybody sells.
pub const UNLIMITED: u32 = u32::MAX;

impl Event {
    /// The places that every ticket of the event takes and that are counted, with what their stock counts down from.
    pub fn stock(&self) -> Vec<(Place, u32)> {
        let from = counted_from(self.capacity, self.counted);
        from.map(|from| (Place::all(StockOf::Event(self.event.clone())), from)).into_iter().collect()
    }

    /// The places that every ticket of the event takes, with how many there are in all.
    pub fn capacities(&self) -> Vec<(Place, u32)> {
        let of = || StockOf::Event(self.event.clone());
        self.capacity.map(|capacity| (Place::all(of()), capacity)).into_iter().collect()
    }
}

impl Pass {
    /// The places of this pass that are counted, with what their stock counts down from.
    pub fn stock(&self) -> Vec<(Place, u32)> {
        capacities_of(Thing::Pass(self.id), counted_from(self.capacity, self.counted), self.roles)
    }

    /// The places of this pass, with how many there are in all. Those of its items come on top.
    pub fn capacities(&self) -> Vec<(Place, u32)> {
        capacities_of(Thing::Pass(self.id), self.capacity, self.roles)
    }
}

impl Item {
    /// The places of this item that are counted, with what their stock counts down from.
    pub fn stock(&self) -> Vec<(Place, u32)> {
        capacities_of(Thing::Item(self.id), counted_from(self.capacity, self.counted), self.roles)
    }

    /// The places of this item, with how many there are in all.
    pub fn capacities(&self) -> Vec<(Place, u32)> {
        capacities_of(Thing::Item(self.id), self.capacity, self.roles)
    }
}

fn counted_from(capacity: Option<u32>, counted: bool) -> Option<u32> {
    capacity.or(counted.then_some(UNLIMITED))
}

fn capacities_of(
    thing: Thing,
    capacity: Option<u32>,
    roles: Option<crate::catalogue::RolePlaces>,
) -> Vec<(Place, u32)> {
    let place = |role| Place { of: StockOf::Thing(thing), role };
    let all = capacity.map(|capacity| (place(StockRole::All), capacity));
    let per_role =
        roles.map(|roles| [(place(StockRole::Leader), roles.leader), (place(StockRole::Follower), roles.follower)]);
    all.into_iter().chain(per_role.into_iter().flatten()).collect()
}

/// Of the stock of something, the places that a ticket with this role takes a unit of. A `switch` must have been
/// given one of the two roles before.
pub fn places_of(stock: Vec<(Place, u32)>, role: Option<Role>) -> impl Iterator<Item = Place> {
    stock.into_iter().map(|(place, _)| place).filter(move |place| match place.role {
        StockRole::All => true,
        StockRole::Leader => role == Some(Role::Leader),
        StockRole::Follower => role == Some(Role::Follower),
    })
}
