//! Those behind the scenes: who spreads the event over shards, the workers, and the auditor.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use engine::Engine;
use engine::scope::PlatformScope;
use store::faulty::Random;
use store::record::{Record, Stored, read};

use crate::world::{Actor, Asked, Patience, World};

/// Spreads the event over more shards, again and again, in the middle of everything.
pub async fn raiser(mut actor: Actor) {
    let patience = 1 + actor.below(4);
    loop {
        for _ in 0..patience {
            actor.think().await;
        }
        if !raise(&mut actor).await {
            return;
        }
    }
}

/// Spreads the event over more shards once. False if it is spread over enough.
pub async fn raise(actor: &mut Actor) -> bool {
    let Some(to) = actor.world.raises.borrow_mut().pop_front() else { return false };
    let event = actor.world.hall.event.clone();
    let ask = move |engine: Arc<Engine>| -> Asked {
        let event = event.clone();
        Box::pin(async move {
            let raised = engine.set_shards(&PlatformScope::of_the_program(), &event, to).await;
            raised.map(|_| String::new())
        })
    };
    let outcome = actor.ask(Patience::Some, &ask).await;
    actor.world.records.borrow_mut().raised.push(outcome);
    true
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
    let broken = world.observer().check().await.unwrap().broken;
    for broken in broken {
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
    pub async fn kept<T: Record>(&self) -> Vec<T> {
        self.stored().await.into_iter().map(|stored: Stored<T>| stored.value).collect()
    }

    /// The same, with when they were first written.
    pub async fn stored<T: Record>(&self) -> Vec<Stored<T>> {
        let (rows, _) = self.memory.scan(None, usize::MAX).await.unwrap();
        let rows = rows.iter().filter(|row| row.entity == T::ENTITY);
        rows.map(|row| read(row).unwrap()).collect()
    }
}
