//! Committing: one transaction for each operation, whose outcome is known before anything is answered.

use domain::Refusal;
use domain::values::{Pointer, Wrong};
use domain::work::Work;
use store::backoff::{Backoff, Jitter};
use store::record::Record as _;
use store::records::StockRow;
use store::row::{Key, Row};
use store::size::MOST_BYTES;
use store::table::{Expect, Refused, StoreFault, TransactError, Write};

use crate::Engine;
use crate::figures;
use crate::stop::{Fault, Stop};

/// How often a transaction with an unknown outcome is looked at and tried again.
const SETTLING_TRIES: usize = 4;

/// How often an operation reads, decides and writes again when others were faster.
pub(crate) const ATTEMPTS: usize = 12;

/// What came of a transaction.
#[derive(Debug)]
pub(crate) enum Committed {
    /// It is on disk.
    Done,
    /// Nothing was written; these did not hold.
    Refused(Vec<Refused>),
}

/// What came of one attempt of an operation.
pub(crate) enum Attempt<T> {
    /// It is done.
    Done(T),
    /// Others were faster; read and decide again.
    Again,
}

impl Engine {
    /// Commits. An unknown outcome is settled first: by looking whether a row of ours is there, and by trying again after
    /// a wait if it is not. That is safe, since what puts or deletes a row has a condition that can hold only once; and
    /// what has none, and only moves units between the shards of a stock, may be done twice: it takes as many as it
    /// gives, none that are not there, and whoever spreads looks again if the second time is refused.
    ///
    /// Refused where a row would be larger than the store takes.
    pub(crate) async fn commit(&self, writes: Vec<Write>) -> Result<Committed, Stop> {
        if writes.iter().filter_map(as_put).any(|(row, _)| !row.fits(MOST_BYTES)) {
            return Err(Refusal::invalid(Pointer::root(), Wrong::TooLarge(MOST_BYTES >> 10)).into());
        }
        let outcome = self.commit_until_known(writes).await;
        figures::transaction(match &outcome {
            Ok(Committed::Done) => "done",
            Ok(Committed::Refused(_)) => "refused",
            Err(_) => "failed",
        });
        outcome
    }

    async fn commit_until_known(&self, writes: Vec<Write>) -> Result<Committed, Stop> {
        let mut doubt: Option<StoreFault> = None;
        let mut waits = Backoff::default();
        for _ in 0..SETTLING_TRIES {
            if doubt.as_ref().is_some_and(StoreFault::is_passing) {
                tokio::time::sleep(waits.next(&self.jitter())).await;
            }
            match self.table().transact(writes.clone()).await {
                Ok(()) => return Ok(Committed::Done),
                Err(TransactError::Refused(refused)) => {
                    // Refused by its own first success?
                    return match doubt {
                        None => Ok(Committed::Refused(refused)),
                        Some(_) => match self.has_happened(&writes).await {
                            Ok(true) => Ok(Committed::Done),
                            Ok(false) => Ok(Committed::Refused(refused)),
                            Err(fault) => Err(Fault::OutcomeUnknown(fault).into()),
                        },
                    };
                }
                Err(TransactError::Malformed(why)) => return Err(Fault::Impossible(why).into()),
                Err(TransactError::Unavailable(fault)) if doubt.is_none() => return Err(fault.into()),
                Err(TransactError::Unavailable(fault)) => return Err(Fault::OutcomeUnknown(fault).into()),
                Err(TransactError::Unknown(fault)) => {
                    if self.has_happened(&writes).await.unwrap_or(false) {
                        return Ok(Committed::Done);
                    }
                    doubt = Some(fault);
                }
            }
        }
        Err(doubt.map_or(Stop::Fault(Fault::Contended), |fault| Stop::Fault(Fault::OutcomeUnknown(fault))))
    }

    /// Drawn only when somebody has to wait: of the same seed other identifiers would come otherwise.
    fn jitter(&self) -> Jitter {
        let mut seed = [0; 8];
        self.random.fill(&mut seed);
        Jitter::new(u64::from_le_bytes(seed))
    }

