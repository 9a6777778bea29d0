//! The world that a seed makes: one table for everybody, two servers on it that fail and die, and a clock that is
//! tokio's own, so that waiting costs nothing.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use domain::Refusal;
use domain::catalogue::Shards;
use engine::Company;
use engine::Engine;
use engine::once::Once;
use engine::scope::PlatformScope;
use engine::stop::{Fault, Stop};
use engine::testing::engine_among;
use jiff::{SignedDuration, Timestamp};
use store::clock::Clock;
use store::faulty::{Call, Fate, Faulty, Odds, Random, Verb};
use store::memory::Memory;
use store::patient::{Patience as TablesPatience, Patient};
use store::table::Table;
use tokio::time::Instant;

use crate::broken::{Breakage, Broken};
use crate::hall::Hall;
use crate::post::Post;
use crate::records::{Outcome, Records};
use crate::watch::Watch;

/// Where the servers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// By the store: two that share it, with every kind of fault.
    Cellar,
    /// Far from it, among others, as on DynamoDB: a tenth of all calls is throttled, some have no answer, transactions on
    /// one row cancel each other, what is read at once is not of one moment, and indexes are up to 5 s behind, each query
    /// by itself. The stock and the lists get more and more shards, from the beginning or from some moment on.
    Cloud,
}

impl Place {
    /// How long a caller waits before it hangs up; what it had asked for is dropped where it stands.
    fn patience(self) -> Duration {
        match self {
            Self::Cellar => Duration::from_secs(45),
            Self::Cloud => Duration::from_secs(10),
        }
    }

    fn company(self) -> Company {
        match self {
            Self::Cellar => Company::Alone,
            Self::Cloud => Company::Shared,
        }
    }
}

/// What the shards of the event are raised to in the cloud, one after the other: of the stock and of the lists, each by
/// itself.
fn raises(seed: u64) -> VecDeque<Shards> {
    let mut dice = Random::new(seed ^ 0x54A2);
    let mut one_of = |ways: [[u16; 3]; 4]| ways[usize::try_from(dice.below(4)).unwrap()];
    let stock = one_of([[3, 3, 5], [2, 5, 5], [1, 3, 8], [1, 1, 4]]);
    let lists = one_of([[2, 2, 2], [1, 3, 3], [2, 3, 5], [1, 1, 1]]);
    let both = stock.into_iter().zip(lists);
    both.map(|(stock, lists)| Shards { stock, lists }).filter(|shards| *shards != Shards::default()).collect()
}

/// A clock that goes with tokio's.
#[derive(Debug)]
pub struct SimulatedClock {
    begun: Instant,
}

impl Clock for SimulatedClock {
    fn now(&self) -> Timestamp {
        let since = SignedDuration::try_from(self.begun.elapsed()).unwrap();
        "2026-11-01T12:00:00Z".parse::<Timestamp>().unwrap().checked_add(since).unwrap()
    }
}

/// An engine that will die.
struct Server {
    engine: Arc<Engine>,
    table: Arc<Faulty>,
    dies_at: u64,
}

pub struct World {
    pub place: Place,
    pub clock: Arc<SimulatedClock>,
    /// What is really there.
    pub memory: Arc<dyn Table>,
    /// Where servers read and write: what is there, perhaps broken, watched, with indexes that lag.
    ground: Arc<dyn Table>,
    watch: Arc<Watch>,
    servers: RefCell<[Option<Server>; 2]>,
    /// Makes the servers' troubles and identifiers.
    random: RefCell<Random>,
    pub crashes: Cell<u64>,
    pub post: Post,
    pub hall: Hall,
    /// What the event's shards are still to be raised to.
    pub raises: RefCell<VecDeque<Shards>>,
    pub records: RefCell<Records>,
}

