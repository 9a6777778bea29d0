//! For tests: an engine on a table in memory, a clock that is set, and randomness from a seed.

use std::sync::Arc;

use jiff::Timestamp;
use store::clock::SetClock;
use store::memory::Memory;
use store::table::Table;

use crate::random::Seeded;
use crate::render::{LetterContents, Render, Written};
use crate::secret::Secret;
use crate::{Engine, Parts, Settings};

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

/// A house whose clock shows noon of 1 November 2026, UTC: five weeks before the fixture festival.
pub fn house() -> House {
    let clock = Arc::new(SetClock::at(noon()));
    let table: Arc<dyn Table> = Arc::new(Memory::new(clock.clone()));
    house_on(table, clock, 1)
}

/// A house on another table: a faulty one, or the same one after a crash. Each `seed` makes other identifiers.
pub fn house_on(table: Arc<dyn Table>, clock: Arc<SetClock>, seed: u64) -> House {
    let engine = Engine::new(Parts {
        table: table.clone(),
        clock: clock.clone(),
        random: Arc::new(Seeded::new(seed)),
        secret: Secret::from_bytes([7; 32]),
        settings: Settings {
            public_url: "http://127.0.0.1:8080".to_owned(),
            mail_from: "Dance Engine <tickets@example.org>".to_owned(),
        },
        render: Arc::new(Plain),
        mailer: None,
    });
    House { engine: Arc::new(engine), table, clock }
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
