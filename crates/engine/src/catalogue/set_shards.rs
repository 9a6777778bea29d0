//! Spreading what everybody writes at once over more partitions of the store, before or during a sale that begins with
//! a rush. Shards are made and never taken away.

use domain::Refusal;
use domain::catalogue::{Event, EventRef, Shards};
use domain::orders::Place;
use domain::values::{Faults, Pointer, Wrong};
use store::record::{Stored, create};
use store::records::{Stock, StockRow};
use store::table::Write;
use store::{keys, lookups};

use super::edit::replaced;
use super::sellable::places_with_stock;
use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::scope::PlatformScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Raises the number of shards of an event's stock and lists, and spreads what is left over them. What is asked for
    /// already changes nothing; fewer than there are, or more than [`Shards::MOST`], is refused.
    pub async fn set_shards(&self, _: &PlatformScope, event: &EventRef, to: Shards) -> Result<Stored<Event>, Stop> {
        for _ in 0..ATTEMPTS {
            let found = self.stored_event(event).await?;
            check(found.value.shards, to)?;
            let raised = Event { shards: to, ..found.value.clone() };
            if raised == found.value {
                self.spread_stock(&found.value).await?;
                return Ok(found);
            }
            let writes = vec![found.replace(&raised, self.now())?];
            if matches!(self.commit(writes).await?, Committed::Done) {
                self.spread_stock(&raised).await?;
                return Ok(replaced(&found, raised));
            }
        }
        Err(Fault::Contended.into())
    }

    /// Spreads what is left of an event's places over their shards.
    async fn spread_stock(&self, event: &Event) -> Result<(), Stop> {
        let (items, passes) = lookups::things_of(self.table(), &event.event).await?;
        let of_items = items.iter().flat_map(|item| places_with_stock(&item.value));
        let of_passes = passes.iter().flat_map(|pass| places_with_stock(&pass.value));
        let places = event.stock().into_iter().chain(of_items).chain(of_passes).map(|(place, _)| place).collect();
        self.spread_places(event, places).await
    }

    /// Spreads what the first shards of these places have over the others, evenly, each place by itself. What somebody
    /// buys at that moment is left where it is.
    pub(super) async fn spread_places(&self, event: &Event, places: Vec<Place>) -> Result<(), Stop> {
        let shards = event.shards.stock;
        if shards <= 1 {
            return Ok(());
        }
        for place in places {
            for _ in 0..ATTEMPTS {
                let found = lookups::stock(self.table(), std::slice::from_ref(&place), shards).await?;
                let Some(stock) = found.into_iter().next().flatten() else { break };
                let writes = self.spreading(&place, &stock)?;
                if writes.is_empty() || matches!(self.commit(writes).await?, Committed::Done) {
                    break;
                }
            }
        }
        Ok(())
    }

    /// The writes that even out the shards of a place from its first.
    fn spreading(&self, place: &Place, stock: &Stock) -> Result<Vec<Write>, Stop> {
        let left = stock.by_shard();
        let share = stock.left() / i64::try_from(left.len()).unwrap_or(i64::MAX);
        let mut spare = stock.first.value.left - share;
        let mut writes = Vec::new();
        let mut given = 0;
        for (shard, row) in (1..).zip(&stock.others) {
            let more = (share - row.as_ref().map_or(0, |row| row.value.left)).min(spare);
            if more <= 0 {
                continue;
            }
            spare -= more;
            given += more;
            writes.push(match row {
                Some(_) => Write::Add {
                    key: keys::stock(place, shard),
                    field: StockRow::LEFT,
                    delta: more,
                    at_least: i64::MIN,
                },
                None => create(&StockRow { place: place.clone(), shard, left: more }, self.now())?,
            });
        }
        if given > 0 {
            let key = keys::stock(place, 0);
            writes.push(Write::Add { key, field: StockRow::LEFT, delta: -given, at_least: 0 });
        }
        Ok(writes)
    }
}

