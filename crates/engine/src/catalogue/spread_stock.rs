//! Moving what is left of places between the shards of their stock. It goes from the first to the others, or back to the
//! first; of all shards together nothing comes or goes.

use domain::catalogue::{Event, EventRef};
use domain::orders::Place;
use domain::work::{Lane, Task, Work};
use jiff::SignedDuration;
use store::record::create;
use store::records::{Stock, StockRow};
use store::table::Write;
use store::{keys, lookups};

use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::stop::Stop;

/// How long what was gathered stays so: longer than anybody takes to read a stock.
const GATHERED_FOR: SignedDuration = SignedDuration::from_secs(30);

impl Engine {
    /// Spreads what the first shards of these places have over the others, evenly, each place by itself. What somebody
    /// buys at that moment is left where it is.
    pub(super) async fn spread_places(&self, event: &Event, places: &[Place]) -> Result<(), Stop> {
        self.move_between_shards(event, places, |place, stock| self.spreading(place, stock)).await
    }

    /// The same after an edit that is done: what cannot be spread at this moment stays in the first shard.
    pub(super) async fn spread_after_edit(&self, event: &Event, places: &[Place]) {
        if let Err(stop) = self.spread_places(event, places).await {
            tracing::warn!(?stop, "places of {} were not spread over their shards", event.event.event);
        }
    }

    /// Gathers what the shards of these places have in the first, each place by itself: for a transaction that would write
    /// to more shards than it can. Whatever becomes of that, they are spread again after a while.
    pub(crate) async fn gather_places(&self, event: &Event, places: &[Place]) -> Result<(), Stop> {
        let task = Task::SpreadStock { event: event.event.clone(), places: places.to_vec() };
        let work = self.new_work(Lane::Deadlines, Some(event.event.organisation.clone()), task);
        let due_at = work.due_at.checked_add(GATHERED_FOR).unwrap_or(work.due_at);
        self.commit(vec![create(&Work { due_at, ..work }, self.now())?]).await?;
        self.move_between_shards(event, places, |place, stock| Ok(gathering(place, stock))).await
    }

    /// Spreads what was gathered.
    pub(crate) async fn spread_again(&self, event: &EventRef, places: &[Place]) -> Result<(), Stop> {
        match lookups::event(self.table(), event).await? {
            Some(event) => self.spread_places(&event.value, places).await,
            None => Ok(()),
        }
    }

    /// Commits for each place what `moving` says of its stock, as that is at the moment.
    async fn move_between_shards(
        &self,
        event: &Event,
        places: &[Place],
        moving: impl Fn(&Place, &Stock) -> Result<Vec<Write>, Stop>,
    ) -> Result<(), Stop> {
        let shards = event.shards.stock;
        if shards <= 1 {
            return Ok(());
        }
        for place in places {
            for _ in 0..ATTEMPTS {
                let found = lookups::stock(self.table(), std::slice::from_ref(place), shards).await?;
                let Some(stock) = found.into_iter().next().flatten() else { break };
                let writes = moving(place, &stock)?;
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
                Some(_) => add(place, shard, more, i64::MIN),
                None => create(&StockRow { place: place.clone(), shard, left: more }, self.now())?,
            });
        }
        if given > 0 {
            writes.push(add(place, 0, -given, 0));
        }
        Ok(writes)
    }
}

/// The writes that bring what the other shards of a place have to its first.
fn gathering(place: &Place, stock: &Stock) -> Vec<Write> {
    let others = (1..).zip(stock.by_shard().into_iter().skip(1)).filter(|(_, left)| *left > 0);
    let mut writes: Vec<Write> = others.clone().map(|(shard, left)| add(place, shard, -left, 0)).collect();
    let gathered: i64 = others.map(|(_, left)| left).sum();
    if gathered > 0 {
        writes.push(add(place, 0, gathered, i64::MIN));
    }
    writes
}

fn add(place: &Place, shard: u16, delta: i64, at_least: i64) -> Write {
    Write::Add { key: keys::stock(place, shard), field: StockRow::LEFT, delta, at_least }
}
