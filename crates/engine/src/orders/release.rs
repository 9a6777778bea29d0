//! Taking stock and giving it back.

use std::collections::BTreeMap;

use domain::catalogue::Event;
use domain::orders::{MOST_PLACES, Place, StockOf, Take, spread};
use store::keys;
use store::records::StockRow;
use store::table::{Refused, Why, Write};

use crate::Engine;
use crate::stop::Stop;

/// The places of which several shards give some, if these are more shards in all than one transaction takes from.
fn too_scattered(takes: &[Take]) -> Vec<Place> {
    if takes.len() <= MOST_PLACES {
        return Vec::new();
    }
    let mut places: Vec<Place> = Vec::new();
    for (one, next) in takes.iter().zip(takes.iter().skip(1)) {
        if one.place == next.place && places.last() != Some(&one.place) {
            places.push(one.place.clone());
        }
    }
    places
}

/// The writes that take these units, none if they are no longer there.
pub(crate) fn take(takes: &[Take]) -> impl Iterator<Item = Write> {
    takes.iter().map(|take| Write::Add {
        key: keys::stock(&take.place, take.shard),
        field: StockRow::LEFT,
        delta: -i64::from(take.units),
        at_least: 0,
    })
}

/// The writes that give units back.
pub(crate) fn give_back(takes: &[Take]) -> impl Iterator<Item = Write> {
    takes.iter().map(|take| Write::Add {
        key: keys::stock(&take.place, take.shard),
        field: StockRow::LEFT,
        delta: i64::from(take.units),
        at_least: i64::MIN,
    })
}

/// The takes of a hold, as they are given back in one transaction: to the shards that they are of, or, where these are too
/// many since limits were set during the hold, to the first shard of each place.
pub(crate) fn together(takes: &[Take]) -> Vec<Take> {
    if takes.len() <= MOST_PLACES {
        return takes.to_vec();
    }
    let mut units: BTreeMap<&Place, u32> = BTreeMap::new();
    for take in takes {
        *units.entry(&take.place).or_default() += take.units;
    }
    units.into_iter().map(|(place, units)| Take { place: place.clone(), shard: 0, units }).collect()
}

/// Units of places as they are taken from shards that have them, looked for from `first` on; or the places of which too
/// few are left. A place that is not in `by_shard` has one shard, which is asked only when it is taken from.
pub(crate) fn takes_of<'a>(
    units: impl Iterator<Item = (&'a Place, u32)>,
    by_shard: &BTreeMap<Place, Vec<i64>>,
    first: usize,
) -> Result<Vec<Take>, Vec<Place>> {
    let (mut takes, mut short) = (Vec::new(), Vec::new());
    for (place, units) in units {
        let given = match by_shard.get(place) {
            None => Some(vec![(0, units)]),
            Some(left) => spread(left, units, first),
        };
        match given {
            None => short.push(place.clone()),
            Some(given) => {
                takes.extend(given.into_iter().map(|(shard, units)| Take { place: place.clone(), shard, units }));
            }
        }
    }
    if short.is_empty() { Ok(takes) } else { Err(short) }
}

/// One unit of each place, as tickets take them, of its first shard: amounts for one place are summed.
pub(crate) fn units_of<'a>(places: impl Iterator<Item = &'a Place>) -> Vec<Take> {
    let mut takes: Vec<Take> = Vec::new();
    for place in places {
        match takes.iter_mut().find(|take| take.place == *place) {
            Some(take) => take.units += 1,
            None => takes.push(Take { place: place.clone(), shard: 0, units: 1 }),
        }
    }
    takes
}

impl Engine {
    /// What an order takes, if it fits in one transaction; else none, and what is left of the places that are scattered
    /// over too many shards has been gathered, so that fewer give it.
    pub(crate) async fn unless_scattered(&self, event: &Event, takes: Vec<Take>) -> Result<Option<Vec<Take>>, Stop> {
        let scattered = too_scattered(&takes);
        if scattered.is_empty() {
            return Ok(Some(takes));
        }
        self.gather_places(event, &scattered).await?;
        Ok(None)
    }
}

/// The stock of a place whose limit was lifted meanwhile is gone: what was refused because of that is left out of the
/// next try. False if nothing was refused for that reason.
pub(crate) fn forget_lifted(takes: &mut Vec<Take>, writes: &[Write], refused: &[Refused]) -> bool {
    let gone: Vec<_> = refused
        .iter()
        .filter(|refused| refused.why == Why::Missing)
        .filter_map(|refused| writes.get(refused.write))
        .filter(|write| matches!(write, Write::Add { .. }))
        .map(|write| write.key().clone())
        .collect();
    let before = takes.len();
    takes.retain(|take| !gone.contains(&keys::stock(&take.place, take.shard)));
    takes.len() != before
}

/// Does this place count units towards the end of a price step?
pub(crate) fn counts_a_step(place: &Place) -> bool {
    matches!(place.of, StockOf::Step(_))
}