fn check(from: Shards, to: Shards) -> Result<(), Refusal> {
    let mut faults = Faults::none();
    for (name, from, to) in [("stock_shards", from.stock, to.stock), ("list_shards", from.lists, to.lists)] {
        if !(from..=Shards::MOST).contains(&to) {
            faults.add(Pointer::to(name), Wrong::OutOfRange(i64::from(from), i64::from(Shards::MOST)));
        }
    }
    faults.or(()).map_err(Refusal::Invalid)
}

#[cfg(test)]
mod tests {
    use domain::payments::Method;

    use super::*;
    use crate::catalogue::desk::{Desk, desk, faults, places, refusal, slug};

    async fn raise(desk: &Desk, stock: u16) -> Result<Stored<Event>, Stop> {
        let event = EventRef::new(&slug("northern-salsa"), &slug("mersey"));
        let lists = 1;
        desk.house.engine.set_shards(&PlatformScope::of_the_program(), &event, Shards { stock, lists }).await
    }

    #[tokio::test]
    async fn a_stock_over_several_shards_sells_exactly_what_there_is() {
        let desk = desk().await;
        desk.event(Some(13)).await;
        let mut draft = desk.item_draft("Party");
        draft.capacity = Some(30);
        let item = desk.item(&draft).await.value.id;
        raise(&desk, 4).await.unwrap();
        desk.is_sound().await;
        for _ in 0..13 {
            desk.buy(&[], &[item], Method::Cash).await.unwrap();
        }
        assert!(matches!(refusal(desk.buy(&[], &[item], Method::Cash).await), Refusal::SoldOut(_)));
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn what_is_given_up_is_sold_again_and_a_capacity_moves_over_all_shards() {
        let desk = desk().await;
        desk.event(Some(8)).await;
        let item = desk.item(&desk.item_draft("Party")).await.value.id;
        raise(&desk, 4).await.unwrap();
        let mut orders = Vec::new();
        for _ in 0..8 {
            orders.push(desk.buy(&[], &[item], Method::Card).await.unwrap());
        }
        for order in &orders[..5] {
            desk.cancel(order).await;
        }
        desk.is_sound().await;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let to = |capacity| desk.event_draft(Some(capacity));
        let below = engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(to(2))).await;
        assert_eq!(faults(below), [("/capacity".to_owned(), Wrong::BelowSold(3))]);
        let lowered = engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(to(4))).await.unwrap();
        assert_eq!(lowered.value.shards.stock, 4, "an edit leaves shards alone");
        desk.is_sound().await;
        desk.buy(&[], &[item], Method::Cash).await.unwrap();
        assert!(matches!(refusal(desk.buy(&[], &[item], Method::Cash).await), Refusal::SoldOut(_)));
    }

    #[tokio::test]
    async fn roles_and_counted_steps_are_spread_as_well() {
        let desk = desk().await;
        desk.event(None).await;
        let mut draft = desk.item_draft("Class");
        draft.roles = Some(places(3, 5));
        draft.steps = Some(vec![desk.step(1_000, Some(2)), desk.step(2_000, None)]);
        raise(&desk, 3).await.unwrap();
        let item = desk.item(&draft).await.value.id;
        raise(&desk, 3).await.unwrap();
        let mut totals = Vec::new();
        for _ in 0..8 {
            totals.push(desk.buy_as_switch(item).await.unwrap().order.total.units());
        }
        assert_eq!(totals, [1_000, 1_000, 2_000, 2_000, 2_000, 2_000, 2_000, 2_000]);
        assert!(matches!(refusal(desk.buy_as_switch(item).await), Refusal::SoldOut(_)));
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn shards_are_never_lowered() {
        let desk = desk().await;
        desk.event(Some(5)).await;
        raise(&desk, 4).await.unwrap();
        assert_eq!(faults(raise(&desk, 3).await), [("/stock_shards".to_owned(), Wrong::OutOfRange(4, 32))]);
        assert_eq!(faults(raise(&desk, 33).await), [("/stock_shards".to_owned(), Wrong::OutOfRange(4, 32))]);
        assert_eq!(raise(&desk, 4).await.unwrap().revision, 2);
    }
}
