//! Those behind the scenes: the organiser who changes how many may come, the workers, and the auditor.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use domain::catalogue::{EventDraft, ItemDraft, PassDraft, RolePlaces};
use engine::Engine;
use engine::scope::PlatformScope;
use store::faulty::Random;

use crate::world::{Actor, Asked, Patience, SHARDS, World};

/// Changes capacities for a while.
pub async fn organiser(mut actor: Actor, times: usize) {
    for _ in 0..times {
        actor.think().await;
        let n = |actor: &mut Actor, from: usize, to: usize| u32::try_from(from + actor.below(to - from)).unwrap();
        let world = actor.world.clone();
        let (hall, scope, event) = (&world.hall, world.hall.scope.clone(), world.hall.slug().clone());
        let ask: Box<dyn Fn(Arc<Engine>) -> Asked> = match actor.below(4) {
            0 => {
                let draft = EventDraft { capacity: Some(n(&mut actor, 30, 70)), ..hall.event_draft.clone() };
                Box::new(move |engine| {
                    let (scope, event, draft) = (scope.clone(), event.clone(), draft.clone());
                    Box::pin(async move {
                        engine.update_event(&scope, &event, None, &|_| Ok(draft.clone())).await.map(|_| String::new())
                    })
                })
            }
            1 => {
                let roles = RolePlaces { leader: n(&mut actor, 3, 9), follower: n(&mut actor, 3, 9) };
                let draft = ItemDraft { roles: Some(roles), ..hall.class.1.clone() };
                change_item(scope, event, hall.class.0, draft)
            }
            2 => {
                let capacity = (!actor.now_and_then(30)).then(|| n(&mut actor, 6, 18));
                change_item(scope, event, hall.party.0, ItemDraft { capacity, ..hall.party.1.clone() })
            }
            _ => {
                let draft = PassDraft { capacity: Some(n(&mut actor, 4, 12)), ..hall.full.1.clone() };
                let id = hall.full.0;
                Box::new(move |engine| {
                    let (scope, event, draft) = (scope.clone(), event.clone(), draft.clone());
                    Box::pin(async move {
                        let edit = |_: &_| Ok(draft.clone());
                        engine.update_pass(&scope, (&event, id), None, &edit).await.map(|_| String::new())
                    })
                })
            }
        };
        actor.ask(Patience::Some, &ask).await;
    }
}

/// Spreads the event over more shards, in the middle of everything.
pub async fn raiser(mut actor: Actor) {
    actor.think().await;
    let event = actor.world.hall.event.clone();
    let ask = move |engine: Arc<Engine>| -> Asked {
        let event = event.clone();
        Box::pin(async move {
            let raised = engine.set_shards(&PlatformScope::of_the_program(), &event, SHARDS).await;
            raised.map(|_| String::new())
        })
    };
    actor.ask(Patience::Some, &ask).await;
}

fn change_item(
    scope: engine::scope::StaffScope,
    event: domain::values::Slug,
    id: domain::values::ItemId,
    draft: ItemDraft,
) -> Box<dyn Fn(Arc<Engine>) -> Asked> {
    Box::new(move |engine| {
        let (scope, event, draft) = (scope.clone(), event.clone(), draft.clone());
        Box::pin(async move {
            let edit = |_: &_| Ok(draft.clone());
            engine.update_item(&scope, (&event, id), None, &edit).await.map(|_| String::new())
        })
    })
}

/// Meets deadlines and sends letters, on whichever server runs, until it is dropped.
pub async fn worker(world: Rc<World>, mut random: Random) {
    loop {
        tokio::time::sleep(Duration::from_millis(4_000 + random.below(12_000))).await;
        let server = world.server(&mut random);
        // Whatever a server that died had begun is dropped with it.
        let _ = tokio::time::timeout(Duration::from_mins(1), server.meet_deadlines()).await;
        let _ = tokio::time::timeout(Duration::from_secs(400), server.deliver(&world.post)).await;
    }
}

/// Looks now and then whether everything that is kept holds at that moment, until it is dropped.
pub async fn auditor(world: Rc<World>, mut random: Random) {
    loop {
        tokio::time::sleep(Duration::from_millis(random.below(200_000))).await;
        audit(&world).await;
    }
}

/// Checks all invariants of what is kept.
pub async fn audit(world: &World) {
    world.records.borrow_mut().audits += 1;
    for broken in world.observer().check().await.unwrap().broken {
        world.is_wrong(format!("check: {broken}"));
    }
}

/// Everything works again: what is due is done, until nothing is due any more, however long that takes.
pub async fn finish(world: &World) {
    world.post.heal();
    let server = world.healed();
    for _ in 0..1_000 {
        while server.meet_deadlines().await.unwrap() + server.deliver(&world.post).await.unwrap() > 0 {
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        let Some(due_at) = world.next_due().await else { return };
        let wait = due_at.duration_since(world.now()).unsigned_abs();
        tokio::time::advance(wait + Duration::from_millis(5)).await;
    }
    world.is_wrong("there is still something due");
}

impl World {
    /// When the next work is due, or may be taken from whoever holds it.
    async fn next_due(&self) -> Option<jiff::Timestamp> {
        let work = self.kept::<domain::work::Work>().await;
        work.iter().map(|work| work.due_at.max(work.leased_until.unwrap_or(work.due_at))).min()
    }

    /// All values of a kind, as they are kept.
    pub async fn kept<T: store::record::Record>(&self) -> Vec<T> {
        let (rows, _) = self.memory.scan(None, usize::MAX).await.unwrap();
        let rows = rows.iter().filter(|row| row.entity == T::ENTITY);
        rows.map(|row| store::record::read(row).unwrap().value).collect()
    }
}
