//! What there is to be had: events and their series, items, passes.

mod edit;
mod event;
mod live;
mod series;
mod shift;
mod thing;

pub use edit::*;
pub use event::{Event, EventRef, EventStatus, Rate, RateId, Shards, Venue};
pub use live::Live;
pub use series::Series;
pub use shift::Shift;
pub use thing::{Day, Item, Kind, Pass, Role, RolePlaces, Thing};
