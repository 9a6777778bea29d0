//! What an edit does to the stock: a counter is made, moved or removed, and never put over, because whoever buys at
//! the same moment moves it too.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::catalogue::{Event, Shards};
use domain::orders::{Place, StockOf, StockRole, UNLIMITED, spread};
use domain::pricing::PricingSchedule;
use domain::values::{Faults, Pointer, Wrong};
use domain::work::{Lane, Task};
use jiff::Timestamp;
use store::record::{Stored, create};
use store::records::{Stock, StockRow};
use store::row::Key;
use store::table::{Expect, Write};
use store::{keys, lookups};

use crate::Engine;
use crate::stop::Stop;

/// The stock that there is of some places.
pub(super) type StockRows = BTreeMap<Place, Stock>;

/// How often stocks are read again until they hold still.
const LOOKS: usize = 5;

/// What stocks count down from before an edit, and after it.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    pub(super) before: Vec<(Place, u32)>,
    pub(super) after: Vec<(Place, u32)>,
}

impl Limits {
    /// Everybody's places that get a limit where there was none.
    pub(super) fn newly_limited(&self) -> Vec<Place> {
        let had_none = |place: &Place| number_of(&self.before, place).is_none_or(|before| before == UNLIMITED);
        let limits = self.after.iter().filter(|(place, number)| *number != UNLIMITED && place.role == StockRole::All);
        limits.map(|(place, _)| place).filter(|place| had_none(place)).cloned().collect()
    }

    /// Those of them that nothing counts yet.
    pub(super) fn uncounted(&self) -> Vec<Place> {
        self.newly_limited().into_iter().filter(|place| number_of(&self.before, place).is_none()).collect()
    }

    /// Refuses limits below what is sold, all such limits at once. `taken` is what is held and sold, by a count, of places
    /// of which no stock tells it.
    pub(super) fn check(&self, rows: &StockRows, taken: &BTreeMap<Place, u64>) -> Result<(), Refusal> {
        let mut faults = Faults::none();
        for (place, places) in &self.after {
            let by_count = taken.get(place).map_or(0, |taken| i64::try_from(*taken).unwrap_or(i64::MAX));
            let (before, by_stock) = match (number_of(&self.before, place), rows.get(place)) {
                (Some(before), Some(row)) => (before, i64::from(before) - row.left()),
                _ => (UNLIMITED, 0),
            };
            let taken = by_count.max(by_stock);
            if *places < before && taken > i64::from(*places) {
                faults.add(pointer_to(place), below_sold(taken));
            }
        }
        faults.or(()).map_err(Refusal::Invalid)
    }

    /// The writes that bring the stock to the new limits.
    pub(super) fn writes(&self, rows: &StockRows, at: Timestamp) -> Result<Vec<Write>, Stop> {
        let mut writes = Vec::new();
        for (place, places) in &self.after {
            let places = i64::from(*places);
            match (number_of(&self.before, place), rows.get(place)) {
                (Some(before), Some(row)) => {
                    writes.extend(moved(place, row, places - i64::from(before)));
                }
                (None, None) => {
                    writes.push(create(&StockRow { place: place.clone(), shard: 0, left: places }, at)?);
                }
                // Somebody else's edit came between the reading of the row and of its stock: this one will be refused.
                (None, Some(_)) | (Some(_), None) => {}
            }
        }
        for (place, _) in &self.before {
            if number_of(&self.after, place).is_none() {
                writes.extend(rows.get(place).into_iter().flat_map(|stock| removal(place, stock)));
            }
        }
        Ok(writes)
    }
}

/// The writes that remove a stock with all its shards, unless it is being spread over others at that moment. Where these
/// are too many, a place that does not come back loses its first shard, without which nothing is spread over the rest,
/// and the rest [later](Engine::remove_rest).
pub(super) fn removal(place: &Place, stock: &Stock) -> Vec<Write> {
    let others = (1..).zip(&stock.others).map(|(shard, row)| match row {
        Some(row) => row.delete(),
        None => Write::Check { key: keys::stock(place, shard), expect: Expect::Absent },
    });
    std::iter::once(stock.first.delete()).chain(others).collect()
}

/// The writes that bring the counters of price steps to a new schedule. `sold` is what is held and sold of the thing,
/// in all its steps together. No number is refused: a step that should have ended long ago has less than nothing left.
pub(super) fn step_writes(
    before: Option<&PricingSchedule>,
    after: Option<&PricingSchedule>,
    rows: &StockRows,
    sold: u64,
    at: Timestamp,
) -> Result<Vec<Write>, Stop> {
    let (before, after) = (counted(before), counted(after));
    let sold = i64::try_from(sold).unwrap_or(i64::MAX);
    let mut writes = Vec::new();
    for (place, until_sold) in &after {
        let left = i64::from(*until_sold) - sold;
        match (number_of(&before, place), rows.get(place)) {
            (Some(before), Some(_)) if before == *until_sold => {}
            // What was sold of late may be missing from `sold`, and what this step has counted is not.
            (Some(before), Some(row)) => {
                let by_number = i64::from(*until_sold) - i64::from(before);
                writes.extend(ended(place, row, by_number.min(left - row.left())));
            }
            (None, None) => writes.push(create(&StockRow { place: place.clone(), shard: 0, left }, at)?),
            // Somebody else's edit came between the reading of the row and of its stock: this one will be refused.
            (None, Some(_)) | (Some(_), None) => {}
        }
    }
    writes.extend(ended_steps(&before, &after).filter_map(|place| Some(rows.get(place)?.first.delete())));
    Ok(writes)
}

