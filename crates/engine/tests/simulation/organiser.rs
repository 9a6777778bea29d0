//! Organisers, who change what is sold while it is sold: capacities, roles, counted steps, and what there is at all.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use domain::Refusal;
use domain::catalogue::{EventDraft, Item, ItemDraft, Pass, PassDraft, RolePlaces, Thing};
use domain::pricing::{PriceStep, PricingSchedule};
use domain::values::{Obstacle, Pointer, Wrong};
use engine::Engine;
use engine::catalogue::Removal;
use engine::stop::Stop;

use crate::hall::step;
use crate::house;
use crate::records::Outcome;
use crate::world::{Actor, Asked, Patience, World};

/// What an organiser wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// That so many may come.
    Event(Option<u32>),
    /// That something is sold otherwise.
    Thing(Thing, Change),
    /// That something is not sold any more.
    Delete(Thing),
}

/// How it is sold otherwise.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    Capacity(Option<u32>),
    Roles(RolePlaces),
    /// Steps that end when so many are sold, one after the other, and one that never ends.
    Steps(Vec<u32>),
}

/// The answer about something that is gone.
pub const REMOVED: &str = "removed";
/// The answer about something that is put away.
pub const ARCHIVED: &str = "archived";

/// Longer than lists lag: what had to wait for them is asked for again.
const SETTLED: Duration = Duration::from_secs(65);

/// Changes what is sold, for a while; in the end, whether there is something at all.
pub async fn organiser(mut actor: Actor, times: usize) {
    for time in 0..times {
        actor.think().await;
        let edit = if time > times / 2 && actor.now_and_then(40) { actor.some_end() } else { actor.some_edit() };
        let mut expected = None;
        if actor.now_and_then(25) {
            expected = edit.revision(&actor.world).await;
            actor.think().await;
        }
        let outcome = actor.edit(&edit, expected).await;
        if has_to_wait(&outcome) {
            tokio::time::sleep(SETTLED).await;
            actor.edit_while_it_is_spread(&edit).await;
        }
    }
}

/// Is the same to be asked for again when the lists are whole?
fn has_to_wait(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Done(body) => body == ARCHIVED,
        Outcome::Refused(Refusal::Invalid(faults)) => {
            faults.list().iter().any(|fault| fault.wrong == Wrong::State(Obstacle::BeingCounted))
        }
        Outcome::Refused(_) | Outcome::Unknown => false,
    }
}

impl Actor {
    fn some_edit(&mut self) -> Edit {
        let world = self.world.clone();
        let hall = &world.hall;
        let (item, pass) = (Thing::Item, Thing::Pass);
        match self.below(20) {
            0..3 => Edit::Event(self.some_capacity(30, 70)),
            3..5 => Edit::Thing(item(hall.class), Change::Roles(self.some_roles(3, 9))),
            5..8 => Edit::Thing(item(hall.party), Change::Capacity(self.some_capacity(6, 18))),
            8..10 => Edit::Thing(pass(hall.full), Change::Capacity(self.some_capacity(4, 12))),
            10 => Edit::Thing(pass(hall.full), Change::Roles(self.some_roles(3, 8))),
            11 => Edit::Thing(item(hall.shirt), Change::Capacity(self.some_capacity(2, 8))),
            12..15 => {
                let things =
                    [(item(hall.class), 14), (item(hall.talk), 60), (pass(hall.night), 16), (pass(hall.early), 9)];
                let (thing, most) = things[self.below(4)];
                Edit::Thing(thing, Change::Capacity(self.some_capacity(most / 2, most)))
            }
            _ => {
                let things = [item(hall.party), item(hall.taster), pass(hall.full), pass(hall.night)];
                Edit::Thing(things[self.below(4)], Change::Steps(self.some_steps()))
            }
        }
    }

    fn some_end(&mut self) -> Edit {
        let hall = &self.world.hall;
        let (taster, early, night) = (Thing::Item(hall.taster), Thing::Pass(hall.early), Thing::Pass(hall.night));
        Edit::Delete([taster, taster, early, early, night][self.below(5)])
    }

    fn some_number(&mut self, from: usize, to: usize) -> u32 {
        u32::try_from(from + self.below(to - from)).unwrap()
    }

    fn some_capacity(&mut self, from: usize, to: usize) -> Option<u32> {
        (!self.now_and_then(30)).then(|| self.some_number(from, to))
    }

    fn some_roles(&mut self, from: usize, to: usize) -> RolePlaces {
        RolePlaces { leader: self.some_number(from, to), follower: self.some_number(from, to) }
    }

    fn some_steps(&mut self) -> Vec<u32> {
        let (first, second) = (self.some_number(2, 8), self.some_number(6, 14));
        [vec![], vec![first], vec![first], vec![first, second]][self.below(4)].clone()
    }

    /// Asks for an edit in the moment in which the stock is spread, if it is to be spread over more shards.
    async fn edit_while_it_is_spread(&mut self, edit: &Edit) {
        let mut other = self.second_hand();
        let raise = async {
            tokio::time::sleep(Duration::from_millis(other.random.below(300))).await;
            house::raise(&mut other).await;
        };
        tokio::join!(self.edit(edit, None), raise);
    }

