//! What operations use on DynamoDB, in the units that Amazon bills, as an emulator counts them.

use std::sync::Arc;

use anyhow::{Context as _, ensure};
use async_trait::async_trait;
use domain::door::VerdictWord;
use integrations::mail::{Mail, MailFault, Mailer};
use store_dynamodb::{Administered, Dynamo, Location, Used, connect};

use crate::hall::{Hall, clock};

/// Dollars for a million units of reading and of writing, on demand, in Amazon's regions in the east of the United States,
/// as published since November 2024.
pub const DOLLARS: (f64, f64) = (0.125, 0.625);

/// An operation, and what it used.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// What was done.
    pub what: &'static str,
    /// What that used.
    pub used: Used,
}

impl Use {
    /// What a million of them cost, in dollars.
    pub fn dollars_a_million(&self) -> f64 {
        self.used.read_units * DOLLARS.0 + self.used.write_units * DOLLARS.1
    }
}

/// A mail server that takes everything.
#[derive(Debug)]
struct TakesAll;

#[async_trait]
impl Mailer for TakesAll {
    async fn send(&self, _: &Mail) -> Result<(), MailFault> {
        Ok(())
    }
}

/// What was used since then.
fn since(dynamo: &Dynamo, before: Used) -> Used {
    let after = dynamo.meter().used();
    Used {
        requests: after.requests - before.requests,
        read_units: after.read_units - before.read_units,
        write_units: after.write_units - before.write_units,
    }
}

/// Does everything once, on a table of this name at an endpoint.
pub async fn measure(table: &str, endpoint: &str) -> anyhow::Result<Vec<Use>> {
    let location = Location { table: table.to_owned(), endpoint: Some(endpoint.to_owned()) };
    let client = connect(&location).await;
    Administered::new(client.clone(), &location).create().await?;
    let clock = clock()?;
    let dynamo = Dynamo::new(client, &location.table, clock.clone());
    let hall = Hall::build((Arc::new(dynamo.clone()), Arc::new(dynamo.for_views())), clock.clone()).await?;
    // Keys, doors and what a pass includes are read every few seconds at most.
    hall.order("warm", "warm").await?;
    let mut uses = Vec::new();
    let now = || dynamo.meter().used();
    let before = now();
    let view = hall.order("ana", "one").await?;
    uses.push(Use { what: "order of a new buyer", used: since(&dynamo, before) });
    let before = now();
    hall.order("ana", "two").await?;
    uses.push(Use { what: "order of a known buyer", used: since(&dynamo, before) });
    let barcode = view.tickets.first().and_then(|ticket| ticket.barcode.clone()).context("a barcode")?;
    clock.set(hall.starts_at);
    hall.scan("warm-up-scan", "no code").await?;
    let before = now();
    ensure!(hall.scan("scan-the-first", &barcode).await? == VerdictWord::Admitted, "the first scan admits");
    uses.push(Use { what: "scan that admits", used: since(&dynamo, before) });
    let before = now();
    ensure!(hall.scan("scan-the-second", &barcode).await? == VerdictWord::AlreadyIn, "the second does not");
    uses.push(Use { what: "scan that is refused", used: since(&dynamo, before) });
    let before = now();
    hall.page().await?;
    uses.push(Use { what: "event page, read anew", used: since(&dynamo, before) });
    let before = now();
    let letters = hall.engine.deliver(&TakesAll).await.map_err(crate::hall::stopped)?;
    let (all, count) = (since(&dynamo, before), u32::try_from(letters)?.max(1));
    let each = Used {
        requests: all.requests / u64::from(count),
        read_units: all.read_units / f64::from(count),
        write_units: all.write_units / f64::from(count),
    };
    uses.push(Use { what: "letter with a ticket, sent", used: each });
    let before = now();
    hall.engine.meet_deadlines().await.map_err(crate::hall::stopped)?;
    uses.push(Use { what: "look for what is due, of one lane", used: since(&dynamo, before) });
    Ok(uses)
}
