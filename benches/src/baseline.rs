//! What the machine can do without the product: what ratios are taken against.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use store::clock::SetClock;
use store::embedded::Embedded;
use store::row::{Key, Row};
use store::table::{Expect, Table as _, Write};

use crate::client::approximate;
use crate::report::Report;

/// How long each is measured.
const TIME: Duration = Duration::from_secs(3);

/// As many as the orders' connections.
const REQUESTERS: u64 = 64;

/// Rows of an order of one pass by somebody new, and the bytes of each: see the data model.
const ROWS: u64 = 11;
const BYTES: usize = 500;

/// How often a second this disk takes 4 KiB and says that they are there to stay.
pub fn disk(folder: &Path, report: &mut Report) -> anyhow::Result<()> {
    let mut file = std::fs::File::create(folder.join("disk"))?;
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < TIME {
        file.write_all(&[7; 4_096])?;
        file.sync_data()?;
        count += 1;
    }
    let rate = approximate(count) / begun.elapsed().as_secs_f64();
    report.section("this machine").baseline("disk", "4 KiB written and synced, one by one", rate, "/s");
    Ok(())
}

/// Transactions of the bare store with as many rows as an order has, from as many requesters.
pub fn store(folder: &Path, report: &mut Report) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let table = Arc::new(Embedded::open(&folder.join("bare"), Arc::new(SetClock::at(jiff::Timestamp::UNIX_EPOCH)))?);
    let serial = Arc::new(AtomicU64::new(0));
    let measured = async {
        let begun = Instant::now();
        let requesters: Vec<_> = (0..REQUESTERS)
            .map(|_| {
                let (table, serial) = (Arc::clone(&table), Arc::clone(&serial));
                tokio::spawn(async move {
                    let mut count = 0;
                    while begun.elapsed() < TIME {
                        let n = serial.fetch_add(ROWS, Ordering::Relaxed);
                        let writes = (n..n + ROWS).map(|n| Write::Put { row: row(n), expect: Expect::Absent });
                        table.transact(writes.collect()).await?;
                        count += 1;
                    }
                    anyhow::Ok(count)
                })
            })
            .collect();
        let mut count = 0;
        for requester in requesters {
            count += requester.await??;
        }
        anyhow::Ok(approximate(count) / begun.elapsed().as_secs_f64())
    };
    let rate = runtime.block_on(measured)?;
    report.baseline("store", &format!("bare transactions of {ROWS} rows, 64 at once"), rate, "/s");
    Ok(())
}

fn row(n: u64) -> Row {
    Row {
        key: Key::own(format!("ROW#{n:012}")),
        gsi1: Some(Key::new("LIST", format!("{n:012}"))),
        gsi2: None,
        entity: "ROW".to_owned(),
        revision: 1,
        ttl: None,
        created_at: String::new(),
        updated_at: String::new(),
        document: format!("{{\"text\":\"{}\"}}", "x".repeat(BYTES)),
    }
}