    /// Is what this transaction puts there? Asked of a row that only this transaction can have made: the first one
    /// that it makes, else the first that it replaces. Others may have changed it since.
    async fn has_happened(&self, writes: &[Write]) -> Result<bool, StoreFault> {
        // Work tells nothing: who does it deletes it, and that it is to be done others may have written alike. Nor does
        // stock, which others move without a trace.
        let tells = |row: &Row| row.entity != Work::ENTITY && row.entity != StockRow::ENTITY;
        let put = || writes.iter().filter_map(as_put).filter(|(row, _)| tells(row));
        if let Some((row, expect)) = put().find(|(_, expect)| *expect == Expect::Absent).or_else(|| put().next()) {
            let Some(found) = self.table().get(&row.key).await? else { return Ok(false) };
            let is_as_put = found.revision >= row.revision && found.says_the_same_as(row);
            let is_what_became_of_it =
                expect == Expect::Absent && found.revision > row.revision && found.created_at == row.created_at;
            return Ok(is_as_put || is_what_became_of_it);
        }
        // Where nothing but work is put it has been moved: by us, if it stands there as we put it.
        if let Some((row, _)) = writes.iter().find_map(as_put) {
            return Ok(self.table().get(&row.key).await?.is_some_and(|found| found.says_the_same_as(row)));
        }
        let gone = writes.iter().find_map(|write| match write {
            Write::Delete { key, .. } => Some(key),
            Write::Put { .. } | Write::Check { .. } | Write::Add { .. } => None,
        });
        match gone {
            Some(key) => Ok(self.table().get(key).await?.is_none()),
            None => Ok(false),
        }
    }
}

fn as_put(write: &Write) -> Option<(&Row, Expect)> {
    match write {
        Write::Put { row, expect } => Some((row, *expect)),
        Write::Delete { .. } | Write::Check { .. } | Write::Add { .. } => None,
    }
}