impl World {
    /// A world in which an event is on sale and nothing has happened yet.
    pub async fn new(seed: u64, place: Place, breakage: Option<Breakage>) -> Rc<Self> {
        let clock = Arc::new(SimulatedClock { begun: Instant::now() });
        let memory: Arc<dyn Table> = Arc::new(Memory::new(clock.clone()));
        let builder = engine_among(place.company(), memory.clone(), clock.clone(), seed ^ 0xBEEF);
        let hall = Hall::build(&builder).await;
        let mut raises = if place == Place::Cloud { raises(seed) } else { VecDeque::new() };
        if let Some(to) = raises.pop_front_if(|_| seed.is_multiple_of(2)) {
            builder.set_shards(&PlatformScope::of_the_program(), &hall.event, to).await.unwrap();
        }
        let broken: Arc<dyn Table> = match breakage {
            None => memory.clone(),
            Some(breakage) => Arc::new(Broken::new(memory.clone(), breakage)),
        };
        let watch = Arc::new(Watch::new(broken));
        let lag = match place {
            Place::Cellar => Odds { stale: 150, turns: 150, ..Odds::default() },
            Place::Cloud => Odds { behind: 1_000, ..Odds::default() },
        };
        let ground = Arc::new(Faulty::seeded(watch.clone(), seed ^ 0x1A6, lag));
        Rc::new(Self {
            place,
            post: Post::new(seed ^ 0x3A11),
            random: RefCell::new(Random::new(seed ^ 0x5EED)),
            clock,
            memory,
            ground,
            watch,
            servers: RefCell::default(),
            crashes: Cell::new(0),
            hall,
            raises: RefCell::new(raises),
            records: RefCell::default(),
        })
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// One of the servers; one that died meanwhile has been started again.
    pub fn server(&self, random: &mut Random) -> Arc<Engine> {
        let mut servers = self.servers.borrow_mut();
        let place = &mut servers[usize::try_from(random.below(2)).unwrap()];
        if place.as_ref().is_some_and(|server| server.table.calls() > server.dies_at) {
            self.crashes.set(self.crashes.get() + 1);
            *place = None;
        }
        place.get_or_insert_with(|| self.start()).engine.clone()
    }

    fn start(&self) -> Server {
        let mut random = self.random.borrow_mut();
        let dies_at = 20 + random.below(400);
        let last = if random.below(2) == 0 { Fate::Silent } else { Fate::DoneButSilent };
        let mut dice = Random::new(random.number());
        let fate = match self.place {
            Place::Cellar => in_the_cellar,
            Place::Cloud => in_the_cloud,
        };
        let plan = move |call: Call| match call.step.cmp(&dies_at) {
            std::cmp::Ordering::Less => fate(call.verb, &mut dice),
            std::cmp::Ordering::Equal => last,
            // Whatever a server had begun when it died is never answered.
            std::cmp::Ordering::Greater => Fate::Silent,
        };
        let table = Arc::new(Faulty::new(self.ground.clone(), plan));
        let front: Arc<dyn Table> = match self.place {
            Place::Cellar => table.clone(),
            Place::Cloud => Arc::new(Patient::new(table.clone(), TablesPatience::default(), random.number())),
        };
        let engine = engine_among(self.place.company(), front, self.clock.clone(), random.number());
        Server { engine, table, dies_at }
    }

    /// A server without troubles, for when everything has been healed: on the table as it is, broken or not.
    pub fn healed(&self) -> Arc<Engine> {
        let seed = self.random.borrow_mut().number();
        engine_among(self.place.company(), self.watch.clone(), self.clock.clone(), seed)
    }

    /// One that only looks, at what is really there.
    pub fn observer(&self) -> Arc<Engine> {
        engine_among(self.place.company(), self.memory.clone(), self.clock.clone(), 0)
    }

    pub fn is_wrong(&self, what: impl Into<String>) {
        self.records.borrow_mut().violations.push(what.into());
    }

    /// Everything that was seen to be wrong so far.
    pub fn violations(&self) -> Vec<String> {
        let mut all = self.records.borrow().violations.clone();
        all.extend(self.watch.seen());
        all
    }
}

/// What becomes of a call to a table that is near.
fn in_the_cellar(verb: Verb, dice: &mut Random) -> Fate {
    let (chance, size) = (dice.below(1_000), dice.number());
    let is_write = verb == Verb::Transact;
    match chance {
        0..20 => Fate::Failed,
        20..35 if is_write => Fate::FailedUnknown,
        35..65 if is_write => Fate::DoneButFailed,
        65..70 => Fate::Silent,
        70..75 if is_write => Fate::DoneButSilent,
        75..95 => Fate::DoneAfter(Duration::from_millis(1 + size % 3_000)),
        95..300 => Fate::DoneAfterTurns(u32::try_from(1 + size % 6).unwrap()),
        _ => Fate::Done,
    }
}

/// What becomes of a call to a table that is far: a tenth is throttled, and a fiftieth has no answer.
fn in_the_cloud(verb: Verb, dice: &mut Random) -> Fate {
    let (chance, size) = (dice.below(1_000), dice.number());
    let is_write = verb == Verb::Transact;
    match chance {
        0..100 => Fate::Throttled,
        110..120 if is_write => Fate::DoneButSilent,
        100..120 => Fate::Silent,
        120..180 if is_write => Fate::Conflict,
        180..190 if is_write => Fate::DoneButFailed,
        190..250 => Fate::DoneAfter(Duration::from_millis(1 + size % 400)),
        250..400 => Fate::DoneAfterTurns(u32::try_from(1 + size % 6).unwrap()),
        _ if verb == Verb::GetMany => Fate::Torn,
        _ => Fate::Done,
    }
}

/// Somebody who does something in the world, by chance.
pub struct Actor {
    pub world: Rc<World>,
    pub random: Random,
    pub name: String,
    asked: u64,
}

/// How often somebody asks again who got no answer.
#[derive(Clone, Copy)]
pub enum Patience<'a> {
    /// Never.
    None,
    /// Nearly always until there is an answer: asking twice does no harm.
    Some,
    /// The same, since the request has a key.
    Keyed(&'a Once),
}

impl Actor {
    pub fn new(world: &Rc<World>, name: &str, seed: u64) -> Self {
        Self { world: world.clone(), random: Random::new(seed), name: name.to_owned(), asked: 0 }
    }