    /// Asks for an edit, and notes what became of it.
    async fn edit(&mut self, edit: &Edit, expected: Option<u64>) -> Outcome {
        self.world.records.borrow_mut().asked.push(edit.clone());
        let (world, wanted) = (self.world.clone(), edit.clone());
        let ask = move |engine: Arc<Engine>| -> Asked {
            let (world, wanted) = (world.clone(), wanted.clone());
            Box::pin(async move { wanted.ask(&engine, &world, expected).await })
        };
        let patience = if self.now_and_then(15) { Patience::None } else { Patience::Some };
        let outcome = self.ask(patience, &ask).await;
        self.world.records.borrow_mut().edits.push((edit.clone(), outcome.clone()));
        if self.now_and_then(8) {
            house::audit(&self.world).await;
        }
        outcome
    }
}

impl Edit {
    /// Does it lift a limit?
    pub fn lifts(&self) -> bool {
        matches!(self, Self::Event(None) | Self::Thing(_, Change::Capacity(None)))
    }

    /// The counted steps that it sets.
    pub fn steps(&self) -> Option<&[u32]> {
        match self {
            Self::Thing(_, Change::Steps(steps)) => Some(steps),
            Self::Event(_) | Self::Thing(..) | Self::Delete(_) => None,
        }
    }

    /// The revision of what it changes, as it is now.
    async fn revision(&self, world: &World) -> Option<u64> {
        let (engine, scope, event) = (world.observer(), &world.hall.scope, world.hall.slug());
        match self {
            Self::Event(_) => engine.read_event(scope, event).await.ok().map(|found| found.revision),
            Self::Thing(Thing::Item(id), _) => {
                engine.read_item(scope, event, *id).await.ok().map(|found| found.revision)
            }
            Self::Thing(Thing::Pass(id), _) => {
                engine.read_pass(scope, event, *id).await.ok().map(|found| found.revision)
            }
            Self::Delete(_) => None,
        }
    }

    async fn ask(&self, engine: &Engine, world: &Rc<World>, expected: Option<u64>) -> Result<String, Stop> {
        let (scope, event) = (&world.hall.scope, world.hall.slug());
        match self {
            Self::Event(capacity) => {
                let draft = EventDraft { capacity: *capacity, ..world.hall.event_draft.clone() };
                engine.update_event(scope, event, expected, &|_| Ok(draft.clone())).await?;
            }
            Self::Thing(Thing::Item(id), change) => {
                let edit = |item: &Item| Ok(change.of_item(engine, item));
                engine.update_item(scope, (event, *id), expected, &edit).await?;
            }
            Self::Thing(Thing::Pass(id), change) => {
                let edit = |pass: &Pass| Ok(change.of_pass(engine, pass));
                engine.update_pass(scope, (event, *id), expected, &edit).await?;
            }
            Self::Delete(Thing::Item(id)) => return Ok(told(&engine.delete_item(scope, event, *id).await?)),
            Self::Delete(Thing::Pass(id)) => return Ok(told(&engine.delete_pass(scope, event, *id).await?)),
        }
        Ok(String::new())
    }
}

fn told<T>(removal: &Removal<T>) -> String {
    match removal {
        Removal::Removed => REMOVED.to_owned(),
        Removal::Archived(_) => ARCHIVED.to_owned(),
    }
}

impl Change {
    fn of_item(&self, engine: &Engine, item: &Item) -> ItemDraft {
        ItemDraft {
            name: item.name.clone(),
            description: item.description.clone(),
            kind: item.kind,
            day: item.day,
            steps: self.steps(engine).or_else(|| item.pricing.as_ref().map(|pricing| pricing.steps.clone())),
            steps_at: Pointer::to("pricing_schedule"),
            capacity: self.capacity(item.capacity),
            roles: self.roles(item.roles),
            live: item.live,
            sold_alone: item.sold_alone,
        }
    }

    fn of_pass(&self, engine: &Engine, pass: &Pass) -> PassDraft {
        let PricingSchedule { steps } = &pass.pricing;
        PassDraft {
            name: pass.name.clone(),
            description: pass.description.clone(),
            includes: pass.includes.clone(),
            steps: self.steps(engine).unwrap_or_else(|| steps.clone()),
            capacity: self.capacity(pass.capacity),
            roles: self.roles(pass.roles),
            live: pass.live,
        }
    }

    fn capacity(&self, before: Option<u32>) -> Option<u32> {
        if let Self::Capacity(capacity) = self { *capacity } else { before }
    }

    fn roles(&self, before: Option<RolePlaces>) -> Option<RolePlaces> {
        if let Self::Roles(roles) = self { Some(*roles) } else { before }
    }

    fn steps(&self, engine: &Engine) -> Option<Vec<PriceStep>> {
        let Self::Steps(counted) = self else { return None };
        let prices = (0..).map(|nth| 1_200 + 100 * nth);
        let until = counted.iter().copied().map(Some).chain([None]);
        Some(prices.zip(until).map(|(price, until)| step(engine, price, until)).collect())
    }
}