/// Did the write to this key hold?
pub(crate) fn refused_at(writes: &[Write], refused: &[Refused], key: &Key) -> bool {
    refused.iter().any(|refused| writes.get(refused.write).is_some_and(|write| write.key() == key))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::orders::{Place, StockOf};
    use domain::values::Slug;
    use domain::work::{Lane, Letter, Task};
    use store::clock::SetClock;
    use store::faulty::{Fate, Faulty};
    use store::memory::Memory;
    use store::record::{SlugInUse, Stored, create};
    use store::table::Table;

    use super::*;
    use crate::testing::{House, house, house_on};

    fn name(what: &str) -> SlugInUse {
        let organisation: Slug = "northern-salsa".parse().unwrap();
        SlugInUse { slug: "mersey".parse().unwrap(), organisation, what: what.to_owned() }
    }

    /// A house whose table does with its first calls what is listed, and works afterwards.
    fn troubled(fates: &'static [Fate]) -> (House, Arc<dyn Table>) {
        let House { table, clock, .. } = house();
        (troubled_on(table.clone(), clock, fates), table)
    }

    fn troubled_on(table: Arc<dyn Table>, clock: Arc<SetClock>, fates: &'static [Fate]) -> House {
        let plan =
            |call: store::faulty::Call| fates.get(usize::try_from(call.step).unwrap()).copied().unwrap_or(Fate::Done);
        house_on(Arc::new(Faulty::new(table, plan)), clock, 1)
    }

    #[tokio::test]
    async fn an_outcome_that_cannot_be_found_out_is_not_called_a_failure() {
        let fates = &[Fate::DoneButFailed, Fate::Failed, Fate::Done, Fate::Failed];
        let (house, _) = troubled(fates);
        let writes = vec![create(&name("event"), house.engine.now()).unwrap()];
        let stop = house.engine.commit(writes).await.unwrap_err();
        assert!(matches!(stop, Stop::Fault(Fault::OutcomeUnknown(_))), "{stop:?}");
    }

    #[tokio::test]
    async fn a_success_is_known_by_its_row_even_if_others_have_changed_that_since() {
        let fates = &[Fate::DoneButFailed, Fate::Failed, Fate::DoneAfterTurns(1)];
        let (house, table) = troubled(fates);
        let at = house.engine.now();
        let first = Stored { value: name("event"), revision: 1, created_at: at.to_string() };
        let writes = vec![create(&first.value, at).unwrap()];
        let change = async {
            while table.get(&first.value.key()).await.unwrap().is_none() {
                tokio::task::yield_now().await;
            }
            table.transact(vec![first.replace(&name("series"), at).unwrap()]).await.unwrap();
        };
        let (committed, ()) = tokio::join!(house.engine.commit(writes), change);
        assert!(matches!(committed.unwrap(), Committed::Done));
    }

    #[tokio::test]
    async fn a_stock_that_others_took_from_at_once_does_not_hide_a_success() {
        let fates = &[Fate::DoneButFailed, Fate::Failed, Fate::DoneAfterTurns(9), Fate::DoneAfterTurns(1)];
        let (house, table) = troubled(fates);
        let at = house.engine.now();
        let place = Place::all(StockOf::Step(house.engine.fresh()));
        let stock = StockRow { place: place.clone(), shard: 0, left: 5 };
        let writes = vec![create(&stock, at).unwrap(), create(&name("event"), at).unwrap()];
        let key = store::keys::stock(&place, 0);
        let take = async {
            while table.get(&key).await.unwrap().is_none() {
                tokio::task::yield_now().await;
            }
            let add = Write::Add { key: key.clone(), field: StockRow::LEFT, delta: -1, at_least: 0 };
            table.transact(vec![add]).await.unwrap();
        };
        let (committed, ()) = tokio::join!(house.engine.commit(writes), take);
        assert!(matches!(committed.unwrap(), Committed::Done));
    }

    #[tokio::test]
    async fn a_row_that_is_too_large_is_refused_and_nothing_is_written() {
        let house = house();
        let at = house.engine.now();
        let writes = vec![create(&name("event"), at).unwrap(), create(&name(&"x".repeat(500_000)), at).unwrap()];
        let stop = house.engine.commit(writes).await.unwrap_err();
        assert!(matches!(stop, Stop::Refused(Refusal::Invalid(_))), "{stop:?}");
        assert!(house.table.get(&name("event").key()).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn what_somebody_else_made_in_its_place_is_not_taken_for_a_success() {
        let fates = &[Fate::FailedUnknown, Fate::Failed, Fate::DoneAfterTurns(1)];
        let (house, table) = troubled(fates);
        let at = house.engine.now();
        let other = create(&name("series"), at).unwrap();
        let writes = vec![create(&name("event"), at).unwrap()];
        let make = async { table.transact(vec![other]).await.unwrap() };
        let (committed, ()) = tokio::join!(house.engine.commit(writes), make);
        assert!(matches!(committed.unwrap(), Committed::Refused(_)));
    }

    #[tokio::test]
    async fn a_lease_that_another_took_meanwhile_is_not_taken_for_ones_own() {
        let fates = &[Fate::FailedUnknown, Fate::DoneAfterTurns(1)];
        let (house, table) = troubled(fates);
        let at = house.engine.now();
        let task = Task::Send { to: "ana@example.org".parse().unwrap(), letter: letter(&house) };
        let work = Work { id: house.engine.fresh(), ..house.engine.new_work(Lane::Deliveries, None, task) };
        table.transact(vec![create(&work, at).unwrap()]).await.unwrap();
        let stored = Stored { value: work.clone(), revision: 1, created_at: at.to_string() };
        let until = at.checked_add(jiff::SignedDuration::from_secs(60)).unwrap();
        let leased = || {
            let lease = Some(house.engine.fresh());
            let leased = Work { due_at: until, leased_until: Some(until), lease, ..work.clone() };
            vec![stored.delete(), create(&leased, at).unwrap()]
        };
        let (ours, theirs) = (leased(), leased());
        let other = async { table.transact(theirs).await.unwrap() };
        let (committed, ()) = tokio::join!(house.engine.commit(ours), other);
        assert!(matches!(committed.unwrap(), Committed::Refused(_)));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_not_known_is_looked_at_at_once_and_tried_again_after_a_wait() {
        let waited = async |fates| {
            // In memory: time that is paused runs on while a socket is waited for.
            let clock = house().clock;
            let house = troubled_on(Arc::new(Memory::new(clock.clone())), clock, fates);
            let writes = vec![create(&name("event"), house.engine.now()).unwrap()];
            let begun = tokio::time::Instant::now();
            assert!(matches!(house.engine.commit(writes).await.unwrap(), Committed::Done));
            begun.elapsed().as_millis()
        };
        assert_eq!(waited(&[Fate::DoneButFailed]).await, 0, "a look tells");
        let fates = &[Fate::FailedUnknown, Fate::Done, Fate::FailedUnknown, Fate::Done, Fate::FailedUnknown];
        let waited = waited(fates).await;
        assert!((1..140).contains(&waited), "{waited} ms for three waits");
    }

    fn letter(house: &House) -> Letter {
        Letter::SignIn { link: house.engine.fresh(), organisation: None, to: None }
    }
}
