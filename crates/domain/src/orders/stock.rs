//! Places: what can run out. What has a capacity has a stock; all of an order's places are taken together or none.

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

impl Event {
    /// The places that every ticket of the event takes, with how many there are in all.
    pub fn capacities(&self) -> Vec<(Place, u32)> {
        let of = || StockOf::Event(self.event.clone());
        self.capacity.map(|capacity| (Place::all(of()), capacity)).into_iter().collect()
    }
}

impl Pass {
    /// The places of this pass, with how many there are in all. Those of its items come on top.
    pub fn capacities(&self) -> Vec<(Place, u32)> {
        capacities_of(Thing::Pass(self.id), self.capacity, self.roles)
    }
}

impl Item {
    /// The places of this item, with how many there are in all.
    pub fn capacities(&self) -> Vec<(Place, u32)> {
        capacities_of(Thing::Item(self.id), self.capacity, self.roles)
    }
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

/// Of the capacities of something, those that a ticket with this role takes a unit of. A `switch` must have been
/// given one of the two roles before.
pub fn places_of(capacities: Vec<(Place, u32)>, role: Option<Role>) -> impl Iterator<Item = Place> {
    capacities.into_iter().map(|(place, _)| place).filter(move |place| match place.role {
        StockRole::All => true,
        StockRole::Leader => role == Some(Role::Leader),
        StockRole::Follower => role == Some(Role::Follower),
    })
}
