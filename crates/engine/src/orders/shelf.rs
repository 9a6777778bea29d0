//! Loading what an order is decided from: by key and consistently, since it decides about money and stock.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use domain::Refusal;
use domain::catalogue::{Event, EventRef, Item, Pass, Role};
use domain::orders::{OrderRequest, Place, Shelf, StockRole, is_step};
use domain::pricing::Counters;
use domain::values::{ItemId, PassId};
use store::record::{Record, read};
use store::row::{Key, Row};
use store::{keys, lookups};

use crate::Engine;
use crate::stop::Stop;

/// A step with fewer units than this may end within an order.
const ENDING: i64 = 300;

impl Engine {
    /// The event, and what the request names of it. Things that there are not, or that were archived, are left out.
    pub(crate) async fn shelf(&self, event: &EventRef, request: &OrderRequest) -> Result<Shelf, Stop> {
        let passes: BTreeSet<PassId> =
            request.tickets.iter().flat_map(|ticket| ticket.passes.iter().copied()).collect();
        let items: BTreeSet<ItemId> = request.tickets.iter().flat_map(|ticket| ticket.items.iter().copied()).collect();
        let likely = self.includes.of(&passes);
        let mut wanted = vec![Key::own(keys::event(event))];
        wanted.extend(passes.iter().map(|id| keys::pass(event, *id)));
        wanted.extend(items.union(&likely).map(|id| keys::item(event, *id)));
        let rows = self.table().get_many(&wanted).await?;
        let Some(row) = rows.first().and_then(Option::as_ref) else { return Err(Refusal::NotFound.into()) };
        let found_event = read::<Event>(row)?.value;
        let passes: BTreeMap<PassId, Pass> = of_kind(&rows, |pass: &Pass| (pass.id, pass.archived_at.is_some()))?;
        self.includes.note(passes.values());
        let mut found: BTreeMap<ItemId, Item> = of_kind(&rows, |item: &Item| (item.id, false))?;
        let included: BTreeSet<ItemId> = passes.values().flat_map(|pass| pass.includes.iter().copied()).collect();
        let missing: Vec<Key> =
            included.iter().filter(|id| !found.contains_key(id)).map(|id| keys::item(event, *id)).collect();
        if !missing.is_empty() {
            let rows = self.table().get_many(&missing).await?;
            found.extend(of_kind(&rows, |item: &Item| (item.id, false))?);
        }
        // An item that was archived stays part of the passes that include it, and is not sold otherwise.
        found.retain(|id, item| included.contains(id) || (items.contains(id) && item.archived_at.is_none()));
        let items = found;
        let mut shelf = Shelf {
            event: found_event,
            passes,
            items,
            counters: Counters::default(),
            left: BTreeMap::new(),
            by_shard: BTreeMap::new(),
        };
        self.load_counters(&mut shelf, request).await?;
        Ok(shelf)
    }

    /// What is left of counted steps and, where somebody works for both roles, of roles; of a stock with several shards,
    /// what each of them has. Nothing else needs to be known before it is taken.
    async fn load_counters(&self, shelf: &mut Shelf, request: &OrderRequest) -> Result<(), Stop> {
        let shards = shelf.event.shards.stock;
        let mut places = shelf.counted_steps();
        if shards > 1 {
            places.extend(shelf.counted_places());
        } else if request.tickets.iter().any(|ticket| ticket.role == Some(Role::Switch)) {
            places.extend(shelf.role_places());
        }
        if places.is_empty() {
            return Ok(());
        }
        let stock = lookups::stock(self.table(), &places, shards).await?;
        let mut left: BTreeMap<Place, Vec<i64>> =
            places.into_iter().zip(stock).filter_map(|(place, stock)| Some((place, stock?.by_shard()))).collect();
        if shards > 1 {
            // A step that seems to end may only have its units on their way between shards.
            let ends = |(place, left): (&Place, &Vec<i64>)| {
                (is_step(place).is_some() && left.iter().sum::<i64>() < ENDING).then(|| place.clone())
            };
            let ending: Vec<Place> = left.iter().filter_map(ends).collect();
            if !ending.is_empty() {
                left.extend(self.look_again(&shelf.event, &ending).await?);
            }
        }
        for (place, by_shard) in left {
            let sum = by_shard.iter().sum();
            match is_step(&place) {
                Some(step) => shelf.counters.set(step, sum),
                None if place.role != StockRole::All => {
                    shelf.left.insert(place.clone(), sum);
                }
                None => {}
            }
            if shards > 1 {
                shelf.by_shard.insert(place, by_shard);
            }
        }
        Ok(())
    }

    /// Looks once more for units of places of which several shards seemed to have too few: the first shard before the
    /// others, and after them. What is spread over the shards meanwhile goes from the first to the others, and what is
    /// gathered goes back, so that either may be seen twice, and is not overlooked.
    pub(crate) async fn look_again(&self, event: &Event, places: &[Place]) -> Result<BTreeMap<Place, Vec<i64>>, Stop> {
        let before = lookups::stock(self.table(), places, 1).await?;
        let all = lookups::stock(self.table(), places, event.shards.stock).await?;
        let after = lookups::stock(self.table(), places, 1).await?;
        let found = places.iter().zip(before.into_iter().zip(after)).zip(all).filter_map(|((place, firsts), all)| {
            let mut by_shard = all?.by_shard();
            if let (Some(first), (Some(before), Some(after))) = (by_shard.first_mut(), firsts) {
                *first = before.left().max(after.left());
            }
            Some((place.clone(), by_shard))
        });
        Ok(found.collect())
    }
}

/// Which items passes included when they were last read: with these an order reads all that it needs at once. What a pass
/// includes is what its row says; what is not so any more costs a second look.
#[derive(Debug, Default)]
pub struct Includes(Mutex<HashMap<PassId, Vec<ItemId>>>);

/// So many passes are remembered.
const REMEMBERED: usize = 10_000;

impl Includes {
    fn of(&self, passes: &BTreeSet<PassId>) -> BTreeSet<ItemId> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        passes.iter().filter_map(|pass| known.get(pass)).flatten().copied().collect()
    }

    fn note<'a>(&self, passes: impl Iterator<Item = &'a Pass>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for pass in passes {
            if known.get(&pass.id) != Some(&pass.includes) {
                if known.len() >= REMEMBERED {
                    known.clear();
                }
                known.insert(pass.id, pass.includes.clone());
            }
        }
    }
}

/// The values of one kind among some rows, without those that are put away.
fn of_kind<T: Record, I: Ord>(
    rows: &[Option<Row>],
    id_and_archived: impl Fn(&T) -> (I, bool),
) -> Result<BTreeMap<I, T>, Stop> {
    let mut found = BTreeMap::new();
    for row in rows.iter().flatten().filter(|row| row.entity == T::ENTITY) {
        let value = read::<T>(row)?.value;
        let (id, archived) = id_and_archived(&value);
        if !archived {
            found.insert(id, value);
        }
    }
    Ok(found)
}
