//! For tests: an engine on a table in memory, a clock that is set, and randomness from a seed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use store::clock::{Clock, SetClock};
use store::faulty::{Call, Fate, Faulty, Verb};
use store::memory::Memory;
use store::row::Row;
use store::table::{StoreFault, Table};

use crate::random::Seeded;
use crate::render::{LetterContents, Render, Written};
use crate::secret::Secret;
use crate::{Company, Engine, Parts, Settings};

/// An engine and what a test holds of it.
#[derive(Debug, Clone)]
pub struct House {
    /// The engine.
    pub engine: Arc<Engine>,
    /// Its table.
    pub table: Arc<dyn Table>,
    /// Its clock, which stands still until it is moved.
    pub clock: Arc<SetClock>,
}

/// Where the program of a house is reached.
const PUBLIC_URL: &str = "http://127.0.0.1:8080";

/// A house whose clock shows noon of 1 November 2026, UTC: five weeks before the fixture festival.
pub fn house() -> House {
    house_at(PUBLIC_URL)
}

/// The same, reached at another address.
pub fn house_at(public_url: &str) -> House {
    let clock = Arc::new(SetClock::at(noon()));
    let table = fresh_table(clock.clone());
    let mut parts = parts(table.clone(), clock.clone(), 1);
    public_url.clone_into(&mut parts.settings.public_url);
    House { engine: Arc::new(Engine::new(parts)), table, clock }
}

/// A house on another table: a faulty one, or the same one after a crash. Each `seed` makes other identifiers.
pub fn house_on(table: Arc<dyn Table>, clock: Arc<SetClock>, seed: u64) -> House {
    House { engine: engine_on(table.clone(), clock.clone(), seed), table, clock }
}

/// How long each call of a table takes that is [far away](house_far_away), of tokio's time.
pub const ROUND_TRIP: Duration = Duration::from_millis(10);

/// A house whose table is far away as long as this says so: for counting how often somebody waits for it.
pub fn house_far_away(is_far: Arc<AtomicBool>) -> House {
    let House { table, clock, .. } = house();
    let pace = move |_| if is_far.load(Ordering::SeqCst) { Fate::DoneAfter(ROUND_TRIP) } else { Fate::Done };
    house_on(Arc::new(Faulty::new(table, pace)), clock, 1)
}

/// A house that shares its store with others. Each query of its table counts this down, and the one that comes to nought
/// is throttled.
pub fn house_refusing(queries: Arc<AtomicI64>) -> House {
    let House { table, clock, .. } = house();
    let plan = move |call: Call| match call.verb {
        Verb::Query if queries.fetch_sub(1, Ordering::SeqCst) == 1 => Fate::Throttled,
        _ => Fate::Done,
    };
    let table: Arc<dyn Table> = Arc::new(Faulty::new(table, plan));
    House { engine: engine_among(Company::Shared, table.clone(), clock.clone(), 1), table, clock }
}

/// An engine alone, by any clock.
pub fn engine_on(table: Arc<dyn Table>, clock: Arc<dyn Clock>, seed: u64) -> Arc<Engine> {
    engine_among(Company::Alone, table, clock, seed)
}

/// The same, in a company.
pub fn engine_among(company: Company, table: Arc<dyn Table>, clock: Arc<dyn Clock>, seed: u64) -> Arc<Engine> {
    engine_viewing(company, (table.clone(), table), clock, seed)
}

/// The same, with a table of its own for public pages.
pub fn engine_viewing(
    company: Company,
    (table, views): (Arc<dyn Table>, Arc<dyn Table>),
    clock: Arc<dyn Clock>,
    seed: u64,
) -> Arc<Engine> {
    let mut parts = Parts { views, ..parts(table, clock, seed) };
    parts.settings.company = company;
    Arc::new(Engine::new(parts))
}

fn parts(table: Arc<dyn Table>, clock: Arc<dyn Clock>, seed: u64) -> Parts {
    Parts {
        views: table.clone(),
        table,
        clock,
        random: Arc::new(Seeded::new(seed)),
        secret: Secret::from_bytes([7; 32]),
        settings: Settings {
            public_url: PUBLIC_URL.to_owned(),
            mail_from: "Dance Engine <tickets@example.org>".to_owned(),
            company: Company::Alone,
        },
        render: Arc::new(Plain),
        mailer: None,
    }
}

/// An empty table in memory; in the tests of this crate, where `TEST_STORE=dynamodb` asks for it, one on an emulator.
fn fresh_table(clock: Arc<SetClock>) -> Arc<dyn Table> {
    #[cfg(test)]
    if std::env::var_os("TEST_STORE").is_some_and(|store| store == "dynamodb") {
        return on_dynamodb::fresh_table(clock);
    }
    Arc::new(Memory::new(clock))
}

impl House {
    /// Another house with the same rows at the same moment, and a clock of its own. Each `seed` makes other identifiers.
    pub async fn copied(&self, seed: u64) -> Result<Self, StoreFault> {
        let clock = Arc::new(SetClock::at(self.clock.now()));
        let table = fresh_table(clock.clone());
        table.load(self.rows().await?).await?;
        Ok(house_on(table, clock, seed))
    }

    /// The same house, whose letters are written by somebody else. Each `seed` makes other identifiers.
    pub fn written_by(&self, render: Arc<dyn Render>, seed: u64) -> Self {
        let parts = Parts { render, ..parts(self.table.clone(), self.clock.clone(), seed) };
        Self { engine: Arc::new(Engine::new(parts)), ..self.clone() }
    }

    /// All rows of its table, in the order of their keys: what two moments of it are compared by.
    pub async fn rows(&self) -> Result<Vec<Row>, StoreFault> {
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let (page, next) = self.table.scan(after, 1_000).await?;
            rows.extend(page);
            after = next;
            if after.is_none() {
                return Ok(rows);
            }
        }
    }
}

fn noon() -> Timestamp {
    Timestamp::from_second(1_793_534_400).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Letters that only say what they are about.
#[derive(Debug)]
struct Plain;

impl Render for Plain {
    fn letter(&self, contents: &LetterContents) -> Written {
        let (subject, text) = match contents {
            LetterContents::SignIn { secret, .. } => ("sign in", secret.clone()),
            LetterContents::Tickets { order, .. } => ("tickets", order.order.id.to_string()),
            LetterContents::Ticket { ticket, .. } => ("ticket", ticket.ticket.number.to_string()),
            LetterContents::Reserved { order, .. } => ("reserved", order.order.id.to_string()),
        };
        Written {
            from_name: "Test".to_owned(),
            reply_to: None,
            subject: subject.to_owned(),
            html: text.clone(),
            text,
            attachments: Vec::new(),
        }
    }
}

/// Tables on an emulator of DynamoDB, that all tests of this process share.
#[cfg(test)]
mod on_dynamodb {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use store::patient::{Patience, Patient};
    use store_dynamodb::{Administered, Dynamo, Location, connect};
    use tests::emulator::Emulator;

    use super::*;

    pub(super) fn fresh_table(clock: Arc<SetClock>) -> Arc<dyn Table> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let table = format!("house-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        let location = Location { table, endpoint: Some(Emulator::of_all().endpoint.clone()) };
        // Houses are made without waiting, and within a runtime: so another thread waits.
        let made = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let client = connect(&location).await;
                Administered::new(client, &location).create().await.unwrap();
                Dynamo::new(connect(&location).await, &location.table, clock)
            })
        });
        Arc::new(Patient::new(Arc::new(made.join().unwrap()), Patience::default(), 1))
    }
}
