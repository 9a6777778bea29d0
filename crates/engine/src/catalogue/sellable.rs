//! Events, items and passes alike: what counting their places is about, and selling them.

use domain::catalogue::{Event, Item, Pass, Thing};
use domain::orders::{Place, StockOf};
use domain::pricing::PricingSchedule;
use domain::values::{Faults, Pointer, Wrong};
use jiff::Timestamp;
use store::record::Record;
use store::records::StockRow;

/// Something whose places can be counted.
pub(super) trait Counted: Record + Clone + Send + Sync {
    /// The places that are counted, with what their stock counts down from.
    fn stock(&self) -> Vec<(Place, u32)>;
    /// The same, counted from now on.
    fn counted(&self) -> Self;
}

impl Counted for Event {
    fn stock(&self) -> Vec<(Place, u32)> {
        self.stock()
    }

    fn counted(&self) -> Self {
        Self { counted: true, ..self.clone() }
    }
}

impl Counted for Item {
    fn stock(&self) -> Vec<(Place, u32)> {
        self.stock()
    }

    fn counted(&self) -> Self {
        Self { counted: true, ..self.clone() }
    }
}

impl Counted for Pass {
    fn stock(&self) -> Vec<(Place, u32)> {
        self.stock()
    }

    fn counted(&self) -> Self {
        Self { counted: true, ..self.clone() }
    }
}

/// Something that is sold.
pub(super) trait Sellable: Counted {
    /// Which.
    fn thing(&self) -> Thing;
    /// Its prices, if it has any.
    fn schedule(&self) -> Option<&PricingSchedule>;
    /// When it was put away.
    fn archived_at(&self) -> Option<Timestamp>;
    /// The same, put away.
    fn archived(&self, at: Timestamp) -> Self;
}

impl Sellable for Item {
    fn thing(&self) -> Thing {
        Thing::Item(self.id)
    }

    fn schedule(&self) -> Option<&PricingSchedule> {
        self.pricing.as_ref()
    }

    fn archived_at(&self) -> Option<Timestamp> {
        self.archived_at
    }

    fn archived(&self, at: Timestamp) -> Self {
        Self { archived_at: Some(at), ..self.clone() }
    }
}

impl Sellable for Pass {
    fn thing(&self) -> Thing {
        Thing::Pass(self.id)
    }

    fn schedule(&self) -> Option<&PricingSchedule> {
        Some(&self.pricing)
    }

    fn archived_at(&self) -> Option<Timestamp> {
        self.archived_at
    }

    fn archived(&self, at: Timestamp) -> Self {
        Self { archived_at: Some(at), ..self.clone() }
    }
}

/// Every place of a thing that has a stock: its own, and its price steps that count.
pub(super) fn places_with_stock(thing: &impl Sellable) -> Vec<(Place, u32)> {
    let steps = thing.schedule().into_iter().flat_map(PricingSchedule::counted);
    let steps = steps.filter_map(|step| Some((Place::all(StockOf::Step(step.id)), step.until_sold?)));
    thing.stock().into_iter().chain(steps).collect()
}

/// The stock of something of which nothing is sold yet.
pub(super) fn full_stock(places: Vec<(Place, u32)>) -> impl Iterator<Item = StockRow> {
    places.into_iter().map(|(place, places)| StockRow { place, shard: 0, left: i64::from(places) })
}

/// Refuses what is on offer too often to be written in one transaction.
pub(super) fn check_steps_count(count: usize, at: &Pointer) -> Faults {
    let most = domain::catalogue::MOST_STEPS;
    if count > most { Faults::one(at.clone(), Wrong::TooLong(most)) } else { Faults::none() }
}