    /// The same somebody, who asks a second time while the first is not answered yet.
    pub fn second_hand(&mut self) -> Self {
        let random = Random::new(self.random.number());
        let name = self.fresh_name("second");
        Self { world: self.world.clone(), random, name, asked: 0 }
    }

    /// A name that nobody has used.
    pub fn fresh_name(&mut self, what: &str) -> String {
        self.asked += 1;
        format!("{what}-{}-{}", self.name, self.asked)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.random.below(u64::try_from(end).unwrap())).unwrap()
    }

    /// True so many times of a hundred.
    pub fn now_and_then(&mut self, percent: u64) -> bool {
        self.random.below(100) < percent
    }

    /// One of some things, if there are any.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { Some(from[self.below(from.len())].clone()) }
    }

    pub async fn think(&mut self) {
        tokio::time::sleep(Duration::from_millis(self.random.below(20_000))).await;
    }

    /// Asks until there is an answer, each time one of the servers.
    pub async fn ask(&mut self, patience: Patience<'_>, ask: &dyn Fn(Arc<Engine>) -> Asked) -> Outcome {
        let (tries, once) = match patience {
            Patience::None => (1, None),
            Patience::Some => (100, None),
            Patience::Keyed(once) => (if self.now_and_then(5) { 1 } else { 100 }, Some(once)),
        };
        for _ in 0..tries {
            let server = self.world.server(&mut self.random);
            match tokio::time::timeout(self.world.place.patience(), ask(server)).await {
                Ok(Ok(body)) => return Outcome::Done(body),
                Ok(Err(Stop::Replayed(answer))) => return Outcome::Done(answer.body),
                Ok(Err(Stop::Refused(refusal))) => {
                    self.was_really_refused(once, &refusal).await;
                    return Outcome::Refused(refusal);
                }
                Ok(Err(Stop::KeyReused)) => self.world.is_wrong("a key that was used once was called used for another"),
                Ok(Err(Stop::Fault(Fault::Impossible(what)))) => self.world.is_wrong(format!("impossible: {what}")),
                Ok(Err(Stop::Fault(_))) | Err(_) => {}
            }
            tokio::time::sleep(Duration::from_millis(200 + self.random.below(3_000))).await;
        }
        Outcome::Unknown
    }

    /// A request that has taken effect is answered, and never refused.
    async fn was_really_refused(&self, once: Option<&Once>, refusal: &Refusal) {
        if let Err(Stop::Replayed(answer)) = self.world.observer().recall(once).await {
            self.world.is_wrong(format!("{} was done and is refused: {refusal:?}", answer.body));
        }
    }

    /// The same for a request that is now and then sent twice at once, or again after it was answered: it must be
    /// answered as the first time.
    pub async fn ask_twice(&mut self, patience: Patience<'_>, ask: &dyn Fn(Arc<Engine>) -> Asked) -> Outcome {
        let first = if self.now_and_then(20) {
            let mut other = self.second_hand();
            let (one, two) = tokio::join!(self.ask(patience, ask), other.ask(patience, ask));
            self.agree(one, two)
        } else {
            self.ask(patience, ask).await
        };
        if matches!(first, Outcome::Done(_)) && self.now_and_then(30) {
            self.think().await;
            let again = self.ask(patience, ask).await;
            return self.agree(first, again);
        }
        first
    }

    /// What two equal requests came to.
    fn agree(&self, one: Outcome, two: Outcome) -> Outcome {
        match (one, two) {
            (Outcome::Done(one), Outcome::Done(two)) => {
                if one != two {
                    self.world.is_wrong(format!("two answers to one request: {one} and {two}"));
                }
                Outcome::Done(one)
            }
            (done @ Outcome::Done(_), _) | (_, done @ Outcome::Done(_)) => done,
            (refused @ Outcome::Refused(_), Outcome::Refused(_)) => refused,
            // What one was refused for may have gone by for the other.
            (Outcome::Unknown, _) | (_, Outcome::Unknown) => Outcome::Unknown,
        }
    }
}

/// What an operation comes to: the answer as it is written.
pub type Asked = std::pin::Pin<Box<dyn Future<Output = Result<String, Stop>>>>;