/// Places of steps that count no more. A step that comes again is another.
fn ended_steps<'a>(before: &'a [(Place, u32)], after: &'a [(Place, u32)]) -> impl Iterator<Item = &'a Place> {
    before.iter().map(|(place, _)| place).filter(|place| number_of(after, place).is_none())
}

/// The places of steps of which an edit removes the first shard only.
pub(super) fn removed_steps(before: Option<&PricingSchedule>, after: Option<&PricingSchedule>) -> Vec<Place> {
    ended_steps(&counted(before), &counted(after)).cloned().collect()
}

/// Do the counters of steps have to be looked at?
pub(super) fn steps_differ(before: Option<&PricingSchedule>, after: Option<&PricingSchedule>) -> bool {
    counted(before) != counted(after)
}

fn counted(schedule: Option<&PricingSchedule>) -> Vec<(Place, u32)> {
    let steps = schedule.into_iter().flat_map(PricingSchedule::counted);
    steps.filter_map(|step| Some((Place::all(StockOf::Step(step.id)), step.until_sold?))).collect()
}

fn number_of(limits: &[(Place, u32)], place: &Place) -> Option<u32> {
    limits.iter().find(|(other, _)| other == place).map(|(_, number)| *number)
}

/// The writes that move a stock. It falls to 0 at most, over as few shards as have enough; where all have too little, the
/// first is asked and says so. It rises in the first, also where that is below 0.
fn moved(place: &Place, stock: &Stock, delta: i64) -> Vec<Write> {
    let fall = u32::try_from(-delta).ok().and_then(|fall| spread(&stock.by_shard(), fall, 0));
    match fall.filter(|_| delta < 0) {
        Some(shards) => {
            shards.into_iter().filter_map(|(shard, units)| add(place, shard, -i64::from(units), 0)).collect()
        }
        None => add(place, 0, delta, if delta < 0 { 0 } else { i64::MIN }).into_iter().collect(),
    }
}

/// The writes that move a step's counter, also below nothing: every shard falls to 0 first, so that none sells what
/// another lacks.
fn ended(place: &Place, stock: &Stock, delta: i64) -> Vec<Write> {
    let has: i64 = stock.by_shard().into_iter().map(|left| left.max(0)).sum();
    let fall = (-delta).clamp(0, has);
    let shards = u32::try_from(fall).ok().and_then(|fall| spread(&stock.by_shard(), fall, 0)).unwrap_or_default();
    let of_first: i64 = shards.iter().filter(|(shard, _)| *shard == 0).map(|(_, units)| i64::from(*units)).sum();
    let rest = delta + fall;
    let others = shards.into_iter().filter(|(shard, _)| *shard != 0);
    let others = others.filter_map(|(shard, units)| add(place, shard, -i64::from(units), 0));
    others.chain(add(place, 0, rest - of_first, i64::MIN)).collect()
}

/// The write that moves a shard, if it has to move.
fn add(place: &Place, shard: u16, delta: i64, at_least: i64) -> Option<Write> {
    let key = keys::stock(place, shard);
    (delta != 0).then_some(Write::Add { key, field: StockRow::LEFT, delta, at_least })
}

/// Where in a request the number of a place stands.
pub(super) fn pointer_to(place: &Place) -> Pointer {
    match place.role {
        StockRole::All => Pointer::to("capacity"),
        StockRole::Leader => Pointer::to("roles").then("leader"),
        StockRole::Follower => Pointer::to("roles").then("follower"),
    }
}

fn below_sold(sold: i64) -> Wrong {
    Wrong::BelowSold(u64::try_from(sold).unwrap_or_default())
}

impl Engine {
    /// The work that removes the other shards of places whose first goes with it; none where there are no others.
    pub(super) fn later_removal(&self, event: &Event, places: Vec<Place>) -> Result<Option<Write>, Stop> {
        if event.shards.stock <= 1 || places.is_empty() {
            return Ok(None);
        }
        let task = Task::RemoveStock { places };
        let work = self.new_work(Lane::Deadlines, Some(event.event.organisation.clone()), task);
        Ok(Some(create(&work, self.now())?))
    }

    /// Removes what is left of places whose first shard is gone, place by place. Doing it twice does nothing.
    pub(crate) async fn remove_rest(&self, places: &[Place]) -> Result<(), Stop> {
        for place in places {
            let keys: Vec<Key> = (1..Shards::MOST).map(|shard| keys::stock(place, shard)).collect();
            let rest = lookups::get_many::<StockRow>(self.table(), &keys).await?;
            let writes: Vec<Write> = rest.iter().flatten().map(Stored::delete).collect();
            if !writes.is_empty() {
                // Refused, if another worker was faster.
                self.commit(writes).await?;
            }
        }
        Ok(())
    }

    /// The stock that there is of these places, over so many shards; of several, read while nothing was on its way between
    /// them, as far as the first tells.
    pub(super) async fn stock_rows(&self, places: &[Place], shards: u16) -> Result<StockRows, Stop> {
        let mut rows = lookups::stock(self.table(), places, shards).await?;
        if shards > 1 {
            for _ in 0..LOOKS {
                let before = std::mem::replace(&mut rows, lookups::stock(self.table(), places, shards).await?);
                let of_first = |rows: &[Option<Stock>]| -> Vec<Option<i64>> {
                    rows.iter().map(|row| row.as_ref().map(|stock| stock.first.value.left)).collect()
                };
                if of_first(&before) == of_first(&rows) {
                    break;
                }
            }
        }
        Ok(places.iter().cloned().zip(rows).filter_map(|(place, row)| Some((place, row?))).collect())
    }
}
